/** The gateway as a process of its own, started by `electron/main/adapters/gateway-process.ts`. */
import type { AccountId } from '../shared/account'
import type { FromGateway, GatewayJwt, GatewayProxy, ToGateway } from '../shared/gateway'
import { Questions } from './questions'
import { Gateway } from './server'

/** Electron's end of the connection to main, as far as it is used here. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  postMessage(message: FromGateway): void
}

/** A renewal waits for a slot, is sent, and perhaps once more by API key. */
const JWT_WITHIN_MS = 60_000
const PROXY_WITHIN_MS = 10_000

function start(port: ParentPort): void {
  const jwts = new Questions<GatewayJwt>(JWT_WITHIN_MS, { ok: false, code: 'timed-out', retryAfterMs: null })
  const proxies = new Questions<GatewayProxy>(PROXY_WITHIN_MS, { kind: 'direct' })
  const tell = (message: FromGateway): void => {
    port.postMessage(message)
  }
  const gateway = new Gateway({
    now: () => Date.now(),
    monotonic: () => performance.now(),
    main: {
      jwtFor: (accountId) =>
        jwts.ask((id) => {
          tell({ type: 'jwt-for', id, accountId })
        }),
      renewed: (accountId, rejected) =>
        jwts.ask((id) => {
          tell({ type: 'renewed', id, accountId, rejected })
        }),
      proxyFor: (origin) =>
        proxies.ask((id) => {
          tell({ type: 'proxy-for', id, origin })
        }),
      listening: (actual) => {
        tell({ type: 'listening', port: actual })
      },
      notListening: (wanted, problem) => {
        tell({ type: 'not-listening', port: wanted, problem })
      },
      counted: (counts) => {
        tell({ type: 'counts', counts })
      },
      productionRefused: (accountId: AccountId) => {
        tell({ type: 'production-refused', accountId })
      },
    },
  })

  port.on('message', ({ data }) => {
    // From main alone, by a port that nobody else has.
    const message = data as ToGateway
    switch (message.type) {
      case 'state':
        gateway.update(message.state)
        break
      case 'jwt':
        jwts.answer(message.id, message.answer)
        break
      case 'proxy':
        proxies.answer(message.id, message.proxy)
        break
      case 'check':
        void gateway.check(message.check).then((outcome) => {
          tell({ type: 'checked', id: message.id, outcome })
        })
        break
      case 'network-changed':
        gateway.networkChanged()
        break
      case 'stop':
        gateway.stop()
        tell({ type: 'stopped' })
        break
    }
  })
}

const { parentPort } = process as unknown as { readonly parentPort: ParentPort }
start(parentPort)

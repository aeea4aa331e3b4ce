/** What Chromium's `resolveProxy` answers, like `PROXY a:8080; SOCKS5 b:1080; DIRECT`. */
import type { ProxyLogin } from '../../core/base/ports'
import type { GatewayProxy } from '../../shared/gateway'

const KINDS = new Map([
  ['PROXY', 'http'],
  ['HTTP', 'http'],
  ['HTTPS', 'https'],
  ['SOCKS', 'socks4'],
  ['SOCKS4', 'socks4'],
  ['SOCKS5', 'socks5'],
] as const) as ReadonlyMap<string, Exclude<GatewayProxy['kind'], 'direct'>>

const ENTRY = /^\s*(\w+)(?:\s+(\S+))?\s*$/u
const ADDRESS = /^(?:\[(?<v6>[^\]]+)\]|(?<host>[^:]+)):(?<port>\d{1,5})$/u

/** The first that the gateway can use; where nothing is said, none. `loginFor` gets `host:port`. */
export function firstProxy(list: string, loginFor: (host: string) => ProxyLogin | null): GatewayProxy {
  for (const entry of list.split(';')) {
    const [, scheme = '', address = ''] = ENTRY.exec(entry) ?? []
    if (scheme.toUpperCase() === 'DIRECT') break
    const kind = KINDS.get(scheme.toUpperCase())
    const parts = ADDRESS.exec(address)?.groups
    const host = parts?.['v6'] ?? parts?.['host']
    if (kind === undefined || host === undefined) continue
    const login = loginFor(address)
    return {
      ...{ kind, host, port: Number(parts?.['port']) },
      login: login && { userName: login.userName, password: login.password.reveal() },
    }
  }
  return { kind: 'direct' }
}

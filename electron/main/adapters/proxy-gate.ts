/**
 * What proxies are told when they ask for a password. A new one is tried by a single request while the others wait: were
 * it wrong, eight at once could lock the user's account at a company's directory.
 */
import type { ProxyGate, ProxyLogin } from '../../core/base/ports'
import type { ProxyQuestion } from '../../shared/proxy'
import type { ProxyDoor, ProxyPass } from '../platform/proxy-pass'

export function createProxyGate(): ProxyGate & ProxyDoor {
  let login: ProxyLogin | null = null
  let standing: 'untried' | 'accepted' | 'refused' = 'untried'
  /** The request that tries it; null: none. */
  let trial: Promise<void> | null = null
  let isAsking = false
  const listeners: ((question: ProxyQuestion | null) => void)[] = []
  const replaced: (() => void)[] = []

  function tell(question: ProxyQuestion | null): void {
    isAsking = question !== null
    for (const listener of listeners) listener(question)
  }

  function enter(): ProxyPass {
    let got: ProxyLogin | null = null
    let isTurnedAway = false
    let endTrial = (): void => undefined

    async function asked(host: string): Promise<ProxyLogin | null> {
      // Asked again, it has refused what it got.
      if (got !== null) {
        if (got === login) standing = 'refused'
        isTurnedAway = true
        tell({ host, isRefused: true })
        return null
      }
      while (login?.host === host && standing === 'untried' && trial !== null) await trial
      if (login?.host !== host || standing === 'refused') {
        isTurnedAway = true
        tell({ host, isRefused: login?.host === host })
        return null
      }
      if (standing === 'untried') {
        trial = new Promise((resolve) => {
          endTrial = () => {
            trial = null
            endTrial = () => undefined
            resolve()
          }
        })
      }
      got = login
      return login
    }

    return {
      asked,
      get isTurnedAway() {
        return isTurnedAway
      },
      over(passed) {
        if (passed && got !== null && got === login && standing === 'untried') standing = 'accepted'
        endTrial()
        // Another network, or the proxy wants nothing any more.
        if (passed && !isTurnedAway && isAsking) tell(null)
      },
    }
  }

  return {
    enter,
    accepted: (host) => (login?.host === host && standing === 'accepted' ? login : null),
    use(next) {
      login = next
      standing = 'untried'
      for (const run of replaced) run()
    },
    whenAsked(run) {
      listeners.push(run)
    },
    whenReplaced(run) {
      replaced.push(run)
    },
  }
}

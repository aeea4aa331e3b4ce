/** What each call waits for during a start: accounts must not change while they are being read. */
import type { CallName } from '../../shared/ipc/contract'
import type { StartUp } from '../start-up'

export function createReadiness({
  firstLoaded,
  read,
  started,
  wantsMore,
  rendererReady,
}: StartUp<unknown>): (name: CallName) => Promise<void> {
  /** Calls that can be answered before the keyring is known. */
  const looks: { readonly [Name in CallName]?: Promise<void> } = {
    getSnapshot: firstLoaded,
    getAccountIds: read,
    getAccounts: read,
  }
  let hasFailed = false
  started.catch(() => {
    hasFailed = true
  })
  return async (name) => {
    if (name === 'quit' || name === 'reportUncaught') return
    // After a failed start the only call that is answered.
    if (name === 'restart' && hasFailed) return
    const untilSeen = hasFailed ? undefined : looks[name]
    // A user who acts needn't wait until the list is complete.
    if (untilSeen === undefined) rendererReady()
    else if (untilSeen === read) wantsMore()
    await (untilSeen ?? started)
  }
}

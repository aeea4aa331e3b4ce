/** What a call waits for during a start: nobody may change accounts that are still being read. */
import type { CallName } from '../../shared/ipc/contract'
import type { StartUp } from '../start-up'

export function createReadiness({
  firstLoaded,
  read,
  started,
  wantsMore,
  rendererReady,
}: StartUp<unknown>): (name: CallName) => Promise<void> {
  /** What can be answered before the keyring is known. */
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
    // The only way on from a start that has failed.
    if (name === 'restart' && hasFailed) return
    const untilSeen = hasFailed ? undefined : looks[name]
    // Who acts needn't wait until all is looked at.
    if (untilSeen === undefined) rendererReady()
    else if (untilSeen === read) wantsMore()
    await (untilSeen ?? started)
  }
}

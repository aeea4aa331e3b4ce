import { defineStore } from 'pinia'
import { watch } from 'vue'
import { useApp } from '../base/app-context'
import { useAccounts } from './accounts'
import { useEnvironments } from './environments'
import { useUi } from './ui'

/** Has main keep what the window shows, as long as all accounts are known; main writes it now and then. */
export const useKeptView = defineStore('kept-view', () => {
  const { bridge } = useApp()
  const accounts = useAccounts()
  const environments = useEnvironments()
  const ui = useUi()

  let stop: (() => void) | null = null

  /** What was shown last may be gone meanwhile. */
  function leaveWhatIsGone(): void {
    const { view } = ui
    const isThere =
      view.kind === 'environment'
        ? environments.get(view.id) !== null
        : view.kind !== 'tag' || accounts.tags.some(({ key }) => key === view.key)
    if (!isThere) ui.show({ kind: 'all' })
    if (ui.detailsOpen && ui.active === null) ui.closeDetails()
  }

  function follow(): void {
    unfollow()
    leaveWhatIsGone()
    stop = watch(
      () => JSON.stringify(ui.kept),
      () => void bridge.keepView(ui.kept).catch(() => null),
    )
  }

  function unfollow(): void {
    stop?.()
    stop = null
  }

  return { follow, unfollow }
})

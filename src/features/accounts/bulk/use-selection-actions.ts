import { computed } from 'vue'
import { useAccounts } from '../../../stores/accounts'
import { useBulk } from '../../../stores/bulk'
import { useSelection } from '../../../stores/selection'
import { useUi } from '../../../stores/ui'

/** What can be done with all selected accounts at once: the same in the bar and in the menu of a selected row. */
export function useSelectionActions() {
  const accounts = useAccounts()
  const bulk = useBulk()
  const selection = useSelection()
  const ui = useUi()

  const busy = computed(() => bulk.progress !== null)
  const hasCompany = computed(() => selection.ids.some((id) => accounts.get(id)?.kind === 'company'))

  /** Buttons stay enabled to keep their focus; while an action runs they do nothing. */
  function whenFree(action: () => void): void {
    if (!busy.value && selection.size > 0) action()
  }

  function renew(): void {
    whenFree(() => void bulk.renew(selection.ids))
  }

  function tag(): void {
    whenFree(() => {
      ui.open({ kind: 'tag-many', ids: selection.ids })
    })
  }

  function move(): void {
    whenFree(() => {
      if (hasCompany.value) ui.open({ kind: 'move-many', ids: selection.ids })
    })
  }

  function remove(): void {
    whenFree(() => {
      const [only, ...more] = selection.ids
      if (only === undefined) return
      ui.open(more.length === 0 ? { kind: 'remove', id: only } : { kind: 'remove-many', ids: selection.ids })
    })
  }

  return { busy, hasCompany, renew, tag, move, remove }
}

import type { AccountId } from '../../electron/shared/account'
import { useActions } from '../stores/actions'
import { useUi } from '../stores/ui'
import { hasModifier } from './modifier-name'

/** The keys of the list, by the ARIA treegrid pattern with rows as the only stops. */
export function useListKeys(moveTo: (index: number) => void, pageSize: () => number, openMenu: () => void) {
  const ui = useUi()
  const actions = useActions()

  function place(): number {
    return ui.rows.findIndex((row) => row.id === ui.activeId)
  }

  function move(to: number): void {
    if (ui.rows.length > 0) moveTo(Math.max(0, Math.min(ui.rows.length - 1, to)))
  }

  function unfold(): void {
    const at = place()
    const row = ui.rows[at]
    if (row?.expanded === false) ui.setExpanded(row.id, true)
    else if (row?.expanded === true) move(at + 1)
  }

  function fold(): void {
    const row = ui.rows[place()]
    if (row === undefined) return
    if (row.expanded === true) ui.setExpanded(row.id, false)
    else if (row.parentId !== null) move(ui.rows.findIndex(({ id }) => id === row.parentId))
  }

  /** Keys that mean the same from the row and from a button in it. */
  function moved(event: KeyboardEvent): boolean {
    switch (event.key) {
      case 'ArrowDown':
        move(place() + 1)
        return true
      case 'ArrowUp':
        move(place() - 1)
        return true
      case 'Home':
        move(0)
        return true
      case 'End':
        move(ui.rows.length - 1)
        return true
      case 'PageDown':
        move(place() + pageSize())
        return true
      case 'PageUp':
        move(place() - pageSize())
        return true
      default:
        return false
    }
  }

  function done(event: KeyboardEvent, id: AccountId): boolean {
    switch (event.key) {
      case 'ArrowRight':
        unfold()
        return true
      case 'ArrowLeft':
        fold()
        return true
      case 'Enter':
        // A held key repeats; one press is one copy.
        if (!event.repeat) void (hasModifier(event) ? actions.renew(id) : actions.copy(id))
        return true
      case ' ':
        if (ui.detailsOpen) ui.closeDetails()
        else ui.openDetails(id)
        return true
      case 'Delete':
        ui.open({ kind: 'remove', id })
        return true
      case 'F2':
        ui.open({ kind: 'rename', id })
        return true
      case 'F10':
        if (event.shiftKey) openMenu()
        return event.shiftKey
      case 'ContextMenu':
        openMenu()
        return true
      default:
        return false
    }
  }

  return function keydown(event: KeyboardEvent): void {
    const target = event.target
    if (!(target instanceof HTMLElement) || event.altKey) return
    const onRow = target.getAttribute('role') === 'row'
    if (hasModifier(event) && event.key !== 'Enter') return
    const id = ui.activeId
    if (moved(event) || (onRow && id !== null && done(event, id))) event.preventDefault()
  }
}

import type { AccountId } from '../../../../electron/shared/account'
import { shortcutKey } from '../../../../electron/shared/shortcut-key'
import { useActions } from '../../../stores/actions'
import { useSelection } from '../../../stores/selection'
import { useUi } from '../../../stores/ui'
import { hasModifier, isMac } from '../../../base/modifier-name'

/** The list's keys, by the ARIA treegrid pattern with rows as the only stops. */
export function useListKeys(moveTo: (index: number) => void, pageSize: () => number, openMenu: () => void) {
  const ui = useUi()
  const actions = useActions()
  const selection = useSelection()

  function place(): number {
    return ui.indexOf(ui.activeId)
  }

  /** `isRange`: selects everything in between. */
  function move(to: number, isRange = false): void {
    const index = Math.max(0, Math.min(ui.rows.length - 1, to))
    const row = ui.rows[index]
    if (row === undefined) return
    if (isRange) selection.extend(ui.activeId, row.id, ui.rows)
    moveTo(index)
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
    else if (row.parentId !== null) move(ui.indexOf(row.parentId))
  }

  /** Keys that do the same on the row and on a button in it. */
  function moved({ key, shiftKey }: KeyboardEvent): boolean {
    switch (key) {
      case 'ArrowDown':
        move(place() + 1, shiftKey)
        return true
      case 'ArrowUp':
        move(place() - 1, shiftKey)
        return true
      case 'Home':
        move(0, shiftKey)
        return true
      case 'End':
        move(ui.rows.length - 1, shiftKey)
        return true
      case 'PageDown':
        move(place() + pageSize(), shiftKey)
        return true
      case 'PageUp':
        move(place() - pageSize(), shiftKey)
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
        // A held key repeats, but must copy only once.
        if (!event.repeat) void (hasModifier(event) ? actions.renew(id) : actions.copy(id))
        return true
      case ' ':
        if (ui.detailsOpen) ui.closeDetails()
        else ui.openDetails(id)
        return true
      case 'Backspace':
      case 'Delete':
        // A Mac's Delete key is Backspace; elsewhere it is pressed by mistake too easily.
        if (event.key === 'Backspace' && !isMac()) return false
        if (selection.size > 1) ui.open({ kind: 'remove-many', ids: selection.ids })
        else ui.open({ kind: 'remove', id: selection.ids[0] ?? id })
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
        // The key itself is typed into the field, which has the focus by then.
        if (isTyped(event)) ui.focusSearch()
        return false
    }
  }

  /** Keys with the modifier, on the row. */
  function selected(event: KeyboardEvent, id: AccountId): boolean {
    // On a Mac, Cmd+Space belongs to the system.
    if (event.key === ' ' && event.ctrlKey) selection.toggle(id)
    else if (hasModifier(event) && shortcutKey(event) === 'a') selection.add(ui.rows.map((row) => row.id))
    else return false
    return true
  }

  return function keydown(event: KeyboardEvent): void {
    const target = event.target
    if (!(target instanceof HTMLElement) || event.altKey) return
    const onRow = target.getAttribute('role') === 'row'
    const id = ui.activeId
    if (onRow && id !== null && selected(event, id)) {
      event.preventDefault()
      return
    }
    if (hasModifier(event) && event.key !== 'Enter') return
    if (moved(event) || (onRow && id !== null && done(event, id))) event.preventDefault()
  }
}

/** A character that is no shortcut of the window. */
function isTyped({ key, ctrlKey, metaKey, isComposing }: KeyboardEvent): boolean {
  return Array.from(key).length === 1 && !' /?'.includes(key) && !ctrlKey && !metaKey && !isComposing
}

import { shortcutKey } from '../../electron/shared/shortcut-key'
import { useApp } from '../base/app-context'
import { useActions } from '../stores/actions'
import { useRemovals } from '../stores/removals'
import { useUi } from '../stores/ui'
import { useWindowKeys } from '../base/keys'
import { hasModifier } from '../base/modifier-name'

/** The shortcuts that work anywhere in the window. */
export function useShortcuts(): void {
  const { bridge } = useApp()
  const actions = useActions()
  const removals = useRemovals()
  const ui = useUi()

  function keydown(event: KeyboardEvent): void {
    // Even in a dialog.
    if (hasModifier(event) && !event.altKey && !event.shiftKey && shortcutKey(event) === 'l') {
      event.preventDefault()
      void bridge.lock(undefined)
      return
    }
    if (event.defaultPrevented || ui.dialog !== null || inPopup(event)) return
    if (action(event)) event.preventDefault()
  }

  function action(event: KeyboardEvent): boolean {
    const key = shortcutKey(event)
    if (hasModifier(event) && event.shiftKey && !event.altKey && key === 'c') {
      if (ui.active === null) return false
      if (!event.repeat) void actions.copyAgain(ui.active.id)
      return true
    }
    if (hasModifier(event) && !event.altKey && !event.shiftKey) {
      if (key === 'n') ui.open({ kind: 'add' })
      else if (key === 'f') ui.focusSearch()
      else if (key === 'k') ui.open({ kind: 'commands' })
      else if (key === ',') ui.open({ kind: 'settings' })
      else if (key === 'z' && !isTyping(event)) return undo()
      else return false
      return true
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    if (key === 'Escape' && ui.detailsOpen) {
      ui.closeDetails()
      ui.focusList()
      return true
    }
    if (isTyping(event)) return false
    if (key === '/') ui.focusSearch()
    else if (key === '?') ui.open({ kind: 'keys' })
    else return false
    return true
  }

  /** The latest removal, if that is still possible. */
  function undo(): boolean {
    const latest = removals.removals.at(-1)
    if (latest !== undefined) void removals.undo(latest)
    return latest !== undefined
  }

  useWindowKeys(keydown)
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target
  return target instanceof HTMLElement && target.matches('input:not([type=checkbox], [type=radio]), textarea')
}

/** Menus and lists of choices have keys of their own. */
function inPopup(event: KeyboardEvent): boolean {
  const target = event.target
  return (
    target instanceof HTMLElement &&
    target.closest('[role=menu], [role=listbox], [role=dialog], [role=alertdialog]') !== null
  )
}

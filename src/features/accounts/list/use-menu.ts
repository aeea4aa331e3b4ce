import { focusAgain, focusTrail } from '../../../ui/focus-trail'
import { useUi } from '../../../stores/ui'

/** How a menu of rows closes. To be called before it takes the focus, which goes back there, else to the list. */
export function useMenu(closed: () => void) {
  const ui = useUi()
  const before = focusTrail()

  function close(giveBack: boolean): void {
    closed()
    if (giveBack && !focusAgain(before)) ui.focusList()
  }

  /** The focus returns before the action, so that a dialog returns it there later. */
  function pick(action: () => void): void {
    close(true)
    action()
  }

  return { close, pick }
}

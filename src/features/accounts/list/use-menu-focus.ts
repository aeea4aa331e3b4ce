import { focusAgain, focusTrail } from '../../../ui/focus-trail'
import { useUi } from '../../../stores/ui'

/** To be called before a menu of rows takes the focus; returns what gives it back, else to the list. */
export function useMenuFocus(): () => void {
  const ui = useUi()
  const before = focusTrail()
  return () => {
    if (!focusAgain(before)) ui.focusList()
  }
}

import { inject, provide, type InjectionKey } from 'vue'
import { useUi } from '../stores/ui'

const INSIDE_A_DIALOG: InjectionKey<boolean> = Symbol('inside a dialog')

/**
 * Called in a dialog's set-up. Returns what puts the focus back where it was, or on the list if that place is gone.
 * A dialog opened by another one leaves a vanished place to that one.
 */
export function useReturnFocus(): (event: Event) => void {
  const ui = useUi()
  const nested = inject(INSIDE_A_DIALOG, false)
  provide(INSIDE_A_DIALOG, true)
  const before = placeOf(document.activeElement)
  return (event) => {
    event.preventDefault()
    if (before?.isConnected === true) before.focus()
    else if (!nested) ui.focusList()
  }
}

/** Choices of menus and lists are gone when the dialog closes. */
function placeOf(active: Element | null): HTMLElement | null {
  const stays = active instanceof HTMLElement && active !== document.body
  return stays && active.closest('[role=menu], [role=listbox]') === null ? active : null
}

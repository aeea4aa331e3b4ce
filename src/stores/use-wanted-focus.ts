import { onMounted, watch } from 'vue'
import { useUi, type FocusPlace } from './ui'

/** Calls `take` when the focus is wanted here, also when that was asked for before this was there. */
export function useWantedFocus(place: FocusPlace, take: () => void): void {
  const ui = useUi()
  function look(): void {
    if (ui.focusWanted !== place) return
    ui.focusWanted = null
    take()
  }
  onMounted(look)
  // When the window shows what it is about: by then whatever makes way for something else is gone.
  watch(() => ui.focusWanted, look, { flush: 'post' })
}

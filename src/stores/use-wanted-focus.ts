import { onMounted, watch } from 'vue'
import { useUi, type FocusPlace } from './ui'

/** Calls `take` when the focus is wanted here, even if it was requested before this was rendered. */
export function useWantedFocus(place: FocusPlace, take: () => void): void {
  const ui = useUi()
  function look(): void {
    if (ui.focusWanted !== place) return
    ui.focusWanted = null
    take()
  }
  onMounted(look)
  // After rendering: by then elements that make way for others are gone.
  watch(() => ui.focusWanted, look, { flush: 'post' })
}

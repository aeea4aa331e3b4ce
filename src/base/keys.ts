import { onBeforeUnmount, onMounted } from 'vue'

/** Keys that input methods process, and that reach the page all the same. */
const PROCESSED = 229
/** What the browser would do with these by itself: submit the form, clear the search field. */
const WITH_DEFAULTS: ReadonlySet<string> = new Set(['Enter', 'Escape'])

/**
 * Hides the keys of a composition from every listener: they belong to the input method, so that the Enter that ends a
 * composition copies nothing, and Escape closes nothing. Called before anything else listens to keys
 * (https://www.w3.org/TR/uievents/#events-composition-key-events). Returns a function that ends it.
 */
export function hideCompositionKeys(page: Window): () => void {
  const hide = (event: KeyboardEvent): void => {
    if (!isOfComposition(event)) return
    event.stopImmediatePropagation()
    if (WITH_DEFAULTS.has(event.key)) event.preventDefault()
  }
  page.addEventListener('keydown', hide, true)
  page.addEventListener('keypress', hide, true)
  page.addEventListener('keyup', hide, true)
  return () => {
    page.removeEventListener('keydown', hide, true)
    page.removeEventListener('keypress', hide, true)
    page.removeEventListener('keyup', hide, true)
  }
}

function isOfComposition(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- on a Mac the first key of a composition has only this
  return event.isComposing || event.keyCode === PROCESSED
}

/** Keys pressed anywhere in the window, while the component is mounted. `first`: before the focused element gets them. */
export function useWindowKeys(
  keydown: (event: KeyboardEvent) => void,
  { first = false }: { readonly first?: boolean } = {},
): void {
  onMounted(() => {
    window.addEventListener('keydown', keydown, first)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('keydown', keydown, first)
  })
}

import { watch } from 'vue'

/**
 * Writes a text that changes each second into the element, into the same node of it each time. Rendering it would set
 * the element's content, and Chromium would make a new node, with its style and its place in the layout.
 */
export function useWrittenText(element: () => HTMLElement | null, text: () => string): void {
  watch(
    [element, text] as const,
    ([written, said]) => {
      const node = written?.firstChild
      if (node instanceof Text) node.data = said
      else written?.append(said)
    },
    { flush: 'post', immediate: true },
  )
}

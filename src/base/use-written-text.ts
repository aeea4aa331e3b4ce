import { watch } from 'vue'

/**
 * Writes a text that changes each second into the same text node each time. Rendering it would make Chromium create a
 * new node, with its style and layout.
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

import {
  computed,
  onBeforeUnmount,
  onMounted,
  shallowRef,
  triggerRef,
  type ComponentPublicInstance,
  type ShallowRef,
} from 'vue'
import { RowHeights } from './row-heights'

/** How many rows of the estimated height are rendered beyond the visible ones, for scrolling. */
const BEYOND = 8

/**
 * Renders only the visible rows of very many, whose heights are known once they are rendered: each gets `measure` as its
 * `ref` and its index as `data-index`.
 */
export function useMeasuredRows(
  scroller: Readonly<ShallowRef<HTMLElement | null>>,
  { count, estimate }: { readonly count: () => number; readonly estimate: number },
) {
  const heights = shallowRef(new RowHeights(estimate))
  const offset = shallowRef(0)
  const height = shallowRef(window.innerHeight)

  const layout = computed(() => {
    heights.value.grow(count())
    const beyond = BEYOND * estimate
    return heights.value.within(count(), offset.value - beyond, offset.value + height.value + beyond)
  })

  function noteHeight(index: number, next: number): void {
    const change = next - heights.value.get(index)
    if (Math.abs(change) < 0.5) return
    heights.value.set(index, next)
    triggerRef(heights)
    // What is in view stays where it is when a row above it turns out to be higher.
    const start = layout.value.rows.find((row) => row.index === index)?.start ?? 0
    if (start < offset.value && scroller.value !== null) scroller.value.scrollTop += change
  }

  const sizes = new ResizeObserver((entries) => {
    for (const { target, borderBoxSize } of entries) {
      if (target === scroller.value) height.value = target.clientHeight
      else if (!target.isConnected) sizes.unobserve(target)
      else if (target instanceof HTMLElement)
        noteHeight(Number(target.dataset['index']), borderBoxSize[0]?.blockSize ?? estimate)
    }
  })

  function measure(row: Element | ComponentPublicInstance | null): void {
    if (row instanceof Element) sizes.observe(row)
  }

  function follow(): void {
    offset.value = scroller.value?.scrollTop ?? 0
  }

  onMounted(() => {
    if (scroller.value === null) return
    scroller.value.addEventListener('scroll', follow, { passive: true })
    sizes.observe(scroller.value)
  })
  onBeforeUnmount(() => {
    sizes.disconnect()
  })

  return { layout, measure }
}

import { computed, onBeforeUnmount, onMounted, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { useApp } from '../../base/app-context'

/** How many rows beyond the visible ones are rendered, for scrolling. */
const BEYOND = 8

/** Longer than the pause between two turns of a wheel (`scrollend` comes after each). */
const RESTS_AFTER_MS = 150

/** The minimum height around the list: its bar, its head and the status line. */
const AROUND_AT_LEAST_PX = 150

export interface RowWindow {
  readonly first: ComputedRef<number>
  /** -1 when there is no row. */
  readonly last: ComputedRef<number>
  /** The indexes of the rows to render, from the first to the last. */
  readonly rendered: ComputedRef<readonly number[]>
  /** How many whole rows fit. */
  readonly pageSize: () => number
  /** Scrolls no further than needed to show the row. */
  readonly scrollTo: (index: number) => void
}

interface RowWindowOptions {
  readonly count: () => number
  /** In CSS pixels, the same for all rows. */
  readonly rowHeight: () => number
  /** A row that is always rendered: the focused one, whose focus would otherwise be lost. */
  readonly stop?: () => number
}

/** Renders only the visible rows of very many, all of one height, and a few around them. */
export function useRowWindow(
  scroller: Readonly<ShallowRef<HTMLElement | null>>,
  { count, rowHeight, stop = () => -1 }: RowWindowOptions,
): RowWindow {
  const { time } = useApp()
  const offset = shallowRef(0)
  // An estimate until it is measured, so that rows are rendered with the list, not one layout later.
  const height = shallowRef(Math.max(0, window.innerHeight - AROUND_AT_LEAST_PX))
  /** Scrolled by more than a page: rows out of view would be past before anyone has seen them. */
  const isRushing = shallowRef(false)

  const last = computed(() => Math.min(count(), Math.ceil((offset.value + height.value) / rowHeight())) - 1)
  const first = computed(() => Math.max(0, Math.min(Math.floor(offset.value / rowHeight()), last.value)))
  const beyond = computed(() => (isRushing.value ? 0 : BEYOND))
  const rendered = computed(() => {
    const from = Math.max(0, first.value - beyond.value)
    const to = Math.min(count() - 1, last.value + beyond.value)
    const indexes = Array.from({ length: to - from + 1 }, (_, step) => from + step)
    if (stop() >= 0 && stop() < from) indexes.unshift(stop())
    else if (stop() > to && stop() < count()) indexes.push(stop())
    return indexes
  })

  let cancelRest: (() => void) | null = null

  function follow(): void {
    const next = scroller.value?.scrollTop ?? 0
    isRushing.value = Math.abs(next - offset.value) > height.value
    offset.value = next
    cancelRest?.()
    cancelRest = time.after(RESTS_AFTER_MS, () => {
      isRushing.value = false
    })
  }

  function scrollTo(index: number): void {
    if (scroller.value === null) return
    const top = index * rowHeight()
    const bottom = top + rowHeight()
    if (top < offset.value) scroller.value.scrollTop = top
    else if (bottom > offset.value + height.value) scroller.value.scrollTop = bottom - height.value
    else return
    follow()
  }

  const measured = new ResizeObserver(([entry]) => {
    if (entry !== undefined) height.value = entry.contentRect.height
  })
  onMounted(() => {
    if (scroller.value === null) return
    scroller.value.addEventListener('scroll', follow, { passive: true })
    measured.observe(scroller.value)
  })
  onBeforeUnmount(() => {
    measured.disconnect()
    cancelRest?.()
  })

  return {
    first,
    last,
    rendered,
    pageSize: () => Math.max(1, Math.floor(height.value / rowHeight()) - 1),
    scrollTo,
  }
}

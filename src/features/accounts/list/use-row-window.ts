import { computed, onBeforeUnmount, onMounted, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { useApp } from '../../../base/app-context'

/** Rows beyond those in sight, so that scrolling finds them there. */
const BEYOND = 8

/** Longer than from one turn of a wheel to the next (`scrollend` comes after each). */
const RESTS_AFTER_MS = 150

/** What stands above and below the list at least: the bar, its head and the status line. */
const AROUND_AT_LEAST_PX = 150

export interface RowWindow {
  readonly first: ComputedRef<number>
  /** -1 when there is no row. */
  readonly last: ComputedRef<number>
  /** The rows to be rendered, by index from the first to the last. */
  readonly rendered: ComputedRef<readonly number[]>
  /** How many whole rows there is room for. */
  readonly pageSize: () => number
  /** Scrolls no more than needed for the row to be in sight. */
  readonly scrollTo: (index: number) => void
}

interface RowWindowOptions {
  readonly count: () => number
  /** In CSS pixels, the same for all rows. */
  readonly rowHeight: () => number
  /** A row that is rendered wherever the list is scrolled to: the one with the focus, which would be lost else. */
  readonly stop: () => number
  /** Whether rows beyond the sight are wanted yet. */
  readonly wantsBeyond: () => boolean
}

/** Which of very many rows, all of one height, are in sight of the scroller: only they are rendered, and a few around. */
export function useRowWindow(
  scroller: Readonly<ShallowRef<HTMLElement | null>>,
  { count, rowHeight, stop, wantsBeyond }: RowWindowOptions,
): RowWindow {
  const { time } = useApp()
  const offset = shallowRef(0)
  // Before it is measured: so the rows are there with the list, not after one more layout.
  const height = shallowRef(Math.max(0, window.innerHeight - AROUND_AT_LEAST_PX))
  /** Turned by more than what is in sight: rows beyond it would be past before anybody has seen them. */
  const isRushing = shallowRef(false)

  const last = computed(() => Math.min(count(), Math.ceil((offset.value + height.value) / rowHeight())) - 1)
  const first = computed(() => Math.max(0, Math.min(Math.floor(offset.value / rowHeight()), last.value)))
  const beyond = computed(() => (wantsBeyond() && !isRushing.value ? BEYOND : 0))
  const rendered = computed(() => {
    const from = Math.max(0, first.value - beyond.value)
    const to = Math.min(count() - 1, last.value + beyond.value)
    const indexes = Array.from({ length: to - from + 1 }, (_, step) => from + step)
    if (stop() < from) indexes.unshift(stop())
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

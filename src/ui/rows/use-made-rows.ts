import { computed, onBeforeUnmount, shallowRef, watch, type ComputedRef } from 'vue'
import { useApp } from '../../base/app-context'
import type { RowWindow } from './use-row-window'

export interface MadeRow<Id> {
  readonly id: Id
  readonly index: number
  /** For `v-for`: of the element that shows the row. */
  readonly key: number
}

interface MadeRowsOptions<Id> {
  readonly window: Pick<RowWindow, 'rendered' | 'first' | 'last'>
  readonly idAt: (index: number) => Id | undefined
  /** The row that has the focus, or that a mouse's button is held on: its element is never given to another. */
  readonly held: () => Id | null
}

interface Made<Id> {
  readonly rows: readonly MadeRow<Id>[]
  readonly keys: ReadonlyMap<Id, number>
  /** The round of idle time in which it was made. */
  readonly round: number
  readonly isPartial: boolean
}

/**
 * The rows that are made of those to render, for a list whose rows are told all by their props. A row that stays keeps
 * its element; one that comes takes that of one that goes, as making one costs several times as much. What is out of
 * sight is made once what is in sight is painted and the window is idle.
 */
export function useMadeRows<Id>({
  window: { rendered, first, last },
  idAt,
  held,
}: MadeRowsOptions<Id>): ComputedRef<readonly MadeRow<Id>[]> {
  const { time } = useApp()
  const idleRound = shallowRef(0)
  let nextKey = 0

  const made = computed<Made<Id>>((before) => {
    const known = before?.keys ?? new Map<Id, number>()
    const makesAll = before !== undefined && before.round !== idleRound.value
    const wanted = new Map<Id, number>()
    let isPartial = false
    for (const index of rendered.value) {
      const id = idAt(index)
      if (id === undefined) continue
      const isInSight = first.value <= index && index <= last.value
      if (isInSight || makesAll || known.has(id)) wanted.set(id, index)
      else isPartial = true
    }
    const free = [...known].filter(([id]) => !wanted.has(id) && id !== held()).map(([, key]) => key)
    const keys = new Map<Id, number>()
    const rows: MadeRow<Id>[] = []
    for (const [id, index] of wanted) {
      const key = known.get(id) ?? free.pop() ?? nextKey++
      keys.set(id, key)
      rows.push({ id, index, key })
    }
    return { rows, keys, round: idleRound.value, isPartial }
  })

  let cancel: (() => void) | null = null
  const stop = watch(
    () => made.value.isPartial,
    (isPartial) => {
      if (!isPartial) return
      cancel?.()
      cancel = time.whenIdle(() => {
        idleRound.value += 1
      })
    },
    { immediate: true },
  )
  onBeforeUnmount(() => {
    stop()
    cancel?.()
  })

  return computed(() => made.value.rows)
}

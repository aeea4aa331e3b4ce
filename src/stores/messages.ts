import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import { useApp } from '../base/app-context'

export interface PassingMessage {
  readonly id: number
  readonly text: string
  /** `alert`: a failure that can't wait, since what the user does next rests on it. */
  readonly tone: 'good' | 'bad' | 'alert'
  /** Whether what it speaks of is still so: it goes at once when it is no longer. */
  readonly holds: () => boolean
}

const GOOD_STAYS_MS = 4000
/** A failure takes longer to read, and is also told at its account. */
const BAD_STAYS_MS = 9000

/** Messages that pass: one at a time, the newest wins. */
export const useMessages = defineStore('messages', () => {
  const { time } = useApp()
  const current = shallowRef<PassingMessage | null>(null)
  let lastId = 0
  let cancel: (() => void) | null = null

  /** Nobody may read them: what is said then is not kept for later either. */
  let hushed = false

  function say(text: string, tone: PassingMessage['tone'] = 'good', holds = (): boolean => true): void {
    if (hushed) return
    cancel?.()
    lastId += 1
    current.value = { id: lastId, text, tone, holds }
    cancel = time.after(tone === 'good' ? GOOD_STAYS_MS : BAD_STAYS_MS, dismiss)
  }

  function dismiss(): void {
    cancel?.()
    cancel = null
    current.value = null
  }

  function hush(on: boolean): void {
    hushed = on
    if (on) dismiss()
  }

  watch(
    () => current.value?.holds() ?? true,
    (holds) => {
      if (!holds) dismiss()
    },
  )

  return { current, say, dismiss, hush }
})

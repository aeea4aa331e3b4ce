import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import { useApp } from '../base/app-context'

export interface PassingMessage {
  readonly id: number
  readonly text: string
  /** `alert`: a failure that can't wait, since what the user does next depends on it. */
  readonly tone: 'good' | 'bad' | 'alert'
  /** Whether it still applies: when it no longer does, the message disappears at once. */
  readonly holds: () => boolean
}

const GOOD_STAYS_MS = 4000
/** A failure takes longer to read, and is also shown at its account. */
const BAD_STAYS_MS = 9000

/** Passing messages: one at a time, the newest replaces the older. */
export const useMessages = defineStore('messages', () => {
  const { time } = useApp()
  const current = shallowRef<PassingMessage | null>(null)
  let lastId = 0
  let cancel: (() => void) | null = null

  /** While no one may read messages, they are dropped rather than kept for later. */
  let isSilenced = false

  function say(text: string, tone: PassingMessage['tone'] = 'good', holds = (): boolean => true): void {
    if (isSilenced) return
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
    isSilenced = on
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

import { defineStore } from 'pinia'
import { computed, nextTick, shallowRef, type InjectionKey } from 'vue'
import { focusAgain, focusTrail, type FocusTrail } from '../focus-trail'

/** Where the focus goes when the last dialog closes and the previously focused element is gone. */
export const FOCUS_AFTER_DIALOGS: InjectionKey<() => void> = Symbol('focus after dialogs')

interface OpenModal {
  readonly modal: symbol
  /** Where the focus was before it, and before the dialog that it follows. */
  readonly before: FocusTrail
  /** Hides those below it. */
  readonly covers: boolean
}

/** The open dialogs, one above another. Only the topmost can be used: all else is inert. */
export const useModals = defineStore('modals', () => {
  const stack = shallowRef<readonly OpenModal[]>([])
  const anyOpen = computed(() => stack.value.length > 0)
  /** Of the dialog that is making way for another one right now: that one returns the focus in its place. */
  let inherited: FocusTrail = []

  function open(modal: symbol, covers: boolean): void {
    const beneath = stack.value.at(-1)?.before ?? []
    stack.value = [...stack.value, { modal, before: [...focusTrail(), ...inherited, ...beneath], covers }]
    inherited = []
  }

  /** Returns the focus to where it was once all that was inert can take it; calls `lost` where nothing can. */
  async function close(modal: symbol, lost: () => void): Promise<void> {
    const before = stack.value.find((each) => each.modal === modal)?.before ?? []
    stack.value = stack.value.filter((each) => each.modal !== modal)
    inherited = before
    await nextTick()
    if (inherited === before) inherited = []
    // Something else has taken the focus meanwhile.
    if (document.activeElement !== document.body) return
    // A dialog below this one has focus targets of its own.
    if (!focusAgain(before) && !anyOpen.value) lost()
  }

  function isTop(modal: symbol): boolean {
    return stack.value.at(-1)?.modal === modal
  }

  function isCovered(modal: symbol): boolean {
    const at = stack.value.findIndex((each) => each.modal === modal)
    return stack.value.slice(at + 1).some(({ covers }) => covers)
  }

  return { anyOpen, open, close, isTop, isCovered }
})

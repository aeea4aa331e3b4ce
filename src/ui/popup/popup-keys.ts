/** Typed within this time, letters belong to one word. */
const WORD_MS = 1000

/** Of a keyboard's event. */
export interface PressedKey {
  readonly key: string
  /** In ms, since whenever. */
  readonly timeStamp: number
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/**
 * Which choice of a menu or list a key goes to, by the ARIA patterns (https://www.w3.org/WAI/ARIA/apg/patterns/menubar/
 * and .../listbox/): arrows, Home and End, and the first letters of a choice's words. Each popup has one of its own,
 * since it remembers what has been typed.
 */
export function createPopupKeys() {
  let word = ''
  let typedAt = -Infinity

  /** `at`: the choice with the focus, -1 for none. Returns the index to go to, or null when the key isn't of these. */
  return function target(event: PressedKey, choices: readonly string[], at: number): number | null {
    const last = choices.length - 1
    if (last < 0 || event.ctrlKey || event.metaKey || event.altKey) return null
    switch (event.key) {
      case 'ArrowDown':
        return Math.min(last, at + 1)
      case 'ArrowUp':
        return at < 0 ? last : Math.max(0, at - 1)
      case 'Home':
      case 'PageUp':
        return 0
      case 'End':
      case 'PageDown':
        return last
    }
    if (event.key.length !== 1 || event.key === ' ') return null
    const letter = event.key.toLowerCase()
    const isNew = event.timeStamp - typedAt > WORD_MS
    typedAt = event.timeStamp
    // The same letter again goes on to the next choice with it.
    word = isNew || word === letter ? letter : word + letter
    const from = word.length === 1 ? at + 1 : Math.max(0, at)
    const inTurn = [...choices.keys()].map((step) => (from + step) % choices.length)
    return inTurn.find((index) => choices[index]?.toLowerCase().startsWith(word)) ?? null
  }
}

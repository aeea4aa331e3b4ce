/** Letters typed within this time form one word. */
const WORD_MS = 1000

/** The part of a `KeyboardEvent` that is used. */
export interface PressedKey {
  readonly key: string
  /** In ms, from any starting point. */
  readonly timeStamp: number
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/**
 * Which choice of a menu or list a key moves to, by the ARIA patterns
 * (https://www.w3.org/WAI/ARIA/apg/patterns/menubar/ and .../listbox/): arrows, Home and End, and the first letters of
 * a choice. Each popup needs its own, since it remembers what was typed.
 */
export function createPopupKeys() {
  let word = ''
  let typedAt = -Infinity

  /** `at`: the focused choice, -1 for none. Returns the index to move to, or null for any other key. */
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
    // Repeating a letter moves to the next choice that begins with it.
    word = isNew || word === letter ? letter : word + letter
    const from = word.length === 1 ? at + 1 : Math.max(0, at)
    const inTurn = [...choices.keys()].map((step) => (from + step) % choices.length)
    return inTurn.find((index) => choices[index]?.toLowerCase().startsWith(word)) ?? null
  }
}

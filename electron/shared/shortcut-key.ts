/** Which key of a shortcut was pressed, on any layout of the keyboard. */

export interface PressedKey {
  /** What it types, by the layout (`KeyboardEvent.key`). */
  readonly key: string
  /** Where it is, by its name on a US keyboard (`KeyboardEvent.code`). */
  readonly code: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

/** What other keys than letters and digits type on a US keyboard, without and with Shift. */
const US_KEYS: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  Comma: [',', '<'],
  Slash: ['/', '?'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
}

/**
 * Signs of Greek, Hebrew and Cyrillic keyboards in the places of shortcuts, where no Latin layout in wide use has the
 * same. A letter's place counts only with Ctrl: without, the sign itself is typed.
 */
const SIGNS_OF_OTHER_SCRIPTS: Readonly<Record<string, string>> = { KeyQ: ';:/', KeyW: "'", Slash: '.,' }

/**
 * The letter or character typed, in lower case, or the key's name (`Enter`). Where the key types another script or
 * nothing yet (a dead key), what a US keyboard types in that place: people of all scripts know the shortcuts by it.
 */
export function shortcutKey(pressed: PressedKey): string {
  const { key, code, shiftKey } = pressed
  if (saysItself(pressed)) return key.length > 1 ? key : key.toLowerCase()
  const onUs = /^(?:Key([A-Z])|Digit(\d))$/u.exec(code)
  if (onUs !== null) return (onUs[1] ?? onUs[2] ?? key).toLowerCase()
  return US_KEYS[code]?.[shiftKey ? 1 : 0] ?? key
}

function saysItself({ key, code, ctrlKey, metaKey }: PressedKey): boolean {
  if (!/^[\x20-\x7e]+$/u.test(key) || key === 'Dead' || key === 'Unidentified') return false
  const isSign = key.length === 1 && SIGNS_OF_OTHER_SCRIPTS[code]?.includes(key) === true
  return !isSign || (/^Key/u.test(code) && !ctrlKey && !metaKey)
}

/** Keys by Electron's names for shortcuts. */
const NAMED: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Enter: 'Return',
  Backspace: 'Backspace',
  Delete: 'Delete',
  Insert: 'Insert',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  '+': 'Plus',
}
const MODIFIERS = ['Control', 'Alt', 'AltGraph', 'Shift', 'Meta', 'OS']

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>

/** A key combination: incomplete (only modifiers yet), unsuitable, or a shortcut in Electron's notation. */
export type Recorded =
  | { readonly kind: 'waiting' }
  /** Without a modifier it would take a typing key away from every other program. */
  | { readonly kind: 'needs-modifier' }
  | { readonly kind: 'unknown-key' }
  | { readonly kind: 'shortcut'; readonly accelerator: string }

export function shortcutOf(event: Pressed, onMac: boolean): Recorded {
  if (MODIFIERS.includes(event.key)) return { kind: 'waiting' }
  const key = keyName(event)
  if (key === null) return { kind: 'unknown-key' }
  const strong = event.ctrlKey || event.altKey || event.metaKey
  if (!strong && !/^F\d+$/u.test(key)) return { kind: 'needs-modifier' }
  const parts = [
    event.metaKey ? (onMac ? 'Command' : 'Super') : null,
    event.ctrlKey ? 'Control' : null,
    event.altKey ? 'Alt' : null,
    event.shiftKey ? 'Shift' : null,
    key,
  ]
  return { kind: 'shortcut', accelerator: parts.filter((part) => part !== null).join('+') }
}

function keyName({ key, code }: Pressed): string | null {
  const named = NAMED[key]
  if (named !== undefined) return named
  if (/^[a-z0-9]$/iu.test(key)) return key.toUpperCase()
  if (/^F(?:[1-9]|1\d|2[0-4])$/u.test(key)) return key
  // With Alt or Shift a key types another character than its label.
  const onKey = /^(?:Key([A-Z])|Digit([0-9]))$/u.exec(code)
  if (onKey !== null) return onKey[1] ?? onKey[2] ?? null
  return /^[!-/:-@[-`{-~]$/u.test(key) ? key : null
}

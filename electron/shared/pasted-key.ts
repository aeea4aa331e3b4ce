/**
 * API keys as people paste them: out of mails and tables, with what stands around them there. What is taken off is
 * said; what a program has changed about a key can't be put right, only named.
 */
import { trimUnseen } from './unseen'

export const WRAPPINGS = ['unseen', 'quotes', 'formula', 'delimiter', 'label'] as const
export type Wrapping = (typeof WRAPPINGS)[number]

export interface PastedKey {
  readonly key: string
  /** What was taken off, each kind once, from the outside to the inside. */
  readonly removed: readonly Wrapping[]
}

/** What a spreadsheet or a list makes of a key that it does not show whole. */
export type KeyDamage = 'number' | 'too-narrow' | 'error-value' | 'shortened'

const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”',
  '„': '“',
  '‘': '’',
  '‚': '‘',
  '«': '»',
  '‹': '›',
}

/** So that a spreadsheet takes a cell for text: `="0123"`. */
const FORMULA = /^=(["“].*["”])$/su
const DELIMITER = /[,;]$/u
/** A field's or a header's name before the key. `key:` alone is none: a key may begin so. */
const LABEL = /^["']?(?:x[-_]?)?api[-_ ]?key["']?\s*[:=]\s*|^(?:authorization\s*:\s*)?bearer\s+/iu

/** Twice the longest key, in characters: a longer text is no key, and taking thousands of layers off it would take long. */
const WRAPPED_MAX_LENGTH = 8192

/** Without what surrounds the key; a key that has nothing around it is as it was typed. */
export function unwrapKey(typed: string): PastedKey {
  const removed = new Set<Wrapping>()
  let key = typed
  if (typed.length > WRAPPED_MAX_LENGTH) {
    key = trimUnseen(typed)
    if (key !== typed) removed.add('unseen')
    if (key.length > WRAPPED_MAX_LENGTH) return { key, removed: [...removed] }
  }
  for (;;) {
    const next = oneLess(key)
    if (next === null) return { key, removed: [...removed] }
    removed.add(next.wrapping)
    key = next.key
  }
}

function oneLess(key: string): { readonly key: string; readonly wrapping: Wrapping } | null {
  const trimmed = trimUnseen(key)
  if (trimmed !== key) return { key: trimmed, wrapping: 'unseen' }
  const formula = FORMULA.exec(key)?.[1]
  if (formula !== undefined) return { key: formula, wrapping: 'formula' }
  // A label has quotes of its own, which are not those around the key.
  const label = LABEL.exec(key)?.[0] ?? ''
  if (label !== '' && label.length < key.length) return { key: key.slice(label.length), wrapping: 'label' }
  // Nothing that is left of a single letter could be a key.
  if (key.length < 3) return null
  if (QUOTES[key.charAt(0)] === key.at(-1)) return { key: key.slice(1, -1), wrapping: 'quotes' }
  return DELIMITER.test(key) ? { key: key.slice(0, -1), wrapping: 'delimiter' } : null
}

/** Null for what may be a key. */
export function damageOf(key: string): KeyDamage | null {
  if (/^\d+(?:[.,]\d+)?E[+-]?\d+$/iu.test(key)) return 'number'
  if (/^#+$/u.test(key)) return 'too-narrow'
  if (/^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!)$/iu.test(key)) return 'error-value'
  return /…|\.{3}/u.test(key) ? 'shortened' : null
}

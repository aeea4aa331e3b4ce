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

/** Each language, and each word processor, has its own pair, and a table may have begun with one and ended with another. */
const QUOTES = ['"“”„‟«»＂', "'‘’‚‛‹›`´＇", '「」『』'] as const

/** So that a spreadsheet takes a cell for text: `="0123"`. */
const FORMULA = /^=(["“„”].*["“”])$/su
const DELIMITER = /[,;]$/u
const QUOTE = `["'“”„‘’\`]?`
const KEY_WORDS = [
  String.raw`(?:(?:x|partner|company)[-_]?)?api[-_ ]?key`,
  'api[- ]?(?:schlüssel|ключ)',
  String.raw`cl[eé]\s(?:d[’']\s?)?api`,
  String.raw`clave\s(?:de\s)?api`,
  String.raw`chiave\sapi`,
  String.raw`klucz\sapi`,
  String.raw`ключ\sapi`,
].join('|')
/**
 * A field's, a header's or a variable's name before the key. `key:` alone is none: a key may begin so.
 */
const LABEL = new RegExp(
  [
    String.raw`^${QUOTE}(?:${KEY_WORDS})${QUOTE}\s*[:=：]\s*`,
    String.raw`^(?:export\s+|set\s+|\$env:)?(?:[a-z][a-z0-9]{0,40}_){0,6}api_?key\s*=\s*`,
    String.raw`^(?:authorization\s*[:：]\s*)?bearer\s+`,
  ].join('|'),
  'iu',
)
/** The whole body of a login, as API clients have it. */
const JSON_OBJECT = /^\{(\s*["'“][^"'“”{},]*["'”]\s*:.*)\}$/su

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
  const inner = JSON_OBJECT.exec(key)?.[1]?.trim()
  if (inner !== undefined && LABEL.test(inner)) return { key: inner, wrapping: 'label' }
  // A label has quotes of its own, which are not those around the key.
  const label = LABEL.exec(key)?.[0] ?? ''
  if (label !== '' && label.length < key.length) return { key: key.slice(label.length), wrapping: 'label' }
  // Nothing that is left of a single letter could be a key.
  if (key.length < 3) return null
  if (isQuoted(key)) return { key: key.slice(1, -1), wrapping: 'quotes' }
  return DELIMITER.test(key) ? { key: key.slice(0, -1), wrapping: 'delimiter' } : null
}

function isQuoted(key: string): boolean {
  return QUOTES.some((marks) => marks.includes(key.charAt(0)) && marks.includes(key.slice(-1)))
}

/** A key in hexadecimal digits may look like a number with an exponent, but for the sign or the length of that. */
const NUMBER = /^(?:\d+(?:[.,]\d+)?E[+-]\d+|\d(?:[.,]\d+)?E\d{1,3})$/iu

/** Of spreadsheet programs in any language: `#N/A` is `#NV` in German; the others end in `!` or `?`. */
const ERROR_VALUE = /^(?:#(?:[NН]\/[ADД]|NV|GETTING_DATA|[\p{L}\d/_.]{2,20}[!?])|Err:\d{3})$/iu

/** As lists show them: `pk_live_…Q2f2`, `pk_live_...`, `••••Q2f2`, `********`. */
const SHORTENED = /…|\.{3}|[•●∙·*]{3}/u

/** Null for what may be a key. */
export function damageOf(key: string): KeyDamage | null {
  if (NUMBER.test(key)) return 'number'
  if (/^#+$/u.test(key)) return 'too-narrow'
  if (ERROR_VALUE.test(key)) return 'error-value'
  return SHORTENED.test(key) ? 'shortened' : null
}

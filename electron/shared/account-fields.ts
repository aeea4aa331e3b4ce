/** Rules for the names, tags, notes and API keys that people type. */
import type { Checked } from './checked'
import type { EnvironmentId } from './environment'
import { firstUnseen, type UnseenCharacter } from './unseen'

export const NAME_MAX_LENGTH = 200
export const API_KEY_MAX_LENGTH = 4096

export const TAG_MAX_LENGTH = 40
export const TAGS_AT_MOST = 20
export const NOTE_MAX_LENGTH = 2000

export type NameProblem = 'empty' | 'too-long' | 'control-character'
export type TagProblem = NameProblem | 'too-many'
export type NoteProblem = 'too-long'
export type ApiKeyProblem = 'empty' | 'too-long' | 'inner-whitespace' | 'invisible-character'

export interface ApiKeyRefusal {
  readonly field: 'apiKey'
  readonly reason: ApiKeyProblem
  /** Set for the reason `unseen` only: the first invisible character. */
  readonly unseen?: UnseenCharacter | undefined
}

// C0 and C1 controls, and the marks that reorder the text around them (a name could pose as another one).
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u

/** White space and characters without width: text copied from web pages and documents often has them at its ends. */
const SEEN = /[^\s\p{Cf}]/u

/** Some letters are invisible, too: Hangul's fillers, which are ignorable, and Braille's blank pattern. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u

/**
 * Names of accounts and environments. Invisible characters are trimmed from the ends only: inside a name they can be
 * the joiners of emoji, Persian and the scripts of India.
 */
export function checkName(typed: string): Checked<string, NameProblem> {
  const value = trimUnseen(typed)
  if (!VISIBLE.test(value)) return { ok: false, reason: 'empty' }
  if (CONTROL_CHARACTER.test(value)) return { ok: false, reason: 'control-character' }
  if (Array.from(value).length > NAME_MAX_LENGTH) return { ok: false, reason: 'too-long' }
  return { ok: true, value }
}

/** Drops empty tags; of those that read the same, the first is kept. */
export function checkTags(typed: readonly string[]): Checked<readonly string[], TagProblem> {
  const tags = new Map<string, string>()
  for (const each of typed) {
    if (!VISIBLE.test(each)) continue
    const tag = checkName(each)
    if (!tag.ok) return tag
    if (Array.from(tag.value).length > TAG_MAX_LENGTH) return { ok: false, reason: 'too-long' }
    if (!tags.has(nameKey(tag.value))) tags.set(nameKey(tag.value), tag.value)
  }
  return tags.size > TAGS_AT_MOST
    ? { ok: false, reason: 'too-many' }
    : { ok: true, value: [...tags.values()] }
}

export function checkNote(typed: string): Checked<string, NoteProblem> {
  const value = typed.trim()
  return Array.from(value).length > NOTE_MAX_LENGTH ? { ok: false, reason: 'too-long' } : { ok: true, value }
}

export function sameName(a: string, b: string): boolean {
  return nameKey(a) === nameKey(b)
}

export function nameKey(name: string): string {
  const seen = name.replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
  return seen.trim().normalize('NFC').toLocaleLowerCase('en')
}

/** The same for names that people would read as the same, within one environment. */
export function accountNameKey(environmentId: EnvironmentId, name: string): string {
  return `${environmentId} ${nameKey(name)}`
}

/**
 * Pasted keys often have line breaks at their ends, which are trimmed. One inside means a wrong paste. `ends`: whether
 * an invisible character at an end is refused instead of trimmed.
 */
export function checkApiKey(
  typed: string,
  ends: 'trimmed' | 'refused' = 'trimmed',
): Checked<string, ApiKeyRefusal> {
  const refused = (reason: ApiKeyProblem, unseen?: UnseenCharacter): Checked<string, ApiKeyRefusal> => ({
    ok: false,
    reason: unseen === undefined ? { field: 'apiKey', reason } : { field: 'apiKey', reason, unseen },
  })
  const value = trimUnseen(typed)
  if (value === '') return refused('empty')
  if (value.length > API_KEY_MAX_LENGTH) return refused('too-long')
  const start = typed.indexOf(value)
  const unseen =
    ends === 'refused' ? firstUnseen(typed) : firstUnseen(typed.slice(0, start + value.length), start)
  if (unseen !== null) return refused('invisible-character', unseen)
  if (/\s/u.test(value)) return refused('inner-whitespace')
  return { ok: true, value }
}

export function trimUnseen(typed: string): string {
  const start = typed.search(SEEN)
  if (start < 0) return ''
  let end = typed.length
  // A regular expression for the end would start again at each of a thousand spaces in between.
  for (;;) {
    const width = (typed.codePointAt(end - 2) ?? 0) > 0xffff ? 2 : 1
    if (SEEN.test(typed.slice(end - width, end))) return typed.slice(start, end)
    end -= width
  }
}

/** The end of a key, to tell keys apart. Short keys get no hint: four of eight characters would reveal half. */
export function apiKeyHint(apiKey: string): string | null {
  return apiKey.length >= 16 ? `…${apiKey.slice(-4)}` : null
}

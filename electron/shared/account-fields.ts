/** Rules for the names, tags and notes that people type: one check for adding, editing, importing and restoring. */
import type { Checked } from './checked'
import type { EnvironmentId } from './environment'
import { trimUnseen } from './unseen'

export const NAME_MAX_LENGTH = 200

export const TAG_MAX_LENGTH = 40
export const TAGS_AT_MOST = 20
export const NOTE_MAX_LENGTH = 2000

export type NameProblem = 'empty' | 'too-long' | 'control-character'
export type TagProblem = NameProblem | 'too-many'
export type NoteProblem = 'too-long'

// C0 and C1 controls, and the marks that reorder the text around them (a name could pose as another one).
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u

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

export interface TypedProfile {
  readonly name: string
  readonly tags: readonly string[]
  readonly note: string
}

/** Absent fields are unchanged. */
type Given<Fields> = { readonly [Field in keyof Fields]?: Fields[Field] | undefined }

export type ProfileProblem =
  | { readonly field: 'name'; readonly reason: NameProblem }
  | { readonly field: 'tags'; readonly reason: TagProblem }
  | { readonly field: 'note'; readonly reason: NoteProblem }

/** What people type about an account but its key: each problem of what is given. */
export function checkProfile(typed: TypedProfile): Checked<TypedProfile, readonly ProfileProblem[]>
export function checkProfile(
  typed: Given<TypedProfile>,
): Checked<Given<TypedProfile>, readonly ProfileProblem[]>
export function checkProfile(
  typed: Given<TypedProfile>,
): Checked<Given<TypedProfile>, readonly ProfileProblem[]> {
  const value: { -readonly [Field in keyof TypedProfile]?: TypedProfile[Field] } = {}
  const problems: ProfileProblem[] = []
  if (typed.name !== undefined) {
    const name = checkName(typed.name)
    if (name.ok) value.name = name.value
    else problems.push({ field: 'name', reason: name.reason })
  }
  if (typed.tags !== undefined) {
    const tags = checkTags(typed.tags)
    if (tags.ok) value.tags = tags.value
    else problems.push({ field: 'tags', reason: tags.reason })
  }
  if (typed.note !== undefined) {
    const note = checkNote(typed.note)
    if (note.ok) value.note = note.value
    else problems.push({ field: 'note', reason: note.reason })
  }
  return problems.length === 0 ? { ok: true, value } : { ok: false, reason: problems }
}

export function sameName(a: string, b: string): boolean {
  return nameKey(a) === nameKey(b)
}

export function nameKey(name: string): string {
  const seen = name.replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
  // Spaces of any width read the same: a table's no-break space is one of them.
  return seen
    .replaceAll(/\p{Zs}/gu, ' ')
    .trim()
    .normalize('NFC')
    .toLocaleLowerCase('en')
}

/** The same for names that people would read as the same, within one environment. */
export function accountNameKey(environmentId: EnvironmentId, name: string): string {
  return `${environmentId} ${nameKey(name)}`
}

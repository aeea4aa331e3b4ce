/** What can be read from a sealed text without decrypting it: `<tag>:<base64>`, where the tag names what sealed it. */
import type { Sealed } from '../base/ports'

/** Sealed by a well-known key, which protects nothing; Electron's name for having no keyring on Linux. */
export const UNPROTECTED_TAG = 'basic_text'

/** Keyrings of one family keep the same key: a desktop's update renames them, or a provider serves both names. */
const FAMILIES = [
  ['kwallet', 'kwallet5', 'kwallet6'],
  ['gnome_libsecret', 'gnome_keyring', 'gnome_any'],
] as const

export function tagOf(sealed: Sealed): string {
  return sealed.slice(0, Math.max(sealed.indexOf(':'), 0))
}

/** Anyone who can read the text can decrypt it. */
export function isUnprotected(sealed: Sealed): boolean {
  return sealed.startsWith(`${UNPROTECTED_TAG}:`)
}

/** Whether a file may contain such a text; the file may be damaged. */
export function mayHoldUnprotected(text: string): boolean {
  return text.includes(`${UNPROTECTED_TAG}:`)
}

/** Whether a text with this tag may have been sealed by the keyring that is called `backend` now. */
export function isRelated(tag: string, backend: string): boolean {
  return (
    tag !== backend &&
    FAMILIES.some((family: readonly string[]) => family.includes(tag) && family.includes(backend))
  )
}

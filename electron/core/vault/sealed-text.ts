/** What a sealed text says of itself before anybody opens it: `<tag>:<base64>`, the tag being what sealed it. */
import type { Sealed } from '../base/ports'

/** Sealed by a key that is in everybody's hands; Electron's name for having no keyring on Linux. */
export const UNPROTECTED_TAG = 'basic_text'

/** Keyrings of one family keep the same key: a desktop's update renames them, or a provider serves both names. */
const FAMILIES = [
  ['kwallet', 'kwallet5', 'kwallet6'],
  ['gnome_libsecret', 'gnome_keyring', 'gnome_any'],
] as const

export function tagOf(sealed: Sealed): string {
  return sealed.slice(0, Math.max(sealed.indexOf(':'), 0))
}

/** Whoever can read the text can open it. */
export function isUnprotected(sealed: Sealed): boolean {
  return sealed.startsWith(`${UNPROTECTED_TAG}:`)
}

/** Whether a file's text may hold such a text, also where it is damaged. */
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

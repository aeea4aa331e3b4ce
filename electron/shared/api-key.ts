/** The one rule for API keys that people type, paste or import. */
import type { Checked } from './checked'
import { damageOf, unwrapKey, type KeyDamage } from './pasted-key'
import { firstUnseen, type UnseenCharacter } from './unseen'

export const API_KEY_MAX_LENGTH = 4096

export type ApiKeyProblem = 'empty' | 'too-long' | 'inner-whitespace' | 'invisible-character' | KeyDamage

export interface ApiKeyRefusal {
  readonly field: 'apiKey'
  readonly reason: ApiKeyProblem
  /** Set for the reason `invisible-character` only: the first one. */
  readonly unseen?: UnseenCharacter | undefined
}

/**
 * Without what surrounds it (`unwrapKey`). Something invisible or white inside means a wrong paste, and what a
 * spreadsheet has changed is no key any more.
 */
export function checkApiKey(typed: string): Checked<string, ApiKeyRefusal> {
  const refused = (reason: ApiKeyProblem, unseen?: UnseenCharacter): Checked<string, ApiKeyRefusal> => ({
    ok: false,
    reason: unseen === undefined ? { field: 'apiKey', reason } : { field: 'apiKey', reason, unseen },
  })
  const value = unwrapKey(typed).key
  if (value === '') return refused('empty')
  if (value.length > API_KEY_MAX_LENGTH) return refused('too-long')
  const start = typed.indexOf(value)
  const unseen = firstUnseen(typed.slice(0, start + value.length), start)
  if (unseen !== null) return refused('invisible-character', unseen)
  const damage = damageOf(value)
  if (damage !== null) return refused(damage)
  return /\s/u.test(value) ? refused('inner-whitespace') : { ok: true, value }
}

/** The end of a key, to tell keys apart. Short keys get no hint: four of eight characters would reveal half. */
export function apiKeyHint(apiKey: string): string | null {
  return apiKey.length >= 16 ? `…${apiKey.slice(-4)}` : null
}

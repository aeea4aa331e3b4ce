import type { Checked } from './checked'
import { PASSPHRASE_MAX_LENGTH, PASSPHRASE_MIN_LENGTH, type PassphraseProblem } from './transfer'

/** A new passphrase, for the lock or a backup. Nothing is trimmed: spaces count like any character. */
export function checkPassphrase(typed: string): Checked<string, PassphraseProblem> {
  if (typed.trim() === '') return { ok: false, reason: 'empty' }
  const length = Array.from(typed).length
  if (length < PASSPHRASE_MIN_LENGTH) return { ok: false, reason: 'too-short' }
  if (length > PASSPHRASE_MAX_LENGTH) return { ok: false, reason: 'too-long' }
  return { ok: true, value: typed }
}

/** From worst to best. */
export const STRENGTHS = ['too-short', 'weak', 'fair', 'strong'] as const
export type PassphraseStrength = (typeof STRENGTHS)[number]

const STRONG_FROM = 18

/**
 * A rough estimate without a dictionary. A character that repeats or neighbors the one before it (`abc`, `321`) doesn't
 * count, and a small alphabet counts less.
 */
export function strengthOf(typed: string): PassphraseStrength {
  const characters = Array.from(typed)
  if (characters.length < PASSPHRASE_MIN_LENGTH) return 'too-short'
  let telling = 0
  let before = Number.NaN
  for (const character of characters) {
    const code = character.codePointAt(0) ?? 0
    if (!(Math.abs(code - before) <= 1)) telling += 1
    before = code
  }
  const counted = Math.min(telling, 2 * new Set(characters).size)
  if (counted < PASSPHRASE_MIN_LENGTH - 1) return 'weak'
  return counted < STRONG_FROM ? 'fair' : 'strong'
}

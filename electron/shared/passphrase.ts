import type { Checked } from './checked'
import { PASSPHRASE_MAX_LENGTH, PASSPHRASE_MIN_LENGTH, type PassphraseProblem } from './transfer'

/** A new passphrase, of the lock or of a backup. Nothing is trimmed: spaces are characters like others. */
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
 * How hard it is to guess, roughly and without a dictionary: by the characters that tell something. One that repeats
 * the one before it, or is its neighbour (`abc`, `321`), tells nothing, and few different ones soon repeat themselves.
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

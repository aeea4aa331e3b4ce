import type { Checked } from './account'
import { PASSPHRASE_MAX_LENGTH, PASSPHRASE_MIN_LENGTH, type PassphraseProblem } from './transfer'

/** A passphrase to seal a new backup with. Nothing is trimmed: spaces are characters like others. */
export function checkPassphrase(typed: string): Checked<string, PassphraseProblem> {
  if (typed.trim() === '') return { ok: false, reason: 'empty' }
  const length = Array.from(typed).length
  if (length < PASSPHRASE_MIN_LENGTH) return { ok: false, reason: 'too-short' }
  if (length > PASSPHRASE_MAX_LENGTH) return { ok: false, reason: 'too-long' }
  return { ok: true, value: typed }
}

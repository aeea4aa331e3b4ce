/** What calls about the lock answer. */
import type { Result } from '../../shared/ipc/contract'
import { badField, done } from '../base/results'
import type { ChangeOutcome } from './lock-service'

/** How an attempt at the lock ended. */
export function tried(outcome: ChangeOutcome): Result<undefined> {
  switch (outcome.kind) {
    case 'right':
      return done(undefined)
    case 'wrong':
    case 'too-early': {
      const tooEarly = outcome.kind === 'too-early'
      return { ok: false, error: { code: 'wrong-passphrase', tooEarly, waitMs: outcome.waitMs } }
    }
    case 'locked-again':
      return { ok: false, error: { code: 'locked' } }
    case 'unusable':
      return { ok: false, error: { code: 'lock-unusable' } }
    case 'unfit':
      return badField('passphrase', outcome.reason)
  }
}

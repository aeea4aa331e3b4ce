/** How use cases answer: short forms for `Result`, and errors of the parts below turned into answers. */
import type { CopyProblem } from '../../shared/copy-format'
import type { CallError, FieldProblem, NotFound, Result } from '../../shared/ipc/contract'
import type { LockedReason, Problem, Unsaved } from '../../shared/problem'
import { CancelledError } from './cancelling'
import { StorageUnwritableError, AccountGoneError, ClipboardRefusedError } from './errors'

interface Refusal {
  readonly ok: false
  readonly error: CallError
}

export function done<Value>(value: Value): Result<Value> {
  return { ok: true, value }
}

/** Runs something that has no value to answer with. */
export function okVoid(act: () => void): Result<undefined> {
  act()
  return done(undefined)
}

export function badFields(fields: readonly FieldProblem[]): Refusal {
  return { ok: false, error: { code: 'bad-fields', fields } }
}

export function badField(field: FieldProblem['field'], reason: string): Refusal {
  return badFields([{ field, reason }])
}

export function failed(problem: Problem): Refusal {
  return { ok: false, error: { code: 'problem', problem } }
}

export function cannotCopy(reason: CopyProblem): Refusal {
  return { ok: false, error: { code: 'cannot-copy', reason } }
}

export function nothingOpens(reason: LockedReason): Refusal {
  return { ok: false, error: { code: 'nothing-opens', reason } }
}

export const superseded: Refusal = { ok: false, error: { code: 'superseded' } }

export const inUse: Refusal = { ok: false, error: { code: 'in-use' } }

export const environmentBusy: Refusal = { ok: false, error: { code: 'environment-busy' } }

export function notFound(what: NotFound): Refusal {
  return { ok: false, error: { code: 'not-found', what } }
}

/**
 * Runs a use case; a disk or a clipboard that refuses and an account removed meanwhile become answers, defects stay
 * errors. `what` is being saved.
 */
export async function toResult<Value>(
  what: Unsaved,
  run: () => Result<Value> | Promise<Result<Value>>,
): Promise<Result<Value>> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof AccountGoneError) return notFound('account')
    if (error instanceof ClipboardRefusedError) return { ok: false, error: { code: 'clipboard-refused' } }
    if (error instanceof CancelledError) return { ok: false, error: { code: 'cancelled' } }
    if (error instanceof StorageUnwritableError) {
      return failed({ code: 'storage-unwritable', what, afterAnswer: false, detail: error.message })
    }
    throw error
  }
}

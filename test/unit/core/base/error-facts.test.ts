import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { errorFacts } from '../../../../electron/core/base/error-facts'
import { StorageUnwritableError } from '../../../../electron/core/base/errors'

const CANARY = 'canary-secret'
const full = Object.assign(new Error(`ENOSPC: ${CANARY}`), { code: 'ENOSPC' })
const shapeless = z.string().safeParse(1).error
const named = Object.assign(new Error('x'), { name: `${CANARY} failed`, code: `E ${CANARY}` })

describe('of an error a log knows', () => {
  it.each<[string, unknown, object]>([
    ['its kind', new TypeError(CANARY), { error: 'TypeError', code: null }],
    ['that a schema refused it', shapeless, { error: '$ZodError', code: null }],
    ['the system’s code', full, { error: 'Error', code: 'ENOSPC' }],
    [
      'the code of what caused it',
      new StorageUnwritableError('x', { cause: full }),
      { error: 'StorageUnwritableError', code: 'ENOSPC' },
    ],
    ['no name or code that says more', named, { error: 'Error', code: null }],
    ['nothing of what is no error', CANARY, { error: 'string', code: null }],
  ])('%s', (_what, error, facts) => {
    expect(errorFacts(error)).toEqual(facts)
  })
})

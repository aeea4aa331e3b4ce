/**
 * The rotation journal against a simple oracle: whatever happens in whatever order, no usable login is lost, no token
 * is sent that a stored one has replaced, and no JWT is handed out before the token that came with it is stored.
 */
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { howMuch } from '../../../support/length'
import { Run, step } from '../../../support/rotation-run'

const SEQUENCES = howMuch(2_000, 50_000)

describe('the rotation journal', () => {
  it.each([
    ['with a remembered API key', true],
    ['without', false],
  ])(
    `loses nothing in ${String(SEQUENCES / 2)} random sequences (%s)`,
    async (_, remembers) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
          const run = await Run.of(remembers)
          for (const each of steps) await run.do(each)
          await run.judge()
        }),
        { numRuns: SEQUENCES / 2 },
      )
    },
    1_800_000,
  )
})

/** `npm run test:long` runs more of what `npm test` runs in short, with other seeds each time. */
import process from 'node:process'

const IS_LONG = process.env['TEST_LENGTH'] === 'long'

/** The first number applies to `npm test`, the second to a long run. */
export function howMuch(short: number, long: number): number {
  return IS_LONG ? long : short
}

/** For fast-check: the same inputs each time in short, fifty times as many and other ones in a long run. */
export function inputs(numRuns: number, seed = numRuns): { numRuns: number; seed?: number } {
  return IS_LONG ? { numRuns: numRuns * 50 } : { numRuns, seed }
}

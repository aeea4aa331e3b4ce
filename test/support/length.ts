/** `npm run test:long` does more of what `npm test` does in short, and by other seeds each time. */
import process from 'node:process'

const IS_LONG = process.env['TEST_LENGTH'] === 'long'

/** How much of it: the first number in each `npm test`, the second in a long run. */
export function howMuch(short: number, long: number): number {
  return IS_LONG ? long : short
}

/** For fast-check: in short always the same inputs, in a long run fifty times as many and others each time. */
export function inputs(numRuns: number, seed = numRuns): { numRuns: number; seed?: number } {
  return IS_LONG ? { numRuns: numRuns * 50 } : { numRuns, seed }
}

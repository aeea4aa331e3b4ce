/** Work that is too long for one go is done in slices, so that the event loop runs in between. */

/** Lets the event loop run. */
export type Pause = () => Promise<void>

/** Yields how much it has done since the last time, about one unit for each character looked at. */
export type Work<Outcome> = Generator<number, Outcome, undefined>

/** A slice of this many units takes about a millisecond: ten times as much still goes unnoticed. */
export const UNITS_PER_SLICE = 16 * 1024

/** What handling one row or value costs besides its characters, in units. */
export const UNITS_PER_ROW = 200

export async function inSlices<Outcome>(work: Work<Outcome>, pause: Pause): Promise<Outcome> {
  let done = 0
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    done += step.value
    if (done < UNITS_PER_SLICE) continue
    await pause()
    done = 0
  }
}

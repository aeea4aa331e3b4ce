/**
 * Disks that are nearly full or fail: each action with records of each size, for each number of free pages and for each
 * fault at each of the calls that can fail, in a file system in memory below the writer.
 */
import type { Random } from '../support/random'
import { DEEDS, originalFor, type Action, type Original } from './fault-cases'
import { tryWithFault, whenDone, type FaultOutcome, type FaultTrial } from './fault-trial'
import { callsOf, FailingMachine, NearlyFullMachine, type Sabotage } from './machines'
import { RECORD_BYTES } from './operations'
import { ERRORS, SHORT_WRITES, type Fault } from './posix/faulty-disk'

export const MOST_FREE_PAGES = 8

export interface FailingDiskOptions {
  readonly random: Random
  /** Which part of all cases is tried: 1 is all of them. */
  readonly share: number
  readonly tell: (line: string) => void
  /** Puts something between the app and the disk that fails. */
  readonly sabotage?: Sabotage
  readonly actions?: readonly Action[]
  /** False: only disks that are nearly full. */
  readonly faults?: boolean
}

export interface FailingDiskResult extends Readonly<Tally> {
  /** Cases of a disk with 0 to 8 free pages. */
  readonly spaces: number
  /** Cases of a fault at one of the calls, once or from then on. */
  readonly faults: number
}

export interface Tally {
  /** The app said that it was done… */
  saidDone: number
  /** …or that it was not. */
  refused: number
  lost: number
  saidDoneButWasNot: number
  exposed: number
  readonly broken: string[]
}

export function emptyTally(): Tally {
  return { saidDone: 0, refused: 0, lost: 0, saidDoneButWasNot: 0, exposed: 0, broken: [] }
}

export async function tortureByFailingDisk(options: FailingDiskOptions): Promise<FailingDiskResult> {
  const { actions = DEEDS, tell } = options
  const tally = { spaces: 0, faults: 0, ...emptyTally() }
  for (const action of actions) {
    for (const recordBytes of RECORD_BYTES) {
      const original = await originalFor(action, recordBytes)
      await allSpaces(original, options, tally)
      if (options.faults !== false) await allFaults(original, options, tally)
    }
    tell(`disk that fails, ${action}: lost ${String(tally.lost)}, untrue ${String(tally.saidDoneButWasNot)}`)
  }
  return tally
}

async function allSpaces(
  original: Original,
  options: FailingDiskOptions,
  tally: Tally & { spaces: number },
): Promise<void> {
  const { random, share, sabotage } = options
  const done = await whenDone(original)
  for (let pages = 0; pages <= MOST_FREE_PAGES; pages += 1) {
    if (random.next() >= share) continue
    tally.spaces += 1
    const machine: FaultTrial['machine'] = (tree) => new NearlyFullMachine(tree, pages, sabotage)
    await count(tally, `${nameOf(original)}, ${String(pages)} pages free`, {
      original,
      machine,
      whenDone: done,
      random,
    })
  }
}

async function allFaults(
  original: Original,
  options: FailingDiskOptions,
  tally: Tally & { faults: number },
): Promise<void> {
  const { random, share, sabotage } = options
  const done = await whenDone(original)
  for (const fault of await faultsOf(original)) {
    if (random.next() >= share) continue
    tally.faults += 1
    const { kind, at, goesOn } = fault
    const machine: FaultTrial['machine'] = (tree) => new FailingMachine(tree, fault, sabotage)
    await count(tally, `${nameOf(original)}, ${kind} at call ${String(at)}${goesOn ? ' and on' : ''}`, {
      original,
      machine,
      whenDone: done,
      random,
    })
  }
}

/** Every fault at every call that can fail while the action is done, once and from then on. */
async function faultsOf(original: Original): Promise<readonly Fault[]> {
  return (await callsOf(original)).flatMap((call, at) =>
    [...ERRORS, ...(call === 'write' ? SHORT_WRITES : [])].flatMap((kind) =>
      [false, true].map((goesOn) => ({ kind, at, goesOn })),
    ),
  )
}

export async function count(tally: Tally, name: string, trial: FaultTrial): Promise<void> {
  const outcome = await tryWithFault(trial).catch((error: unknown): FaultOutcome => {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { saidDone: false, lost: [`could not be tried: ${what}`], saidDoneButWasNot: [], exposed: [] }
  })
  tally[outcome.saidDone ? 'saidDone' : 'refused'] += 1
  for (const kind of ['lost', 'saidDoneButWasNot', 'exposed'] as const) {
    tally[kind] += outcome[kind].length
    tally.broken.push(...outcome[kind].map((what) => `${name}: ${kind}, ${what}`))
  }
}

export function nameOf({ action, recordBytes }: Original): string {
  return `${action}, ${String(recordBytes / 1024)} KiB`
}

/** Runs parts one after the other: they share a display, a keyring, a clipboard and two processors. */
import { dirname } from 'node:path'
import process from 'node:process'
import { tortureByDamage } from './damage'
import { tortureByDisk } from './disk'
import { tortureByFaults } from './faults'
import { tortureByHerd } from './herd'
import { tortureByKills } from './kill'
import type { Part, PartOptions, Scale } from './options'
import type { Finished, PartResult } from './report'

/** How many of the possible states after each call that changes the disk are checked. */
const STATES_PER_MOMENT = 16

export interface TortureRun extends PartOptions {
  readonly parts: readonly Part[]
  readonly scale: Scale
}

/** A part that can't be carried out counts as a broken promise: nothing is known then. */
export async function torture(run: TortureRun): Promise<readonly Finished[]> {
  const all: Finished[] = []
  for (const part of run.parts) {
    run.tell(`── ${part}`)
    const startedAt = performance.now()
    const result = await partOf(part, { ...run, random: run.random.fork(part) }, run.scale).catch(
      (error: unknown): PartResult => ({ broken: [`could not be carried out: ${described(error)}`] }),
    )
    all.push({ part, durationMs: performance.now() - startedAt, result })
  }
  return all
}

function partOf(part: Part, options: PartOptions, scale: Scale): Promise<PartResult> {
  switch (part) {
    case 'kill':
      return tortureByKills({ ...options, ...scale })
    case 'faults':
      return tortureByFaults({ ...options, ...scale })
    case 'damage':
      return tortureByDamage({ ...options, ...scale })
    case 'herd':
      return tortureByHerd({ ...options, ...scale })
    case 'disk':
      return tortureByDisk(options)
    case 'resilience':
      return withAdapters(async () => {
        const { tortureByResilience } = await import('../resilience')
        return await tortureByResilience({ ...options, ...scale })
      })
    case 'power':
      return withAdapters(async () => {
        const { tortureByPowerLoss } = await import('../power')
        return await tortureByPowerLoss({ ...options, ...scale, statesPerMoment: STATES_PER_MOMENT })
      })
  }
}

/**
 * For parts that have the app's adapters in this process. electron-store imports Electron, of which it needs nothing
 * here; outside of one that package only says where its executable is, and this keeps it from fetching it.
 */
async function withAdapters<Result>(run: () => Promise<Result>): Promise<Result> {
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??= dirname(process.env['ELECTRON_EXEC_PATH'] ?? '')
  return await run()
}

function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}

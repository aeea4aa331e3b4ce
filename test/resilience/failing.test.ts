/** Disks that are nearly full or fail, in short; `npm run torture -- --only resilience` tries every case. */
import { describe, expect, it, vi } from 'vitest'
import { createRandom } from '../support/random'
import { tortureByFailingDisk, type FailingDiskOptions, type FailingDiskResult } from './failing'
import { doIt, originalFor, startCase } from './fault-cases'
import { tryWithFault, whenDone } from './fault-trial'
import { callsOf, FailingMachine, MemoryMachine, NearlyFullMachine } from './machines'
import { withoutProof } from './sabotage'

// electron-store wants Electron's `app`, of which it uses paths only.
vi.mock('electron', () => ({ default: {} }))

const SEED = 3

async function failingDisk(more: Partial<FailingDiskOptions> = {}): Promise<FailingDiskResult> {
  const options = { random: createRandom(SEED), share: 0.05, tell: () => undefined, ...more }
  return await tortureByFailingDisk(options)
}

describe('a disk that is nearly full or fails', () => {
  it('loses nothing, and what the app said is so after a restart', async () => {
    const { broken, lost, saidDoneButWasNot, exposed, spaces, faults } = await failingDisk()
    expect(broken).toEqual([])
    expect({ lost, saidDoneButWasNot, exposed }).toEqual({ lost: 0, saidDoneButWasNot: 0, exposed: 0 })
    expect(Math.min(spaces, faults)).toBeGreaterThan(10)
  })

  it('is noticed where the writer counts nothing and proves nothing, as before November 2026', async () => {
    const { lost, saidDoneButWasNot } = await failingDisk({
      share: 1,
      sabotage: withoutProof,
      actions: ['add', 'edit'],
      faults: false,
    })
    expect(lost).toBeGreaterThan(0)
    expect(saidDoneButWasNot).toBeGreaterThan(0)
  })

  it.each([1, 2, 3])('cuts no record short with %i free pages, and says that it is full', async (pages) => {
    const original = await originalFor('renew', 16 * 1024)
    const outcome = await tryWithFault({
      original,
      machine: (tree) => new NearlyFullMachine(tree, pages),
      whenDone: await whenDone(original),
      random: createRandom(SEED),
    })
    expect(outcome).toEqual({ saidDone: false, lost: [], saidDoneButWasNot: [], exposed: [] })
  })

  it('leaves no account that could not be added, where only the sync of the folder failed', async () => {
    const original = await originalFor('add', 4 * 1024)
    const at = (await callsOf(original)).lastIndexOf('sync folder')
    const machine = new FailingMachine(original.tree, { kind: 'EIO', at, goesOn: false })
    const world = await startCase(original, machine)
    const before = world.ids.length
    machine.fail()
    expect(await doIt(world, 'add')).toBe(false)
    const again = await startCase(original, new MemoryMachine(machine.tree()))
    expect(again.ids).toHaveLength(before)
  })
})

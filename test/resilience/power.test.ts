/** Loss of power in short; `npm run torture -- --only power` leads more lives and looks at ten times as many states. */
import { describe, expect, it, vi } from 'vitest'
import type { Disk } from '../../electron/main/files/disk'
import { createRandom } from '../support/random'
import { tortureByPowerLoss, type PowerLossOptions, type PowerLossResult } from './power'
import { SABOTAGE } from './sabotage'

// electron-store wants Electron's `app`, of which it uses paths only.
vi.mock('electron', () => ({ default: {} }))

const SEED = 3

async function powerLoss(more: Partial<PowerLossOptions> = {}): Promise<PowerLossResult> {
  return await tortureByPowerLoss({
    random: createRandom(SEED),
    states: 300,
    statesPerMoment: 10,
    tell: () => undefined,
    ...more,
  })
}

describe('a loss of power', () => {
  it('loses nothing that was said to be saved, in 300 states that POSIX may leave', async () => {
    const { broken, states, lost, undone, exposed } = await powerLoss()
    expect(broken).toEqual([])
    expect({ lost, undone, exposed }).toEqual({ lost: 0, undone: 0, exposed: 0 })
    expect(states).toBeGreaterThanOrEqual(300)
  })

  it.each(Object.entries<(disk: Disk) => Disk>(SABOTAGE))('is noticed where %s', async (_, sabotage) => {
    const { lost } = await powerLoss({ sabotage, states: 1, lives: ['everyday'] })
    expect(lost).toBeGreaterThan(0)
  })
})

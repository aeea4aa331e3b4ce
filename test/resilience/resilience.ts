/** The resilience run: disks that are nearly full or fail, in memory and, where they can be mounted, for real. */
import type { Random } from '../support/random'
import { tortureByFailingDisk, type FailingDiskResult } from './failing'
import { tortureOnMounted, type FileSystem, type MountedResult } from './mounted'

export interface ResilienceOptions {
  readonly random: Random
  /** Which part of all cases is tried, in percent: 100 is all of them. */
  readonly percent: number
  readonly tell: (line: string) => void
}

export interface ResilienceResult {
  /** Of all three. */
  readonly lost: number
  readonly saidDoneButWasNot: number
  readonly inMemory: Omit<FailingDiskResult, 'broken'>
  readonly tmpfs: Omit<MountedResult, 'broken'>
  readonly ext4: Omit<MountedResult, 'broken'>
  readonly broken: readonly string[]
}

export async function tortureByResilience({
  random,
  percent,
  tell,
}: ResilienceOptions): Promise<ResilienceResult> {
  const share = percent / 100
  const mounted = (system: FileSystem): Promise<MountedResult> =>
    tortureOnMounted(system, { random: random.fork(system), share, tell })
  const { broken: brokenInMemory, ...inMemory } = await tortureByFailingDisk({
    random: random.fork('memory'),
    share,
    tell,
  })
  const { broken: brokenOnTmpfs, ...tmpfs } = await mounted('tmpfs')
  const { broken: brokenOnExt4, ...ext4 } = await mounted('ext4')
  return {
    lost: inMemory.lost + tmpfs.lost + ext4.lost,
    saidDoneButWasNot: inMemory.saidDoneButWasNot + tmpfs.saidDoneButWasNot + ext4.saidDoneButWasNot,
    inMemory,
    tmpfs,
    ext4,
    broken: [...brokenInMemory, ...brokenOnTmpfs, ...brokenOnExt4],
  }
}

/** The same actions on real file systems that are filled until so many pages are free: a tmpfs and an ext4. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { nodeDisk, type Disk } from '../../electron/main/files/disk'
import type { Random } from '../support/random'
import { mountExt4, mountVolume, type Volume } from '../support/volume'
import { count, emptyTally, MOST_FREE_PAGES, nameOf, type Tally } from './failing'
import { DEEDS, originalFor, type Machine } from './fault-cases'
import { whenDone } from './fault-trial'
import type { Sabotage } from './machines'
import { RECORD_BYTES } from './operations'
import { PROFILE } from './places'
import { put } from './posix/files'
import { MemoryDisk } from './posix/memory-disk'
import { files, settled, type Tree } from './posix/tree'

export interface MountedOptions {
  readonly random: Random
  /** Which part of all cases is tried: 1 is all of them. */
  readonly share: number
  readonly tell: (line: string) => void
  readonly sabotage?: Sabotage
}

export interface MountedResult extends Readonly<Tally> {
  /** False where it can't be mounted: nothing was tried then. */
  readonly possible: boolean
  readonly cases: number
}

export type FileSystem = 'tmpfs' | 'ext4'

function mountedAt(folder: string, system: FileSystem): Volume | null {
  return system === 'tmpfs' ? mountVolume(folder, '4m') : mountExt4(folder, 16 * 1024 * 1024)
}

export async function tortureOnMounted(system: FileSystem, options: MountedOptions): Promise<MountedResult> {
  const { random, share, tell, sabotage = (disk: Disk): Disk => disk } = options
  const base = mkdtempSync(join(tmpdir(), 'tokendesk-resilience-'))
  const folder = join(base, 'volume')
  const volume = mountedAt(folder, system)
  const tally = { possible: volume !== null, cases: 0, ...emptyTally() }
  if (volume === null) {
    rmSync(base, { recursive: true, force: true })
    return tally
  }
  try {
    for (const action of DEEDS) {
      for (const recordBytes of RECORD_BYTES) {
        const original = await originalFor(action, recordBytes)
        const done = await whenDone(original)
        for (let pages = 0; pages <= MOST_FREE_PAGES; pages += 1) {
          if (random.next() >= share) continue
          tally.cases += 1
          const machine = (tree: Tree): Machine => new MountedMachine(tree, volume, folder, pages, sabotage)
          const name = `${system}, ${nameOf(original)}, ${String(pages)} pages free`
          await count(tally, name, { original, machine, whenDone: done, random })
        }
      }
      tell(`${system}, ${action}: lost ${String(tally.lost)}, untrue ${String(tally.saidDoneButWasNot)}`)
    }
  } finally {
    volume.unmount()
    rmSync(base, { recursive: true, force: true })
  }
  return tally
}

class MountedMachine implements Machine {
  readonly profile: string
  readonly disk: Disk

  constructor(
    tree: Tree,
    private readonly volume: Volume,
    folder: string,
    private readonly pages: number,
    sabotage: Sabotage,
  ) {
    this.profile = join(folder, 'profile')
    this.disk = sabotage(nodeDisk)
    volume.free()
    rmSync(this.profile, { recursive: true, force: true })
    mkdirSync(this.profile, { mode: 0o700 })
    for (const [path, { current }] of files(tree)) {
      const file = join(this.profile, path.slice(PROFILE.length))
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      writeFileSync(file, current, { mode: 0o600 })
    }
  }

  fail(): void {
    this.volume.fillTo(this.pages)
  }

  heal(): void {
    this.volume.free()
  }

  tree(): Tree {
    const memory = new MemoryDisk()
    copyInto(memory, this.profile, PROFILE)
    return settled(memory.snapshot())
  }

  /** This disk's power can't be cut. */
  afterPowerLoss(): readonly Tree[] {
    return []
  }
}

function copyInto(memory: MemoryDisk, from: string, to: string): void {
  memory.mkdir(to, 0o700)
  for (const name of readdirSync(from)) {
    if (statSync(join(from, name)).isDirectory()) copyInto(memory, join(from, name), `${to}/${name}`)
    else put(memory, `${to}/${name}`, readFileSync(join(from, name)))
  }
}

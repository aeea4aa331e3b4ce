/** What is done while the disk fails, on an app with accounts whose records have a size. */
import type { CipherStatus } from '../../electron/core/base/ports'
import { createRandom, type Random } from '../support/random'
import { Secret } from '../../electron/shared/secret'
import { FakeTime } from '../support/fakes/fake-time'
import { jwtBytesFor, keyFor, operate } from './operations'
import { KEYRING, NO_KEYRING, PROFILE } from './places'
import { MemoryDisk } from './posix/memory-disk'
import { settled, type Tree } from './posix/tree'
import { RotatingService } from './rotating-service'
import { Transcript } from './said'
import { World } from './world'
import type { Disk } from '../../electron/main/files/disk'

export const DEEDS = [
  'add',
  'renew',
  'copy',
  'note a copy',
  'edit',
  'settings',
  'unprotected choice',
  'back to memory only',
  'back up',
  'import',
  'set lock',
] as const
export type Action = (typeof DEEDS)[number]

/** What the app of a case runs on. */
export interface Machine {
  readonly disk: Disk
  readonly profile: string
  /** From now on the disk is nearly full, or fails… */
  fail(): void
  /** …and is well again. */
  heal(): void
  /** What is on the disk when the app was killed. */
  tree(): Tree
  /** What may be on it when the power went. */
  afterPowerLoss(random: Random): readonly Tree[]
}

/** An app that has been used and has ended; each case begins with a copy of it. */
export interface Original {
  readonly action: Action
  readonly recordBytes: number
  readonly keyring: CipherStatus
  readonly tree: Tree
  readonly service: RotatingService
}

const START = Date.parse('2026-06-01T12:00:00Z')
const HOUR_MS = 3_600_000

export async function originalFor(action: Action, recordBytes: number): Promise<Original> {
  const keyring = action === 'unprotected choice' || action === 'back to memory only' ? NO_KEYRING : KEYRING
  const time = new FakeTime(START)
  const service = new RotatingService(time)
  service.jwtBytes = jwtBytesFor(recordBytes)
  const memory = new MemoryDisk()
  const world = await startOn({ disk: memory, profile: PROFILE }, { keyring, time, service, firstId: 0 })
  if (action === 'back to memory only') await world.driven(world.office.storage.choose('accepted'))
  for (let nth = 1; nth <= 3; nth += 1) await operate(world, 'add', createRandom(nth), nth)
  // What is written over later.
  if (action === 'back up') await operate(world, 'back up', createRandom(1), 1)
  await world.driven(world.office.quit())
  return { action, recordBytes, keyring, tree: settled(memory.snapshot()), service }
}

/** The app anew, later: but for one action its JWTs have too little life left to be copied as they are. */
export async function startCase(
  original: Original,
  machine: Pick<Machine, 'disk' | 'profile'>,
): Promise<World> {
  const { service, keyring, recordBytes, action } = original
  const time = new FakeTime(START + (action === 'note a copy' ? 1 : 24) * HOUR_MS)
  const own = service.copy(time)
  own.jwtBytes = jwtBytesFor(recordBytes)
  const world = await startOn(machine, { keyring, time, service: own, firstId: 500 })
  if (action === 'unprotected choice') {
    // Sessions that live in memory until the choice is made.
    for (const id of world.ids) await enterAgain(world, id)
  }
  return world
}

/** Whether the app says that it was done. */
export async function doIt(world: World, action: Action): Promise<boolean> {
  const random = createRandom(7)
  try {
    if (action === 'unprotected choice')
      return (await world.driven(world.office.storage.choose('accepted'))).ok
    if (action === 'back to memory only') {
      const chosen = await world.driven(world.office.storage.choose('memory-only'))
      // But for those of which the app tells by name that they are still on the disk.
      if (chosen.ok) world.sayGone((token) => !world.isMisplaced(token))
      return chosen.ok
    }
    if (action !== 'note a copy') return await operate(world, action, random, 7)
    const isCopied = await operate(world, 'copy', random, 7)
    // As later, or before a sleep.
    world.office.useCases.usage.save()
    return isCopied
  } catch (error) {
    // The router makes an answer of it.
    if (error instanceof Error && error.name === 'StorageUnwritableError') return false
    throw error
  }
}

async function enterAgain(world: World, id: World['ids'][number]): Promise<void> {
  const nth = Number(/(\d+)/u.exec(world.office.summary(id).name)?.[1])
  await world.driven(world.office.accounts.enterApiKey(id, new Secret(keyFor(nth)), false))
}

interface Run {
  readonly keyring: CipherStatus
  readonly time: FakeTime
  readonly service: RotatingService
  readonly firstId: number
}

async function startOn({ disk, profile }: Pick<Machine, 'disk' | 'profile'>, run: Run): Promise<World> {
  let ids = run.firstId
  return await World.start({
    ...run,
    disk,
    profile,
    transcript: new Transcript(),
    newId: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
    chosen: { bytes: null },
  })
}

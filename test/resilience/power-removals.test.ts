/** What was said to be removed (a lock, an account's secrets) does not come back with the power. */
import { describe, expect, it, vi } from 'vitest'
import { createAccountFiles } from '../../electron/main/adapters/account-files'
import { createStateFile } from '../../electron/main/adapters/state-file'
import type { Disk } from '../../electron/main/files/disk'
import type { AccountId } from '../../electron/shared/account'
import { createRandom } from '../support/random'
import { ACCOUNTS, PROFILE } from './places'
import { crashStates } from './posix/crash-states'
import { MemoryDisk } from './posix/memory-disk'
import { files, settled } from './posix/tree'
import { SABOTAGE } from './sabotage'

// electron-store wants Electron's `app`, of which it uses paths only.
vi.mock('electron', () => ({ default: {} }))

const ID = '00000000-0000-4000-8000-000000000001' as AccountId

/** What is removed, by which call, and the files that must be gone. */
const REMOVALS: readonly [what: string, remove: (disk: Disk) => void, gone: RegExp][] = [
  [
    'the lock',
    (disk) => {
      createStateFile(PROFILE, 'lock', disk).remove()
    },
    /^\/profile\/lock\.json$/u,
  ],
  [
    'an account, with all copies of it',
    (disk) => {
      createAccountFiles(PROFILE, disk).remove(ID)
    },
    /^\/profile\/accounts\//u,
  ],
  [
    'copies, whose secrets anybody may read',
    (disk) => {
      createAccountFiles(PROFILE, disk).removeCopies()
    },
    /^\/profile\/accounts\/.+\.json\./u,
  ],
]

/** A profile on which all of it lies durably. */
function aProfile(): MemoryDisk {
  const disk = new MemoryDisk()
  disk.mkdir(PROFILE, 0o700)
  disk.mkdir(ACCOUNTS, 0o700)
  createStateFile(PROFILE, 'lock', disk).write({ verifier: 'of a passphrase' })
  const accounts = createAccountFiles(PROFILE, disk)
  accounts.write(ID, { secrets: 'readable' })
  accounts.keepCopy(ID, 'before-migration')
  return new MemoryDisk(settled(disk.tree))
}

/** The files of that kind which may be found after the power went as soon as the removal was said to be done. */
function cameBack(remove: (disk: Disk) => void, gone: RegExp, sabotage = (disk: Disk) => disk): string[] {
  const disk = aProfile()
  expect([...files(disk.tree)].map(([path]) => path)).toContainEqual(expect.stringMatching(gone))
  remove(sabotage(disk))
  const found = crashStates(disk.tree, createRandom(1), 100).flatMap((state) =>
    Array.from(files(state), ([path]) => path),
  )
  return [...new Set(found)].filter((path) => gone.test(path))
}

describe.each(REMOVALS)('%s, once removed,', (_, remove, gone) => {
  it('is in no state that a loss of power may leave', () => {
    expect(cameBack(remove, gone)).toEqual([])
  })

  it('would come back if its folder were not synced', () => {
    const unsynced = SABOTAGE['the sync of the folder is left out']
    expect(cameBack(remove, gone, unsynced)).not.toEqual([])
  })
})

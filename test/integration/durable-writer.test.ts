/** What is written is whole and said so, or the old is as it was: whatever the disk does, and wherever a kill falls. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { StorageUnwritableError } from '../../electron/core/base/errors'
import { createAccountFiles } from '../../electron/main/adapters/account-files'
import { createActivityFile } from '../../electron/main/adapters/activity-file'
import { createStateFile } from '../../electron/main/adapters/state-file'
import { type Disk, nodeDisk } from '../../electron/main/files/disk'
import { sweepLeftOvers } from '../../electron/main/files/left-overs'
import { writeSaved } from '../../electron/main/files/saved-file'
import type { AccountId } from '../../electron/shared/account'
import {
  failingDisk,
  garblingDisk,
  lastDisk,
  lyingDisk,
  recordingDisk,
  silentDisk,
  sparingDisk,
} from '../support/disks'

vi.mock('electron', () => ({ default: {} }))

const ID = '00000000-0000-4000-8000-000000000001' as AccountId
/** More pages than one. */
const OLD = 'old '.repeat(3_000)
const NEW = 'new! '.repeat(3_000)

let folder = ''
let profile = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokendesk-writer-'))
  profile = join(folder, 'profile')
  mkdirSync(join(profile, 'accounts'), { recursive: true, mode: 0o700 })
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Each thing that replaces a file: the file, and how it is made to. */
const WRITERS: readonly [name: string, file: string, write: (text: string, disk: Disk) => unknown][] = [
  [
    'an account',
    `profile/accounts/${ID}.json`,
    (text, disk) => {
      createAccountFiles(profile, disk).write(ID, { text })
    },
  ],
  ...(['tokendesk', 'reminders', 'lock', 'proxy', 'list-start', 'usage', 'view', 'window'] as const).map(
    (name): (typeof WRITERS)[number] => [
      `${name}.json`,
      `profile/${name}.json`,
      (text, disk) => {
        createStateFile(profile, name, disk).write({ text })
      },
    ],
  ),
  ['the activity', 'profile/activity.jsonl', (text, disk) => createActivityFile(profile, disk).replace(text)],
  [
    'what the user saves',
    'backup.tokendesk',
    (text, disk) => {
      writeSaved(join(folder, 'backup.tokendesk'), text, profile, disk)
    },
  ],
]

describe.each(WRITERS)('%s', (_, file, write) => {
  const path = (): string => join(folder, file)
  const content = (): string => readFileSync(path(), 'utf8')
  const lying = (): readonly string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  let before: readonly string[] = []
  let wholeOld = ''
  let wholeNew = ''
  beforeEach(async () => {
    await write(NEW, nodeDisk)
    wholeNew = content()
    await write(OLD, nodeDisk)
    wholeOld = content()
    before = lying()
  })

  async function refusal(disk: Disk): Promise<unknown> {
    return await Promise.resolve()
      .then(() => write(NEW, disk))
      .then(
        () => null,
        (error: unknown) => error,
      )
  }

  it.each([1, 7, 4_096])('is written whole on a disk that takes %i bytes at a time', async (most) => {
    await write(NEW, sparingDisk(most))
    expect(content()).toBe(wholeNew)
    expect(lying()).toEqual(before)
  })

  it.each<[string, () => Disk, string]>([
    ['takes less than it says', () => lyingDisk(4_096), 'EIO'],
    ['garbles what it takes', garblingDisk, 'EIO'],
    ['takes nothing and says nothing', silentDisk, 'ENOSPC'],
  ])('on a disk that %s is refused, and stays as it was', async (_case, disk, code) => {
    const error = await refusal(disk())
    expect(error).toBeInstanceOf(StorageUnwritableError)
    expect(String(error)).toContain(code)
    expect(content()).toBe(wholeOld)
    expect(lying()).toEqual(before)
  })

  it.each(['ENOSPC', 'EDQUOT', 'EIO'])(
    'stays as it was whichever call fails by %s, or is new',
    async (code) => {
      const failed = new Set<string>()
      for (let n = 1; ; n += 1) {
        const { disk, happened, at } = failingDisk(n, code)
        const error = await refusal(disk)
        if (!happened()) break
        failed.add(at() ?? '')
        if (error === null) {
          expect(content()).toBe(wholeNew)
        } else {
          expect(error).toMatchObject({ message: code })
          // When nothing but the folder's sync failed, the new one is there already, whole.
          expect(content()).toBe(at() === 'syncFolder' && content() === wholeNew ? wholeNew : wholeOld)
          // A full disk has no room for drafts that lie about until the next start.
          expect(lying().filter((name) => name.includes('.tmp-'))).toEqual([])
        }
        await start()
        expect(lying()).toEqual(before)
        await write(OLD, nodeDisk)
      }
      expect(failed).toEqual(
        new Set(['open', 'write', 'fsync', 'fstat', 'read', 'rename', 'syncFolder', ...alsoFor(file)]),
      )
    },
  )

  it('is old or new, and nothing lies about, wherever a kill falls', async () => {
    const seen = new Set<string>()
    for (let n = 1; ; n += 1) {
      const { disk, happened } = lastDisk(n)
      await refusal(disk)
      seen.add(content())
      expect([wholeOld, wholeNew]).toContain(content())
      if (!happened()) break
      await start()
      expect(lying()).toEqual(before)
      await write(OLD, nodeDisk)
    }
    expect(seen).toEqual(new Set([wholeOld, wholeNew]))
  })

  it('is on the disk before it takes the place of the old one, and its folder after', async () => {
    const { disk, calls } = recordingDisk()
    await write(NEW, disk)
    const steps = calls.filter((call) => ['write', 'fsync', 'rename', 'syncFolder'].includes(call))
    expect(steps.slice(-4)).toEqual(['write', 'fsync', 'rename', 'syncFolder'])
  })

  it('is for its owner alone, whatever mode the old one had', async () => {
    chmodSync(path(), 0o644)
    await write(NEW, nodeDisk)
    expect(statSync(path()).mode & 0o777).toBe(0o600)
  })
})

describe('a line that is added to the activity', () => {
  it('is not there where the disk took only a part of it, and the next is whole', async () => {
    await createActivityFile(profile).append('one\n')
    let isFull = false
    const disk: Disk = {
      ...nodeDisk,
      write: (file, bytes, offset, length) => {
        if (isFull) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
        isFull = true
        return nodeDisk.write(file, bytes, offset, Math.min(length, 2))
      },
    }
    await expect(createActivityFile(profile, disk).append('two\n')).rejects.toThrow('ENOSPC')
    expect(readFileSync(join(profile, 'activity.jsonl'), 'utf8')).toBe('one\n')
    await createActivityFile(profile).append('three\n')
    expect(await createActivityFile(profile).read()).toBe('one\nthree\n')
  })
})

describe('what is said to be removed', () => {
  beforeEach(() => {
    const files = createAccountFiles(profile)
    files.write(ID, { secrets: 'readable' })
    files.keepCopy(ID, 'before-migration')
    createStateFile(profile, 'lock').write({ n: 1 })
  })

  it.each<[what: string, remove: (disk: Disk) => void]>([
    [
      'an account',
      (disk) => {
        createAccountFiles(profile, disk).remove(ID)
      },
    ],
    [
      'copies, whose secrets anybody may read',
      (disk) => {
        createAccountFiles(profile, disk).removeCopies()
      },
    ],
    [
      'the lock',
      (disk) => {
        createStateFile(profile, 'lock', disk).remove()
      },
    ],
  ])('(%s) is so on the disk as well', (_what, remove) => {
    const { disk, calls } = recordingDisk()
    remove(disk)
    const steps = calls.filter((call) => ['unlink', 'syncFolder'].includes(call))
    expect(steps.slice(-2)).toEqual(['unlink', 'syncFolder'])
  })
})

/** As a start does it. */
async function start(): Promise<void> {
  sweepLeftOvers(profile)
  const records = createAccountFiles(profile).readAll([])[Symbol.asyncIterator]()
  while ((await records.next()).done !== true);
}

/** What is saved elsewhere is noted in the profile meanwhile, and the note is removed. */
function alsoFor(file: string): readonly string[] {
  return file.startsWith('profile/') ? [] : ['unlink']
}

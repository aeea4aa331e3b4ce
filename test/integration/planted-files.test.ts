/**
 * What is planted in the profile in place of a file, or between two accesses: it is neither followed nor waited for,
 * and checks apply to what was opened.
 */
import { execFileSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readLock } from '../../electron/core/lock/lock-document'
import type { StoredText } from '../../electron/core/base/ports'
import { createAccountFiles } from '../../electron/main/adapters/account-files'
import { createActivityFile } from '../../electron/main/adapters/activity-file'
import { createStateFile } from '../../electron/main/adapters/state-file'
import { type Disk, nodeDisk } from '../../electron/main/files/disk'
import { RotatingFile } from '../../electron/main/files/rotating-file'
import type { AccountId } from '../../electron/shared/account'

vi.mock('electron', () => ({ default: {} }))

const ID = '00000000-0000-4000-8000-000000000001' as AccountId
const SECRET = 'of somebody else'
const isRoot = process.platform === 'linux' && process.getuid?.() === 0

let folder = ''
let profile = ''
let elsewhere = ''
let server: Server | null = null
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokendesk-planted-'))
  profile = join(folder, 'profile')
  elsewhere = join(folder, 'elsewhere')
  for (const each of ['accounts', 'logs']) mkdirSync(join(profile, each), { recursive: true, mode: 0o700 })
  writeFileSync(elsewhere, SECRET)
})
afterEach(() => {
  server?.close()
  server = null
  rmSync(folder, { recursive: true, force: true })
})

type Plant = (path: string) => unknown
const HUGE = 'a file of many gigabytes'
const PLANTS: readonly [name: string, plant: Plant][] = [
  ['a pipe that nobody writes to', (path) => execFileSync('mkfifo', [path])],
  [
    'a link',
    (path) => {
      symlinkSync(elsewhere, path)
    },
  ],
  [
    'a link to a pipe',
    (path) => {
      execFileSync('mkfifo', [`${elsewhere}.pipe`])
      symlinkSync(`${elsewhere}.pipe`, path)
    },
  ],
  [
    'a folder',
    (path) => {
      mkdirSync(path)
    },
  ],
  ['a socket', (path) => listenAt(path)],
  [
    HUGE,
    (path) => {
      const file = openSync(path, 'w')
      ftruncateSync(file, 64 * 1024 ** 3)
      closeSync(file)
    },
  ],
]

const DEVICE: Plant = (path) => execFileSync('mknod', [path, 'c', '1', '5'])
const ALL_PLANTS = isRoot ? [...PLANTS, ['a device without end', DEVICE] as const] : PLANTS

async function listenAt(path: string): Promise<void> {
  const listening = createServer()
  server = listening
  await new Promise<void>((resolve) => listening.listen(path, resolve))
}

async function recordOf(disk: Disk = nodeDisk): Promise<StoredText | undefined> {
  for await (const { stored } of createAccountFiles(profile, disk).readAll([])) return stored
  return undefined
}

describe.runIf(process.platform !== 'win32').each(ALL_PLANTS)('%s', (what, plant) => {
  it('in place of lock.json leaves the app locked', async () => {
    await plant(join(profile, 'lock.json'))
    const stored = createStateFile(profile, 'lock').read()
    expect(stored.kind).toBe('unreadable')
    expect(readLock(stored)).toMatchObject({ kind: 'unusable' })
  })

  it('in place of a record is a damaged one, which is quarantined as it is', async () => {
    const record = join(profile, 'accounts', `${ID}.json`)
    await plant(record)
    const planted = lstatSync(record)
    const stored = await recordOf()
    expect(stored).toEqual({ kind: 'text', text: '' })
    createAccountFiles(profile).quarantine(ID, 'damaged')
    expect(lstatSync(`${record}.damaged-1`).ino).toBe(planted.ino)
    expect(readFileSync(elsewhere, 'utf8')).toBe(SECRET)
  })

  it.each(['tokendesk', 'reminders', 'proxy', 'list-start', 'usage', 'view', 'window'] as const)(
    'in place of %s.json is unreadable',
    async (name) => {
      await plant(join(profile, `${name}.json`))
      expect(createStateFile(profile, name).read().kind).toBe('unreadable')
    },
  )

  it('in place of the activity or the log is neither read nor written', async () => {
    await plant(join(profile, 'activity.jsonl'))
    await expect(createActivityFile(profile).read()).rejects.toThrow()
    if (what !== HUGE) await expect(createActivityFile(profile).append('x\n')).rejects.toThrow()
    server?.close()
    rmSync(`${elsewhere}.pipe`, { force: true })
    await plant(join(profile, 'logs', 'x.log'))
    const log = new RotatingFile(join(profile, 'logs', 'x.log'), { maxBytes: 1_000, files: 2 })
    expect(await log.tail(10)).toEqual([])
    expect(readFileSync(elsewhere, 'utf8')).toBe(SECRET)
  })
})

describe('between two looks', () => {
  /** Something happens just before, or just after, a file of the profile is opened. */
  function swapping(when: 'before' | 'after', swap: (path: string) => void): Disk {
    let swapped = false
    const once = (path: string): void => {
      if (swapped || !path.endsWith('.json')) return
      swapped = true
      swap(path)
    }
    return {
      ...nodeDisk,
      open(path, flags, mode) {
        if (when === 'before') once(path)
        const file = nodeDisk.open(path, flags, mode)
        if (when === 'after') once(path)
        return file
      },
    }
  }
  const toLink = (path: string): void => {
    rmSync(path)
    symlinkSync(elsewhere, path)
  }

  beforeEach(() => {
    createStateFile(profile, 'lock').write({ version: 1 })
    createAccountFiles(profile).write(ID, { name: 'ACME' })
  })

  it('a file that became a link is not read through it', async () => {
    expect(createStateFile(profile, 'lock', swapping('before', toLink)).read().kind).toBe('unreadable')
    expect(await recordOf(swapping('before', toLink))).toEqual({ kind: 'text', text: '' })
  })

  it('a file that was replaced once it is open is read as it was opened', async () => {
    expect(createStateFile(profile, 'lock', swapping('after', toLink)).read()).toMatchObject({
      kind: 'text',
      text: expect.stringContaining('"version"') as string,
    })
    expect(await recordOf(swapping('after', toLink))).toMatchObject({
      text: expect.stringContaining('ACME') as string,
    })
  })

  it('a file that a pipe took the place of is not waited for', async () => {
    const toPipe = (path: string): void => {
      rmSync(path)
      execFileSync('mkfifo', [path])
    }
    expect(createStateFile(profile, 'lock', swapping('before', toPipe)).read().kind).toBe('unreadable')
    expect(await recordOf(swapping('before', toPipe))).toEqual({ kind: 'text', text: '' })
  })

  it('a link that came after the look is replaced by a write, and not written through', () => {
    const record = join(profile, 'accounts', `${ID}.json`)
    const rename: Disk['rename'] = (from, to) => {
      rmSync(to)
      symlinkSync(elsewhere, to)
      renameSync(from, to)
    }
    createAccountFiles(profile, { ...nodeDisk, rename }).write(ID, { name: 'Beta' })
    expect(lstatSync(record).isFile()).toBe(true)
    expect(readFileSync(record, 'utf8')).toContain('Beta')
    expect(readFileSync(elsewhere, 'utf8')).toBe(SECRET)
  })

  it('a link in place of a copy’s source is not copied', () => {
    expect(() => {
      createStateFile(profile, 'lock', swapping('before', toLink)).keepCopy('before-migration')
    }).toThrow('ELOOP')
  })
})

describe.runIf(isRoot)('a file of another user', () => {
  const NOBODY = 65_534
  beforeEach(() => {
    createStateFile(profile, 'lock').write({ version: 1 })
    createAccountFiles(profile).write(ID, { name: 'ACME' })
    chownSync(join(profile, 'lock.json'), NOBODY, NOBODY)
    chownSync(join(profile, 'accounts', `${ID}.json`), NOBODY, NOBODY)
  })

  it('in a folder of ours is not believed', async () => {
    expect(createStateFile(profile, 'lock').read().kind).toBe('unreadable')
    expect((await recordOf())?.kind).toBe('unreadable')
  })

  it('is, where its folder is theirs as well', async () => {
    chownSync(profile, NOBODY, NOBODY)
    chownSync(join(profile, 'accounts'), NOBODY, NOBODY)
    expect(createStateFile(profile, 'lock').read().kind).toBe('text')
    expect((await recordOf())?.kind).toBe('text')
  })
})

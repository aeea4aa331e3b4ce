/** Whatever the profile’s files and folders are, only their owner reads them, and no link leads out of them. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAccountFiles } from '../../electron/main/adapters/account-files'
import { createActivityFile } from '../../electron/main/adapters/activity-file'
import { createStateFile } from '../../electron/main/adapters/state-file'
import { type Disk, nodeDisk } from '../../electron/main/files/disk'
import type { AccountId } from '../../electron/shared/account'
import { recordsOf } from '../support/records-of'

vi.mock('electron', () => ({ default: {} }))

const ID = '00000000-0000-4000-8000-000000000001' as AccountId

let profile = ''
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'tokendesk-profile-'))
})
afterEach(() => {
  rmSync(profile, { recursive: true, force: true })
})

function accountFile(name: string): string {
  return join(profile, 'accounts', name)
}

/** Each thing that writes into the profile, with the file that it writes and how it is made to. */
const WRITERS: readonly [name: string, file: string, write: () => unknown][] = [
  [
    'an account',
    `accounts/${ID}.json`,
    () => {
      createAccountFiles(profile).write(ID, { name: 'ACME' })
    },
  ],
  [
    'the settings',
    'tokendesk.json',
    () => {
      createStateFile(profile, 'tokendesk').write({ version: 1 })
    },
  ],
  [
    'what was told',
    'reminders.json',
    () => {
      createStateFile(profile, 'reminders').write({ version: 1 })
    },
  ],
  ['what happened', 'activity.jsonl', () => createActivityFile(profile).append('one\n')],
]

describe.each(WRITERS)('%s', (_, file, write) => {
  const path = (): string => join(profile, file)

  it('is written for the owner alone, whatever lay there before', async () => {
    mkdirSync(join(profile, 'accounts'), { recursive: true })
    writeFileSync(path(), '{}')
    chmodSync(path(), 0o666)
    await write()
    expect(modeOf(path())).toBe(0o600)
  })

  it('leaves nothing beside it', async () => {
    await write()
    const [name] = file.split('/').slice(-1)
    expect(readdirSync(join(path(), '..'))).toEqual([name])
  })

  it.each([
    ['a file', true],
    ['nothing', false],
  ])('is not written through a link to %s', async (_target, isThere) => {
    mkdirSync(join(profile, 'accounts'), { recursive: true })
    const target = join(profile, 'elsewhere')
    if (isThere) writeFileSync(target, '{}')
    symlinkSync(target, path())
    await expect(Promise.resolve().then(write)).rejects.toThrow('ELOOP')
    if (isThere) expect(readFileSync(target, 'utf8')).toBe('{}')
    else expect(existsSync(target)).toBe(false)
  })
})

describe('a new activity file', () => {
  it('is neither written nor read through a link in its place', async () => {
    const target = join(profile, 'elsewhere')
    writeFileSync(target, 'kept')
    symlinkSync(target, join(profile, 'activity.jsonl'))
    const file = createActivityFile(profile)
    await expect(file.replace('two\n')).rejects.toThrow('ELOOP')
    await expect(file.read()).rejects.toThrow('ELOOP')
    expect(readFileSync(target, 'utf8')).toBe('kept')
  })
})

describe('what is quarantined or kept', () => {
  it('is for the owner alone', () => {
    const state = createStateFile(profile, 'tokendesk')
    for (const [keep, kept] of [
      [state.keepCopy.bind(state), 'tokendesk.json.before-migration-1'],
      [state.quarantine.bind(state), 'tokendesk.json.before-migration-2'],
    ] as const) {
      writeFileSync(join(profile, 'tokendesk.json'), 'old')
      chmodSync(join(profile, 'tokendesk.json'), 0o644)
      keep('before-migration')
      expect(modeOf(join(profile, kept))).toBe(0o600)
    }
  })

  it('goes neither over nor through a link that has its name', () => {
    const target = join(profile, 'elsewhere')
    symlinkSync(target, join(profile, 'tokendesk.json.before-migration-1'))
    writeFileSync(join(profile, 'tokendesk.json'), 'old')
    createStateFile(profile, 'tokendesk').keepCopy('before-migration')
    expect(existsSync(target)).toBe(false)
    expect(readFileSync(join(profile, 'tokendesk.json.before-migration-2'), 'utf8')).toBe('old')
  })

  it('blocks no later write where only the sync of its folder failed', () => {
    let fails = true
    const disk: Disk = {
      ...nodeDisk,
      syncFolder: (folder) => {
        if (fails) throw Object.assign(new Error('EIO'), { code: 'EIO' })
        nodeDisk.syncFolder(folder)
      },
    }
    const state = createStateFile(profile, 'tokendesk', disk)
    const accounts = createAccountFiles(profile, disk)
    mkdirSync(join(profile, 'accounts'))
    for (const path of [join(profile, 'tokendesk.json'), accountFile(`${ID}.json`)])
      writeFileSync(path, 'odd')
    const setBothAside = (): void => {
      accounts.quarantine(ID, 'damaged')
      state.quarantine('damaged')
    }
    expect(setBothAside).toThrow('EIO')
    expect(() => state.quarantine('damaged')).toThrow('EIO')
    fails = false
    setBothAside()
    for (const kept of [join(profile, 'tokendesk.json.damaged-1'), accountFile(`${ID}.json.damaged-1`)]) {
      expect(readFileSync(kept, 'utf8')).toBe('odd')
    }
  })

  it('is not read through a link', () => {
    const target = join(profile, 'elsewhere')
    writeFileSync(target, 'of somebody else')
    symlinkSync(target, join(profile, 'tokendesk.json'))
    expect(() => {
      createStateFile(profile, 'tokendesk').keepCopy('before-migration')
    }).toThrow('ELOOP')
    expect(readdirSync(profile).sort()).toEqual(['elsewhere', 'tokendesk.json'])
  })
})

describe('a folder of accounts that is a link', () => {
  let elsewhere = ''
  beforeEach(() => {
    elsewhere = mkdtempSync(join(tmpdir(), 'tokendesk-elsewhere-'))
    chmodSync(elsewhere, 0o755)
    writeFileSync(join(elsewhere, `${ID}.json`), '{}')
    writeFileSync(join(elsewhere, `${ID}.json.tmp-1732417200a1b2c3`), 'of somebody else')
    symlinkSync(elsewhere, join(profile, 'accounts'))
  })
  afterEach(() => {
    rmSync(elsewhere, { recursive: true, force: true })
  })

  it('is read and left as it is', async () => {
    expect(await recordsOf(createAccountFiles(profile))).toMatchObject([{ id: ID, stored: { text: '{}' } }])
    expect(readdirSync(elsewhere)).toHaveLength(2)
    expect(modeOf(elsewhere)).toBe(0o755)
  })

  it.each<[string, (files: ReturnType<typeof createAccountFiles>) => void]>([
    [
      'a write',
      (files) => {
        files.write(ID, { name: 'ACME' })
      },
    ],
    [
      'a probe',
      (files) => {
        files.probe()
      },
    ],
    [
      'a removal',
      (files) => {
        files.remove(ID)
      },
    ],
    [
      'what sets a record aside',
      (files) => {
        files.quarantine(ID, 'damaged')
      },
    ],
    [
      'what keeps a copy',
      (files) => {
        files.keepCopy(ID, 'before-migration')
      },
    ],
  ])('stops %s', (_, act) => {
    expect(() => {
      act(createAccountFiles(profile))
    }).toThrow('ELOOP')
    expect(readFileSync(join(elsewhere, `${ID}.json`), 'utf8')).toBe('{}')
    expect(readdirSync(elsewhere)).toHaveLength(2)
  })
})

describe('the folders', () => {
  it('that others could look into are closed to them', async () => {
    mkdirSync(join(profile, 'accounts'))
    chmodSync(join(profile, 'accounts'), 0o755)
    chmodSync(profile, 0o755)
    createStateFile(profile, 'tokendesk').read()
    await recordsOf(createAccountFiles(profile))
    expect(modeOf(profile)).toBe(0o700)
    expect(modeOf(join(profile, 'accounts'))).toBe(0o700)
  })

  it('are made for the owner alone by whatever writes first', () => {
    const fresh = join(profile, 'fresh')
    createAccountFiles(fresh).write(ID, { name: 'ACME' })
    expect(modeOf(fresh)).toBe(0o700)
    expect(modeOf(join(fresh, 'accounts'))).toBe(0o700)
  })

  it('may be anywhere: a profile that is a link is its user’s choice', () => {
    const real = join(profile, 'real')
    mkdirSync(real)
    symlinkSync(real, join(profile, 'link'))
    createStateFile(join(profile, 'link'), 'tokendesk').write({ version: 1 })
    expect(readdirSync(real)).toEqual(['tokendesk.json'])
  })
})

function modeOf(path: string): number {
  return statSync(path).mode & 0o777
}

/** The profile on a real disk. electron-store wants Electron's `app`, of which it uses paths only. */
import {
  chmodSync,
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
import { nodeDisk } from '../../electron/main/files/disk'
import type { AccountId } from '../../electron/shared/account'
import { recordsOf } from '../support/records-of'

vi.mock('electron', () => ({ default: {} }))

const ID = '00000000-0000-4000-8000-000000000001' as AccountId
const OTHER = '00000000-0000-4000-8000-000000000002' as AccountId

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

describe('account files', () => {
  it('are read in the order that is asked for, and the others after that', async () => {
    const files = createAccountFiles(profile)
    await recordsOf(files)
    for (const id of [ID, OTHER]) files.write(id, { id })
    const gone = '00000000-0000-4000-8000-000000000003' as AccountId
    for (const first of [ID, OTHER]) {
      const ids = (await recordsOf(files, [gone, first])).map(({ id }) => id)
      expect(ids).toEqual(first === ID ? [ID, OTHER] : [OTHER, ID])
    }
  })

  it('are one for each account, for the owner alone, and read back as they were written', async () => {
    const files = createAccountFiles(profile)
    await recordsOf(files)
    files.write(ID, { name: 'ACME' })
    files.write(OTHER, { name: 'Beta' })
    expect(statSync(accountFile(`${ID}.json`)).mode & 0o777).toBe(0o600)
    expect(statSync(join(profile, 'accounts')).mode & 0o777).toBe(0o700)
    const found = await recordsOf(files)
    expect(found.map(({ id, quarantine }) => ({ id, quarantine }))).toEqual([
      { id: ID, quarantine: false },
      { id: OTHER, quarantine: false },
    ])
    expect(found[0]?.stored).toMatchObject({
      kind: 'text',
      text: expect.stringContaining('"ACME"') as string,
    })
  })

  it('leave nothing of an older record in a shorter one', () => {
    const files = createAccountFiles(profile)
    files.write(ID, { name: 'ACME', note: 'x'.repeat(5_000) })
    files.write(ID, { name: 'ACME' })
    expect(JSON.parse(readFileSync(accountFile(`${ID}.json`), 'utf8'))).toEqual({ name: 'ACME' })
  })

  it('that were damaged meanwhile are replaced by the next write', () => {
    const files = createAccountFiles(profile)
    files.write(ID, { name: 'ACME' })
    writeFileSync(accountFile(`${ID}.json`), '{"name":"AC')
    files.write(ID, { name: 'ACME' })
    expect(JSON.parse(readFileSync(accountFile(`${ID}.json`), 'utf8'))).toEqual({ name: 'ACME' })
  })

  it('stay when all that lies beside them is removed', () => {
    const files = createAccountFiles(profile)
    files.removeCopies()
    files.write(ID, { n: 1 })
    files.keepCopy(ID, 'before-migration')
    files.write(OTHER, { n: 1 })
    files.quarantine(OTHER, 'newer-version')
    files.removeCopies()
    expect(readdirSync(join(profile, 'accounts'))).toEqual([`${ID}.json`])
  })

  it('quarantined files are kept under a name of their own, again and again', async () => {
    const files = createAccountFiles(profile)
    for (const text of ['first', 'second']) {
      mkdirSync(join(profile, 'accounts'), { recursive: true })
      writeFileSync(accountFile(`${ID}.json`), text)
      files.quarantine(ID, 'damaged')
    }
    expect(readFileSync(accountFile(`${ID}.json.damaged-1`), 'utf8')).toBe('first')
    expect(readFileSync(accountFile(`${ID}.json.damaged-2`), 'utf8')).toBe('second')
    expect(await recordsOf(files)).toEqual([
      { id: ID, stored: { kind: 'text', text: 'second' }, quarantine: true },
    ])
  })

  it('half written by a killed app are swept away', async () => {
    const files = createAccountFiles(profile)
    files.write(ID, { name: 'ACME' })
    for (const name of [`${ID}.json.tmp-1732417200a1b2c3`, 'probe.json.tmp-0a1b', 'probe.json']) {
      writeFileSync(accountFile(name), '{"name"')
    }
    await recordsOf(files)
    expect(readdirSync(join(profile, 'accounts'))).toEqual([`${ID}.json`])
  })

  it('removed are gone, with all that was kept of them', async () => {
    const files = createAccountFiles(profile)
    files.write(ID, { name: 'ACME' })
    files.write(OTHER, { name: 'Beta' })
    files.keepCopy(ID, 'before-migration')
    files.remove(ID)
    expect(readdirSync(join(profile, 'accounts'))).toEqual([`${OTHER}.json`])
    expect(await recordsOf(files)).toHaveLength(1)
  })

  it('whose place a folder has taken can be removed all the same', async () => {
    const files = createAccountFiles(profile)
    mkdirSync(accountFile(`${ID}.json`), { recursive: true })
    expect(await recordsOf(files)).toEqual([
      { id: ID, stored: { kind: 'text', text: '' }, quarantine: false },
    ])
    files.remove(ID)
    expect(readdirSync(join(profile, 'accounts'))).toEqual([])
  })

  it('are not written through a link', () => {
    const files = createAccountFiles(profile)
    mkdirSync(join(profile, 'accounts'))
    const target = join(profile, 'elsewhere.json')
    writeFileSync(target, '{}')
    symlinkSync(target, accountFile(`${ID}.json`))
    expect(() => {
      files.write(ID, { name: 'ACME' })
    }).toThrow('ELOOP')
    expect(readFileSync(target, 'utf8')).toBe('{}')
  })

  it('that can not be written say so, and a probe finds it out beforehand', () => {
    writeFileSync(join(profile, 'accounts'), 'a file where the folder should be')
    const files = createAccountFiles(profile)
    expect(() => {
      files.probe()
    }).toThrow(expect.objectContaining({ name: 'StorageUnwritableError' }))
    expect(() => {
      files.write(ID, {})
    }).toThrow(expect.objectContaining({ name: 'StorageUnwritableError' }))
  })

  it('are probed for with the room that the longest of them takes', async () => {
    createAccountFiles(profile).write(ID, { note: 'x'.repeat(100_000) })
    let longest = 0
    const files = createAccountFiles(profile, {
      ...nodeDisk,
      write: (file, bytes, offset, length) => {
        longest = Math.max(longest, length)
        return nodeDisk.write(file, bytes, offset, length)
      },
    })
    files.probe()
    expect(longest).toBeGreaterThanOrEqual(16 * 1024)
    await recordsOf(files)
    files.probe()
    expect(longest).toBeGreaterThanOrEqual(100_000)
    files.write(OTHER, { note: 'x'.repeat(200_000) })
    longest = 0
    files.probe()
    expect(longest).toBeGreaterThanOrEqual(200_000)
  })

  it('are left alone by a probe', () => {
    const files = createAccountFiles(profile)
    files.probe()
    expect(readdirSync(join(profile, 'accounts'))).toEqual([])
  })
})

describe('the settings file', () => {
  it('is missing on a new profile, and readable after a write', () => {
    const file = createStateFile(profile, 'tokendesk')
    expect(file.read()).toEqual({ kind: 'missing' })
    file.write({ version: 1 })
    expect(file.read()).toMatchObject({ kind: 'text' })
    expect(statSync(join(profile, 'tokendesk.json')).mode & 0o777).toBe(0o600)
  })

  it('removed is missing, and so it is when there was none', () => {
    const file = createStateFile(profile, 'lock')
    file.remove()
    file.write({ n: 1 })
    file.remove()
    expect(file.read()).toEqual({ kind: 'missing' })
    expect(readdirSync(profile)).toEqual([])
  })

  it('quarantined is kept, and then missing', () => {
    const file = createStateFile(profile, 'tokendesk')
    writeFileSync(join(profile, 'tokendesk.json'), 'damaged')
    expect(file.quarantine('damaged')).toBe('tokendesk.json.damaged-1')
    expect(file.read()).toEqual({ kind: 'missing' })
    expect(readFileSync(join(profile, 'tokendesk.json.damaged-1'), 'utf8')).toBe('damaged')
  })

  it('that is something else than a file is unreadable, not missing', () => {
    mkdirSync(join(profile, 'tokendesk.json'))
    expect(createStateFile(profile, 'tokendesk').read()).toMatchObject({ kind: 'unreadable' })
  })
})

describe('the activity file', () => {
  it('is made by what is first added, and for the owner alone', async () => {
    const file = createActivityFile(profile)
    expect(await file.read()).toBe('')
    await file.append('one\n')
    await file.append('two\n')
    expect(await file.read()).toBe('one\ntwo\n')
    expect(modeOf(join(profile, 'activity.jsonl'))).toBe(0o600)
  })

  it('that others could read is closed to them', async () => {
    const path = join(profile, 'activity.jsonl')
    writeFileSync(path, 'one\n')
    chmodSync(path, 0o644)
    await createActivityFile(profile).append('two\n')
    expect(modeOf(path)).toBe(0o600)
  })

  it('is replaced whole', async () => {
    const file = createActivityFile(profile)
    await file.append('one\n')
    await file.replace('two\n')
    expect(await file.read()).toBe('two\n')
    expect(modeOf(join(profile, 'activity.jsonl'))).toBe(0o600)
    expect(readdirSync(profile)).toEqual(['activity.jsonl'])
  })
})

function modeOf(path: string): number {
  return statSync(path).mode & 0o777
}

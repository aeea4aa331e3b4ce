/** The profile on a real disk. electron-store wants Electron's `app`, of which it uses paths only. */
import {
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
import { createStateFile } from '../../electron/main/adapters/state-file'
import type { AccountId } from '../../electron/shared/account'

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
  it('are one for each account, for the owner alone, and read back as they were written', async () => {
    const files = createAccountFiles(profile)
    await files.readAll()
    files.write(ID, { name: 'ACME' })
    files.write(OTHER, { name: 'Beta' })
    expect(statSync(accountFile(`${ID}.json`)).mode & 0o777).toBe(0o600)
    expect(statSync(join(profile, 'accounts')).mode & 0o777).toBe(0o700)
    const found = await files.readAll()
    expect(found.map(({ id, setAside }) => ({ id, setAside }))).toEqual([
      { id: ID, setAside: false },
      { id: OTHER, setAside: false },
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

  it('set aside are kept under a name of their own, again and again', async () => {
    const files = createAccountFiles(profile)
    for (const text of ['first', 'second']) {
      mkdirSync(join(profile, 'accounts'), { recursive: true })
      writeFileSync(accountFile(`${ID}.json`), text)
      files.setAside(ID, 'damaged')
    }
    expect(readFileSync(accountFile(`${ID}.json.damaged-1`), 'utf8')).toBe('first')
    expect(readFileSync(accountFile(`${ID}.json.damaged-2`), 'utf8')).toBe('second')
    expect(await files.readAll()).toEqual([
      { id: ID, stored: { kind: 'text', text: 'second' }, setAside: true },
    ])
  })

  it('half written by a killed app are swept away', async () => {
    const files = createAccountFiles(profile)
    files.write(ID, { name: 'ACME' })
    writeFileSync(accountFile(`${ID}.json.tmp-1732417200a1b2c3`), '{"name"')
    await files.readAll()
    expect(readdirSync(join(profile, 'accounts'))).toEqual([`${ID}.json`])
  })

  it('removed are gone, with all that was kept of them', async () => {
    const files = createAccountFiles(profile)
    files.write(ID, { name: 'ACME' })
    files.write(OTHER, { name: 'Beta' })
    files.keepCopy(ID, 'before-migration')
    files.remove(ID)
    expect(readdirSync(join(profile, 'accounts'))).toEqual([`${OTHER}.json`])
    expect(await files.readAll()).toHaveLength(1)
  })

  it('whose place a folder has taken can be removed all the same', async () => {
    const files = createAccountFiles(profile)
    mkdirSync(accountFile(`${ID}.json`), { recursive: true })
    expect(await files.readAll()).toMatchObject([{ id: ID, stored: { kind: 'unreadable' } }])
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

  it('set aside is kept, and then missing', () => {
    const file = createStateFile(profile, 'tokendesk')
    writeFileSync(join(profile, 'tokendesk.json'), 'damaged')
    expect(file.setAside('damaged')).toBe('tokendesk.json.damaged-1')
    expect(file.read()).toEqual({ kind: 'missing' })
    expect(readFileSync(join(profile, 'tokendesk.json.damaged-1'), 'utf8')).toBe('damaged')
  })

  it('that is something else than a file is unreadable, not missing', () => {
    mkdirSync(join(profile, 'tokendesk.json'))
    expect(createStateFile(profile, 'tokendesk').read()).toMatchObject({ kind: 'unreadable' })
  })
})

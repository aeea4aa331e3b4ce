/** Ids come from untrusted files, and files are named after them. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAccountFiles } from '../../electron/main/adapters/account-files'
import { createPassphraseSealer } from '../../electron/main/adapters/passphrase-sealer'
import type { AccountId } from '../../electron/shared/account'
import { Secret } from '../../electron/shared/secret'
import { BackOffice, unwrap } from '../support/back-office'

vi.mock('electron', () => ({ default: {} }))

const PASSPHRASE = new Secret('correct horse battery staple')
/** What no id is, though each could stand in a file. */
const NO_IDS = [
  '../lock',
  '../tokendesk',
  '../reminders',
  '../../outside',
  '..\\lock',
  '/no-such-folder/outside',
  'probe',
  '',
  '.',
  '00000000-0000-4000-8000-00000000000A',
  '00000000-0000-4000-8000-000000000001/x',
  '00000000-0000-4000-8000-000000000001\n',
  '------------------------------------',
]

let folder = ''
let profile = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokendesk-names-'))
  profile = join(folder, 'profile')
  mkdirSync(join(profile, 'accounts'), { recursive: true })
  for (const name of ['lock', 'tokendesk', 'reminders']) writeFileSync(join(profile, `${name}.json`), name)
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** A backup of one account, with `craft` applied to the lines in it. */
async function aBackupWith(craft: (text: string, ids: Ids) => string): Promise<Uint8Array> {
  const office = await BackOffice.open()
  const { id, environmentId } = await office.add({ name: 'ACME' })
  unwrap(await office.useCases.transfer.backUp(PASSPHRASE))
  const [file] = office.dialogs.saved.values()
  if (!(file instanceof Uint8Array)) throw new Error('nothing was saved')
  const sealer = createPassphraseSealer({ log2N: 4, r: 8, p: 1 })
  const opened = await sealer.open(file, PASSPHRASE)
  if (!opened.ok) throw new Error(opened.reason)
  const crafted = craft(Buffer.from(opened.bytes).toString(), { id, environmentId })
  return await sealer.seal(Buffer.from(crafted), PASSPHRASE)
}

interface Ids {
  readonly id: string
  readonly environmentId: string
}

async function restoreOnDisk(bytes: Uint8Array) {
  const office = await BackOffice.open()
  office.records.write = createAccountFiles(profile).write.bind(null)
  office.dialogs.chosen = { name: 'x.tokendesk', bytes }
  unwrap(await office.useCases.transfer.chooseBackup())
  return await office.useCases.transfer.restore(PASSPHRASE)
}

function filesBelow(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()
}

describe('a crafted backup', () => {
  it('restores when nothing is crafted', async () => {
    const result = await restoreOnDisk(await aBackupWith((text) => text))
    expect(result).toMatchObject({ ok: true, value: { restored: 1 } })
    expect(readdirSync(join(profile, 'accounts'))).toEqual(['00000000-0000-4000-8000-000000000002.json'])
  })

  it.each(NO_IDS)('whose account has the id %j is damaged and writes nothing', async (wrong) => {
    const before = filesBelow(folder)
    const file = await aBackupWith((text, { id }) => text.replaceAll(`"${id}"`, JSON.stringify(wrong)))
    expect(await restoreOnDisk(file)).toMatchObject({ error: { code: 'backup-refused', reason: 'damaged' } })
    expect(filesBelow(folder)).toEqual(before)
    for (const name of ['lock', 'tokendesk', 'reminders']) {
      expect(readFileSync(join(profile, `${name}.json`), 'utf8')).toBe(name)
    }
  })

  it.each(NO_IDS)('whose environment has the id %j is damaged', async (wrong) => {
    const file = await aBackupWith((text, { environmentId }) =>
      text.replaceAll(`"${environmentId}"`, JSON.stringify(wrong)),
    )
    expect(await restoreOnDisk(file)).toMatchObject({ error: { code: 'backup-refused', reason: 'damaged' } })
  })
})

describe('an id that is none, in a file of the profile,', () => {
  it.each(NO_IDS)('%j, makes an account’s record a damaged one', async (wrong) => {
    for (const part of ['id', 'environmentId'] as const) {
      const office = await BackOffice.open()
      const account = await office.add()
      const text = office.records.files.get(account.id) ?? ''
      office.records.files.set(account.id, text.replaceAll(`"${account[part]}"`, JSON.stringify(wrong)))
      const { problem } = (await office.restart()).summary(account.id)
      expect(problem).toMatchObject({ code: 'locked' })
    }
  })

  it('is no partner of a company', async () => {
    const office = await BackOffice.open()
    const partner = await office.add({ name: 'Harbor' })
    const { id } = await office.add({ name: 'ACME', refreshes: false, partnerId: partner.id })
    const text = office.records.files.get(id) ?? ''
    office.records.files.set(id, text.replaceAll(partner.id, '../lock'))
    expect((await office.restart()).summary(id).problem).toMatchObject({ code: 'locked' })
  })

  it('is no reminder, and no entry of the activity', async () => {
    const office = await BackOffice.open()
    const entry = { reminded: null, remindAgainAt: 5, news: null }
    office.notificationLogStore.text = JSON.stringify({
      version: 1,
      accounts: { '../lock': entry },
      once: [],
    })
    await office.activityFile.append(
      `${JSON.stringify({ at: office.time.now(), id: '../lock', name: 'x', what: { kind: 'added' } })}\n`,
    )
    const restarted = await office.restart()
    expect(await restarted.useCases.activity.entries(null)).toEqual([])
    const { id } = await restarted.add()
    restarted.useCases.notifications.remindTomorrow([id])
    expect(restarted.notificationLogStore.text).not.toContain('../lock')
  })

  it('is no place in the order in which records are read', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.startupRowsStore.text = JSON.stringify({ version: 1, accounts: ['../lock'] })
    const asked: unknown[] = []
    const readAll = office.records.readAll.bind(office.records)
    office.records.readAll = (first) => {
      asked.push(first)
      return readAll(first)
    }
    const restarted = await office.restart()
    expect(asked).toEqual([[]])
    expect(restarted.status(id)).toBe('live')
  })
})

describe('account files', () => {
  it.each(NO_IDS)('make no name of %j, whoever asks', (wrong) => {
    const before = filesBelow(folder)
    const files = createAccountFiles(profile)
    const id = wrong as AccountId
    for (const use of [
      () => {
        files.write(id, {})
      },
      () => {
        files.quarantine(id, 'damaged')
      },
      () => {
        files.keepCopy(id, 'before-migration')
      },
      () => {
        files.remove(id)
      },
    ]) {
      expect(use).toThrow('no id')
    }
    expect(filesBelow(folder)).toEqual(before)
  })

  it.each(['------------------------------------', '00000000-0000-4000-8000-00000000000A'])(
    'take %s.json for no record',
    async (name) => {
      writeFileSync(join(profile, 'accounts', `${name}.json`), '{}')
      const found = []
      for await (const record of createAccountFiles(profile).readAll([])) found.push(record)
      expect(found).toEqual([])
    },
  )
})

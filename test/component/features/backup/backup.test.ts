import { describe, expect, test } from 'vitest'
import type { AccountSummary } from '../../../../electron/shared/account'
import { anAccount, anEnvironment } from '../../../support/builders'
import { PASSPHRASE, startMain } from '../../../support/main-in-memory'
import { openApp, type OpenedApp } from '../../support/app'
import { click, get, query, status, text, type, valueOf } from '../../support/queries'

const DISK_FULL = {
  code: 'problem',
  problem: { code: 'storage-unwritable', what: 'file', afterAnswer: false, detail: 'ENOSPC' },
} as const
const NOT_SAVED =
  'Couldn’t save the file (ENOSPC), and a file that was there before is unchanged. Free some disk space, or save it in another folder.'

describe('Back up', () => {
  async function openBackup(accounts = [anAccount()]): Promise<OpenedApp> {
    const app = await openApp({ accounts })
    await click(get('button', 'Settings'))
    await click(get('button', 'Back up…'))
    return app
  }

  test('wants the passphrase twice', async () => {
    const { bridge } = await openBackup()
    const backup = get('dialog', 'Back up')
    expect(text(backup)).toContain('A backup contains settings, environments, and accounts')
    await type(get('textbox', 'Passphrase', backup), PASSPHRASE)
    await type(get('textbox', 'Confirm passphrase', backup), `${PASSPHRASE}.`)
    await click(get('button', 'Save backup…', backup))
    expect(text(backup)).toContain('Passphrases don’t match.')
    expect(bridge.asked.some(({ call }) => call === 'backUp')).toBe(false)
    await type(get('textbox', 'Confirm passphrase', backup), PASSPHRASE)
    await click(get('button', 'Save backup…', backup))
    expect(bridge.asked.at(-1)).toEqual({ call: 'backUp', input: { passphrase: PASSPHRASE } })
    expect(status()).toBe('Backup saved')
    expect(query('dialog', 'Back up')).toBeNull()
  })

  async function save(): Promise<void> {
    const backup = get('dialog', 'Back up')
    await type(get('textbox', 'Passphrase', backup), PASSPHRASE)
    await type(get('textbox', 'Confirm passphrase', backup), PASSPHRASE)
    await click(get('button', 'Save backup…', backup))
  }

  test('stays, with what was typed, and says that no file was touched when the disk refuses', async () => {
    const { bridge } = await openBackup()
    bridge.failNext('backUp', DISK_FULL)
    await save()
    const backup = get('dialog', 'Back up')
    expect(text(get('alert', undefined, backup))).toBe(NOT_SAVED)
    await click(get('button', 'Save backup…', backup))
    expect(status()).toBe('Backup saved')
  })

  test('says which accounts’ secrets are not in it, and stays until that is read', async () => {
    await openBackup([anAccount(), anAccount({ name: 'Shut', secretsIn: 'locked' })])
    await save()
    const backup = get('dialog', 'Back up')
    expect(text(backup)).toContain('Backup saved.')
    expect(text(get('alert', undefined, backup))).toBe(
      '1 account was saved without secrets, which couldn’t be decrypted: Shut.',
    )
    expect(query('textbox', 'Passphrase')).toBeNull()
    await click(get('button', 'Done', backup))
    expect(query('dialog', 'Back up')).toBeNull()
  })

  test('says why there is nothing to save', async () => {
    const { bridge } = await openBackup()
    bridge.failNext('backUp', { code: 'nothing-opens', reason: 'cannot-decrypt' })
    await save()
    expect(text(get('alert'))).toBe(
      'No account’s secrets can be decrypted, so no backup was saved. Unlock the keyring, then try again.',
    )
    expect(valueOf(get('textbox', 'Passphrase'))).toBe(PASSPHRASE)
  })

  test('refuses one that is easily guessed', async () => {
    const { bridge } = await openBackup()
    await type(get('textbox', 'Passphrase'), 'short')
    await click(get('button', 'Save backup…'))
    expect(text(get('dialog', 'Back up'))).toContain('Use at least 12 characters')
    expect(bridge.asked.some(({ call }) => call === 'backUp')).toBe(false)
  })
})

describe('Restore a backup', () => {
  const environments = [anEnvironment()]

  /** The backup that the user chooses has three accounts. */
  async function openRestore(accounts: readonly AccountSummary[] = []): Promise<OpenedApp> {
    const saved = ['ACME', 'Alder', 'Birch'].map((name) => anAccount({ name }))
    const before = await startMain({ environments, accounts: saved })
    await before.backUp({ passphrase: PASSPHRASE })
    const [bytes] = before.office.dialogs.saved.values()
    const app = await openApp({ environments, accounts })
    app.bridge.office.dialogs.chosen = { name: 'backup.tokendesk', bytes: bytes as Uint8Array }
    await click(get('button', 'Settings'))
    await click(get('button', 'Restore a backup…'))
    return app
  }

  test('asks for the file, then its passphrase, and says what came back', async () => {
    await openRestore()
    const restore = get('dialog', 'Restore a backup')
    expect(text(restore)).toContain('Use only one computer from now on.')
    expect(query('textbox', 'Passphrase', restore)).toBeNull()
    await click(get('button', 'Select a backup…', restore))
    expect(text(restore)).toContain('backup.tokendesk')
    await type(get('textbox', 'Passphrase', restore), PASSPHRASE)
    await click(get('button', 'Restore', restore))
    expect(text(get('status', /restored/u, restore))).toContain('3 accounts restored.')
    expect(text(restore)).toContain('Its settings now apply here.')
    expect(document.documentElement.outerHTML).not.toContain(PASSPHRASE)
  })

  test('says that the settings stay where there are accounts', async () => {
    await openRestore([anAccount()])
    await click(get('button', 'Select a backup…'))
    await type(get('textbox', 'Passphrase'), PASSPHRASE)
    await click(get('button', 'Restore'))
    const restore = get('dialog', 'Restore a backup')
    expect(text(restore)).toContain('2 accounts restored. 1 already exists and wasn’t changed.')
    expect(text(restore)).toContain('Your settings are unchanged.')
  })

  test('stays open with what was typed where the passphrase is wrong', async () => {
    await openRestore()
    await click(get('button', 'Select a backup…'))
    await type(get('textbox', 'Passphrase'), 'not the right one')
    await click(get('button', 'Restore'))
    expect(text(get('alert'))).toContain('The passphrase is wrong')
    expect(valueOf(get('textbox', 'Passphrase'))).toBe('not the right one')
    expect(document.activeElement).toBe(get('textbox', 'Passphrase'))
    await type(get('textbox', 'Passphrase'), PASSPHRASE)
    await click(get('button', 'Restore'))
    expect(query('status', /3 accounts restored/u)).not.toBeNull()
  })
})

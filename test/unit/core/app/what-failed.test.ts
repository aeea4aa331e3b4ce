/** A message about a disk that refuses names what could not be saved, and what holds now. */
import { expect, test } from 'vitest'
import { StorageUnwritableError } from '../../../../electron/core/base/errors'
import type { Bridge, Result } from '../../../../electron/shared/ipc/contract'
import { asSentence, describeCallError } from '../../../../electron/shared/wording'
import { anEnvironment, aPartner } from '../../../support/builders'
import { startMain, PASSPHRASE, type MainInMemory } from '../../../support/main-in-memory'

const account = aPartner({ name: 'ACME' })
const environment = anEnvironment()

function fill({ office }: MainInMemory): void {
  for (const store of [office.records, office.stateStore, office.lockStore, office.notificationLogStore]) {
    store.full = true
  }
  office.dialogs.whileOpen = () => Promise.reject(new StorageUnwritableError('ENOSPC'))
}

interface Case {
  readonly act: string
  readonly run: (bridge: Bridge) => Promise<Result<unknown>>
  readonly says: string
}

const CASES: readonly Case[] = [
  {
    act: 'Add account',
    run: (bridge) =>
      bridge.addAccount({
        ...{ name: 'New', environmentId: environment.id, apiKey: 'partner-key', kind: 'detect' },
        ...{ partnerId: null, rememberApiKey: false },
      }),
    says: 'Couldn’t save the account (ENOSPC), so nothing was sent to the service.',
  },
  {
    act: 'Renew now',
    run: (bridge) => bridge.renewAccount({ id: account.id }),
    says: 'Couldn’t save the account (ENOSPC), so nothing was sent to the service.',
  },
  {
    act: 'Rename',
    run: (bridge) => bridge.editAccount({ id: account.id, name: 'Other' }),
    says: 'Couldn’t save the account (ENOSPC), so it’s unchanged.',
  },
  {
    act: 'New environment',
    run: (bridge) =>
      bridge.addEnvironment({ name: 'Other', baseUrl: 'https://other.example', production: false }),
    says: 'Couldn’t save the environments (ENOSPC), so they’re unchanged.',
  },
  {
    act: 'Edit environment',
    run: (bridge) => bridge.editEnvironment({ id: environment.id, name: 'Other' }),
    says: 'Couldn’t save the environments (ENOSPC), so they’re unchanged.',
  },
  {
    act: 'Settings',
    run: (bridge) => bridge.changeSettings({ theme: 'dark' }),
    says: 'Couldn’t save the settings (ENOSPC), so they’re unchanged.',
  },
  {
    act: 'Reset settings',
    run: (bridge) => bridge.resetSettings(undefined),
    says: 'Couldn’t save the settings (ENOSPC), so they’re unchanged.',
  },
  {
    act: 'where secrets are kept',
    run: (bridge) => bridge.chooseStorage({ choice: 'memory-only' }),
    says: 'Couldn’t change where secrets are kept (ENOSPC), so they’re where they were.',
  },
  {
    act: 'Set passphrase',
    run: (bridge) => bridge.setPassphrase({ wanted: PASSPHRASE, current: '' }),
    says: 'Couldn’t save the lock (ENOSPC), so it’s unchanged.',
  },
  {
    act: 'Export',
    run: (bridge) => bridge.exportAccounts({ format: 'csv' }),
    says: 'Couldn’t save the file (ENOSPC), and a file that was there before is unchanged.',
  },
  {
    act: 'Back up',
    run: (bridge) => bridge.backUp({ passphrase: PASSPHRASE }),
    says: 'Couldn’t save the file (ENOSPC), and a file that was there before is unchanged.',
  },
]

test.each(CASES)('a full disk has its own message at: $act', async ({ run, says }) => {
  const main = await startMain({ accounts: [account], environments: [environment] })
  const sent = main.office.service.requests.length
  fill(main)
  const result = await run(main)
  expect(result.ok ? null : describeCallError(result.error).what).toBe(says)
  expect(main.office.service.requests).toHaveLength(sent)
})

test('a restore on a full disk says that it was a restore, and that what came first is kept', async () => {
  const first = await startMain({ accounts: [account], environments: [environment] })
  await first.backUp({ passphrase: PASSPHRASE })
  const main = await startMain()
  const bytes = first.office.dialogs.saved.get('tokendesk-backup.tokendesk')
  if (!(bytes instanceof Uint8Array)) throw new Error('no backup was saved')
  main.office.dialogs.chosen = { name: 'b.tokendesk', bytes }
  await main.chooseBackup(undefined)
  fill(main)
  const result = await main.restoreBackup({ passphrase: PASSPHRASE })
  expect(result.ok ? null : asSentence(describeCallError(result.error))).toBe(
    'Couldn’t restore everything (ENOSPC), but what was restored so far is kept. Free some disk space or restore write access, then restore the backup again.',
  )
})

test('a start at login that can not be written says so', async () => {
  const main = await startMain({ accounts: [account], environments: [environment] })
  main.office.loginItem.failure = new StorageUnwritableError('EACCES')
  const result = await main.startAtLogin({ on: true })
  expect(result.ok ? null : describeCallError(result.error).what).toBe(
    'Couldn’t change what starts at login (EACCES), so it’s unchanged.',
  )
})

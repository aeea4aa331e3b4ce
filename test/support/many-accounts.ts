import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AccountRecord } from '../../electron/core/vault/account-record'
import { recordOf } from '../../electron/core/vault/vault-entry'
import type { AccountId } from '../../electron/shared/account'
import type { EnvironmentId } from '../../electron/shared/environment'
import { DEFAULT_POLICY } from '../../electron/shared/policy'

const DAY = 86_400_000

/** Writes them into the profile as a TokenDesk with another keyring left them: their secrets can't be decrypted. */
export function writeAccounts(
  profile: string,
  baseUrl: string,
  { partners, companiesEach }: { readonly partners: number; readonly companiesEach: number },
): void {
  const folder = join(profile, 'accounts')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const write = (record: AccountRecord): void => {
    writeFileSync(join(folder, `${record.id}.json`), JSON.stringify(record), { mode: 0o600 })
  }
  const environment = {
    id: randomUUID() as string as EnvironmentId,
    name: 'Sandbox',
    baseUrl,
    production: false,
    colour: 'teal' as const,
    defaultTimeZone: 'UTC',
    revision: 0,
  }
  // Otherwise the environment would be restored from the accounts' copies, and its base URL would need confirmation.
  const state = { version: 1, settings: {}, environments: [{ ...environment, clockSkewMs: null }] }
  writeFileSync(join(profile, 'tokendesk.json'), JSON.stringify(state), { mode: 0o600 })
  const now = Date.now()
  const account = (name: string, partnerId: AccountId | null): AccountId => {
    const id = randomUUID() as string as AccountId
    const kind = partnerId === null ? ('partner' as const) : ('company' as const)
    const fields = {
      ...{ name, kind, kindChoice: kind, partnerId, environment, createdAt: now, policy: DEFAULT_POLICY },
      ...{ pinned: false, tags: [], note: '' },
    }
    write(
      recordOf(id, fields, {
        jwt: { receivedAt: now, expiresAt: now + DAY, claimDifferenceMs: null },
        refreshToken:
          partnerId === null ? { receivedAt: now - DAY, expiresAt: now + 29 * DAY, refused: null } : null,
        ...{
          remembersApiKey: false,
          apiKeyHint: null,
          keyRefused: null,
          keyOfAnother: false,
          maybeReplaced: false,
        },
        journal: { state: 'settled' },
        sealed: `gnome_libsecret:${Buffer.from('v11 of another keyring').toString('base64')}`,
      }),
    )
    return id
  }
  for (let partner = 1; partner <= partners; partner += 1) {
    const number = String(partner).padStart(3, '0')
    const id = account(`Partner ${number}`, null)
    for (let company = 1; company <= companiesEach; company += 1)
      account(`Company ${number}-${String(company).padStart(2, '0')}`, id)
  }
}

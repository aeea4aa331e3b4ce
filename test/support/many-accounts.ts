import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AccountRecord } from '../../electron/core/vault/account-record'
import { recordOf } from '../../electron/core/vault/vault-entry'
import type { AccountId } from '../../electron/shared/account'
import type { EnvironmentId } from '../../electron/shared/environment'
import { DEFAULT_POLICY } from '../../electron/shared/policy'

const DAY = 86_400_000

export interface ManyAccounts {
  readonly partners: number
  readonly companiesEach: number
  /** The first is the default and all accounts' own; with more, partners take them in turn. */
  readonly environments?: readonly { readonly name: string; readonly production: boolean }[]
  /** Companies take them in turn, two of three have none. */
  readonly tags?: readonly string[]
}

/** Writes them into the profile as a TokenDesk with another keyring left them: their secrets can't be decrypted. */
export function writeAccounts(
  profile: string,
  baseUrl: string,
  {
    partners,
    companiesEach,
    environments = [{ name: 'Sandbox', production: false }],
    tags = [],
  }: ManyAccounts,
): void {
  const folder = join(profile, 'accounts')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const write = (record: AccountRecord): void => {
    writeFileSync(join(folder, `${record.id}.json`), JSON.stringify(record), { mode: 0o600 })
  }
  const known = environments.map(({ name, production }) => ({
    ...{ id: randomUUID() as string as EnvironmentId, name, baseUrl, production },
    colour: production ? ('violet' as const) : ('teal' as const),
    ...{ defaultTimeZone: 'UTC', revision: 0 },
  }))
  // Otherwise the environment would be restored from the accounts' copies, and its base URL would need confirmation.
  const state = {
    version: 1,
    settings: {},
    environments: known.map((each) => ({ ...each, clockSkewMs: null })),
  }
  writeFileSync(join(profile, 'tokendesk.json'), JSON.stringify(state), { mode: 0o600 })
  const now = Date.now()
  const account = (
    name: string,
    partner: number,
    company: number,
    partnerId: AccountId | null,
  ): AccountId => {
    const environment = known[partner % known.length]
    if (environment === undefined) throw new Error('there is no environment')
    const tag = company % 3 === 1 ? tags[Math.floor(company / 3) % tags.length] : undefined
    const id = randomUUID() as string as AccountId
    const kind = partnerId === null ? ('partner' as const) : ('company' as const)
    const fields = {
      ...{ name, kind, kindChoice: kind, partnerId, environment, createdAt: now, policy: DEFAULT_POLICY },
      ...{ pinned: false, tags: tag === undefined ? [] : [tag], note: '' },
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
    const id = account(`Partner ${number}`, partner, 0, null)
    for (let company = 1; company <= companiesEach; company += 1)
      account(`Company ${number}-${String(company).padStart(2, '0')}`, partner, company, id)
  }
}

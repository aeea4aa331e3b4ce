/** What a backup made now would hold. */
import type { AccountId } from '../../shared/account'
import type { Checked } from '../../shared/checked'
import type { EnvironmentId } from '../../shared/environment'
import type { LockedReason } from '../../shared/problem'
import type { BackupResult } from '../../shared/transfer'
import { copyOf, type Secrets } from '../vault/account-record'
import type { AccountUsage } from '../activity/account-usage'
import type { SettingsStore } from '../settings/settings-store'
import type { EnvironmentStore } from '../settings/environment-store'
import type { BackupAccount, BackupContent, BackupEnvironment } from './backup'
import type { Clock } from '../base/ports'
import type { Account } from '../vault/account-view'
import type { Vault } from '../vault/vault'

export interface BackupContentDeps {
  readonly vault: Vault
  readonly settingsStore: SettingsStore
  readonly environmentStore: EnvironmentStore
  readonly usage: AccountUsage
  readonly clock: Clock
}

/**
 * Refuses when no account's secrets can be decrypted, with the reason of the first: that would be no backup. Where only
 * some can't, it says which.
 */
export async function backupContent({
  vault,
  settingsStore,
  environmentStore,
  usage,
  clock,
}: BackupContentDeps): Promise<Checked<BackupContent & BackupResult, LockedReason>> {
  const { unprotectedStorage: _, ...settings } = settingsStore.current
  const environments = new Map<EnvironmentId, BackupEnvironment>(
    environmentStore.all.map((environment) => {
      const { id, addressConfirmed } = environment
      return [id, { ...copyOf(environment), addressConfirmed }]
    }),
  )
  const accounts: BackupAccount[] = []
  const withoutSecrets: string[] = []
  const leftOut: string[] = []
  let opened = 0
  let shut: LockedReason | null = null
  for (const id of vault.ids()) {
    const read = await readWhole(id, vault)
    // Removed meanwhile.
    if (read === null) continue
    const { account, secrets, locked } = read
    const { environment, session: facts, ...rest } = account
    const { locked: _locked, secretsIn: _secretsIn, ...decided } = rest
    const { triesOnceMore: _tries, doubtfulStatus: _status, ...profile } = decided
    if (locked !== null) shut ??= locked
    if (!environments.has(environment.id)) {
      leftOut.push(account.name)
      continue
    }
    if (locked !== null) withoutSecrets.push(account.name)
    const session = facts === null || secrets === null ? null : { facts, secrets }
    if (session !== null) opened += 1
    accounts.push({ ...profile, ...usage.of(id), environmentId: environment.id, session })
  }
  if (opened === 0 && shut !== null) return { ok: false, reason: shut }
  const content = { createdAt: clock.now(), settings, environments: [...environments.values()], accounts }
  return { ok: true, value: { ...content, withoutSecrets, leftOut } }
}

interface ReadWhole {
  readonly account: Account
  /** Null when there are none, or they stay shut. */
  readonly secrets: Secrets | null
  readonly locked: LockedReason | null
}

/** What is known of an account, and the secrets that belong to it: a renewal while they are opened makes both anew. */
async function readWhole(id: AccountId, vault: Vault): Promise<ReadWhole | null> {
  for (;;) {
    const before = vault.get(id)
    if (before === undefined) return null
    if (before.session === null) return { account: before, secrets: null, locked: before.locked }
    const opened = await vault.secrets(id)
    const account = vault.get(id)
    if (account?.session !== before.session) continue
    return opened.ok
      ? { account, secrets: opened.secrets, locked: null }
      : { account, secrets: null, locked: opened.reason }
  }
}

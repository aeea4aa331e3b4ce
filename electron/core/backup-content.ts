/** What a backup made now would hold. */
import type { EnvironmentId } from '../shared/environment'
import type { LockedReason } from '../shared/problem'
import type { Checked } from '../shared/account'
import type { BackupResult } from '../shared/transfer'
import { copyOf } from './account-record'
import type { AppState } from './app-state'
import type { BackupAccount, BackupContent, BackupEnvironment } from './backup'
import type { Clock } from './ports'
import type { Account, Vault } from './vault'

export interface BackupContentDeps {
  readonly vault: Vault
  readonly state: AppState
  readonly clock: Clock
}

/**
 * Refuses, with why the first one stays shut, when no account's secrets can be opened: what would be saved then is no
 * backup. Where only some stay shut, it says which.
 */
export async function backupContent({
  vault,
  state,
  clock,
}: BackupContentDeps): Promise<Checked<BackupContent & BackupResult, LockedReason>> {
  const { unprotectedStorage: _, ...settings } = state.settings
  const environments = new Map<EnvironmentId, BackupEnvironment>(
    state.environments.map((environment) => [environment.id, copyOf(environment)]),
  )
  const accounts: BackupAccount[] = []
  const withoutSecrets: string[] = []
  const leftOut: string[] = []
  let opened = 0
  let shut: LockedReason | null = null
  for (const account of vault.accounts()) {
    if (!environments.has(account.environment.id)) {
      shut ??= account.locked
      leftOut.push(account.name)
      continue
    }
    const { backedUp, locked } = await withSecrets(account, vault)
    accounts.push(backedUp)
    if (backedUp.session !== null) opened += 1
    if (locked === null) continue
    shut ??= locked
    withoutSecrets.push(account.name)
  }
  if (opened === 0 && shut !== null) return { ok: false, reason: shut }
  const content = { createdAt: clock.now(), settings, environments: [...environments.values()], accounts }
  return { ok: true, value: { ...content, withoutSecrets, leftOut } }
}

async function withSecrets(
  account: Account,
  vault: Vault,
): Promise<{ readonly backedUp: BackupAccount; readonly locked: LockedReason | null }> {
  const { environment, locked, secretsIn: _secretsIn, session: facts, ...profile } = account
  const whole = { ...profile, environmentId: environment.id }
  if (facts === null) return { backedUp: { ...whole, session: null }, locked }
  const opened = await vault.secrets(account.id)
  return opened.ok
    ? { backedUp: { ...whole, session: { facts, secrets: opened.secrets } }, locked: null }
    : { backedUp: { ...whole, session: null }, locked: opened.reason }
}

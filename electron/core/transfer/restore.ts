/** Restores what a backup holds and does not exist yet; what exists stays as it is. */
import { accountNameKey, checkProfile, nameKey, type ProfileProblem } from '../../shared/account-fields'
import { UNDECIDED, type AccountId } from '../../shared/account'
import type { Environment, EnvironmentId } from '../../shared/environment'
import type { RestoreResult } from '../../shared/transfer'
import { copyOf, recovered } from '../vault/account-record'
import type { AccountUsage } from '../activity/account-usage'
import type { Activity } from '../activity/activity'
import type { AppEmitter } from '../base/app-events'
import type { SettingsStore } from '../settings/settings-store'
import type { EnvironmentStore } from '../settings/environment-store'
import type { BackupAccount, BackupContent, BackupEnvironment } from './backup'
import type { Vault } from '../vault/vault'

export interface RestoreDeps {
  readonly vault: Vault
  readonly settingsStore: SettingsStore
  readonly environmentStore: EnvironmentStore
  readonly activity: Activity
  readonly usage: AccountUsage
  readonly newId: () => string
  readonly events: AppEmitter
}

/**
 * Throws `StorageUnwritableError`; what was restored until then stays. `generation`: the vault's when it was asked for;
 * secrets that were forgotten since are not put back.
 */
export async function restore(
  { settings, environments, accounts }: BackupContent,
  generation: number,
  deps: RestoreDeps,
): Promise<RestoreResult> {
  // Who has accounts here has set up their own settings. Before the accounts, since renewal depends on them.
  const takesSettings = deps.vault.ids().length === 0
  if (takesSettings) deps.settingsStore.change(settings)
  const places = restoreEnvironments(environments, deps)
  const existing = new ExistingAccounts(deps.vault)
  let restored = 0
  let skipped = 0
  const refused: { name: string; problems: readonly ProfileProblem[] }[] = []
  for (const account of partnersFirst(accounts)) {
    // It may be removed, or get another address, while accounts are stored.
    const place = places.get(account.environmentId)
    const environment = place === undefined ? undefined : deps.environmentStore.get(place)
    if (environment === undefined || existing.has(account, environment)) {
      skipped += 1
      continue
    }
    const problems = problemsOf(account)
    if (problems.length > 0) refused.push({ name: account.name, problems })
    const bad = new Set(problems.map(({ field }) => field))
    if (bad.has('name')) continue
    const usable = {
      ...account,
      tags: bad.has('tags') ? UNDECIDED.tags : account.tags,
      note: bad.has('note') ? UNDECIDED.note : account.note,
    }
    await restoreAccount(usable, environment, existing, { ...deps, generation })
    restored += 1
  }
  return { restored, skipped, tookSettings: takesSettings, refused }
}

/** By the check that is made of what people type: nobody could save such an account again. */
function problemsOf(account: BackupAccount): readonly ProfileProblem[] {
  const checked = checkProfile(account)
  return checked.ok ? [] : checked.reason
}

/** A company finds its partner only when that is here. */
function partnersFirst(accounts: readonly BackupAccount[]): readonly BackupAccount[] {
  return [...accounts].sort((a, b) => Number(b.kind === 'partner') - Number(a.kind === 'partner'))
}

async function restoreAccount(
  account: BackupAccount,
  environment: Environment,
  existing: ExistingAccounts,
  { vault, activity, usage, events, generation }: RestoreDeps & { readonly generation: number },
): Promise<void> {
  const { id, environmentId: _, session, usage: used, copyFormat, ...profile } = account
  const partnerId = existing.partnerOf(account, environment)
  const whole = { ...profile, partnerId, environment: copyOf(environment) }
  if (session === null) vault.createWithoutSession(id, whole)
  else await vault.create(id, whole, recovered(session.facts), session.secrets, generation)
  if (used !== null) usage.takeOver(id, { ...used, format: copyFormat })
  activity.note(id, profile.name, { kind: 'added' })
  events.emit('accountsChanged', { ids: [id] })
}

/** Which environment here stands for which of the backup's: of the same name and address, or one that is added. */
function restoreEnvironments(
  environments: readonly BackupEnvironment[],
  { environmentStore, newId }: RestoreDeps,
): ReadonlyMap<EnvironmentId, EnvironmentId> {
  const places = new Map<EnvironmentId, EnvironmentId>()
  for (const each of environments) {
    const same = environmentStore.all.find(
      (existing) => existing.baseUrl === each.baseUrl && nameKey(existing.name) === nameKey(each.name),
    )
    const known = same ?? {
      ...each,
      id: environmentStore.get(each.id) === undefined ? each.id : (newId() as EnvironmentId),
      name: freeEnvironmentName(each.name, environmentStore),
      clockSkewMs: null,
      doubt: null,
      // The very environment is here with another address: the backup's has been replaced since.
      addressConfirmed: each.addressConfirmed && environmentStore.get(each.id) === undefined,
    }
    if (same === undefined) environmentStore.add(known)
    places.set(each.id, known.id)
  }
  return places
}

function freeEnvironmentName(wanted: string, environmentStore: EnvironmentStore): string {
  const taken = new Set(environmentStore.all.map(({ name }) => nameKey(name)))
  let name = wanted
  for (let n = 2; taken.has(nameKey(name)); n += 1) name = `${wanted} (${String(n)})`
  return name
}

/** Which account here stands for which of the backup's: the very one, or one of the same name and environment. */
class ExistingAccounts {
  readonly #byName = new Map<string, AccountId>()
  readonly #instead = new Map<AccountId, AccountId>()

  constructor(private readonly vault: Vault) {
    for (const { id, name, environment } of vault.accounts())
      this.#byName.set(accountNameKey(environment.id, name), id)
  }

  has({ id, name }: BackupAccount, environment: Environment): boolean {
    if (this.vault.get(id) !== undefined) return true
    if (!this.vault.isNameTaken(environment.id, name, null)) return false
    const instead = this.#byName.get(accountNameKey(environment.id, name))
    if (instead !== undefined) this.#instead.set(id, instead)
    return true
  }

  /** Null where it is no partner here, or none of the company's environment. */
  partnerOf({ partnerId }: BackupAccount, environment: Environment): AccountId | null {
    if (partnerId === null) return null
    const partner = this.vault.get(this.#instead.get(partnerId) ?? partnerId)
    return partner?.kind === 'partner' && partner.environment.id === environment.id ? partner.id : null
  }
}

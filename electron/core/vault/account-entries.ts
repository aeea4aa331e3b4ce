/** The accounts that are known, by id and by name, and those that are being stored for the first time. */
import type { AccountId } from '../../shared/account'
import type { EnvironmentId } from '../../shared/environment'
import type { EnvironmentCopy } from './account-record'
import { AccountGoneError } from '../base/errors'
import { TakenNames } from './account-name-index'
import type { Entry, Profile } from './vault-entry'

export class AccountEntries implements Iterable<readonly [AccountId, Entry]> {
  readonly #byId = new Map<AccountId, Entry>()
  readonly #creating = new Set<Entry>()
  /** Their removal is pending. */
  readonly #hidden = new Set<AccountId>()
  /** Built on first use. */
  #names: TakenNames | null = null

  /** Without those that are hidden. */
  ids(): readonly AccountId[] {
    return [...this.#byId.keys()].filter((id) => !this.#hidden.has(id))
  }

  /** For all who don't write it: undefined while it is hidden. */
  shown(id: AccountId): Entry | undefined {
    return this.#hidden.has(id) ? undefined : this.#byId.get(id)
  }

  isHidden(id: AccountId): boolean {
    return this.#hidden.has(id)
  }

  /** A hidden account counts as gone and its name as free, while what is under way for it is still stored. */
  setHidden(id: AccountId, hidden: boolean): void {
    const { environment, name } = this.get(id).profile
    if (hidden) this.#hidden.add(id)
    else this.#hidden.delete(id)
    if (hidden) this.#names?.forget(environment.id, name, id)
    else this.#names?.note(environment.id, name, id)
  }

  [Symbol.iterator](): Iterator<[AccountId, Entry]> {
    return this.#byId[Symbol.iterator]()
  }

  values(): Iterable<Entry> {
    return this.#byId.values()
  }

  find(id: AccountId): Entry | undefined {
    return this.#byId.get(id)
  }

  /** Throws `AccountGoneError`. */
  get(id: AccountId): Entry {
    const entry = this.#byId.get(id)
    if (entry === undefined) throw new AccountGoneError(id)
    return entry
  }

  /** Whether this is still the entry of that id: it may have been removed, and added again. */
  has(id: AccountId, entry: Entry): boolean {
    return this.#byId.get(id) === entry
  }

  put(id: AccountId, entry: Entry): void {
    this.#byId.set(id, entry)
    this.#hidden.delete(id)
    this.#names?.note(entry.profile.environment.id, entry.profile.name, id)
  }

  remove(id: AccountId): void {
    const entry = this.#byId.get(id)
    if (entry !== undefined) this.#names?.forget(entry.profile.environment.id, entry.profile.name, id)
    this.#byId.delete(id)
    this.#hidden.delete(id)
  }

  changeProfile(id: AccountId, profile: Profile): void {
    const entry = this.get(id)
    this.#names?.forget(entry.profile.environment.id, entry.profile.name, id)
    entry.profile = profile
    this.#names?.note(profile.environment.id, profile.name, id)
  }

  /** While it is being stored, it already follows changes of its environment and counts as one of its accounts. */
  async creating<Value>(entry: Entry, store: () => Promise<Value>): Promise<Value> {
    this.#creating.add(entry)
    try {
      return await store()
    } finally {
      this.#creating.delete(entry)
    }
  }

  isPartner(id: AccountId): boolean {
    return this.shown(id)?.profile.kind === 'partner'
  }

  /** Whether an account other than `self` has the name in its environment, in any spelling. */
  isNameTaken(environmentId: EnvironmentId, name: string, self: AccountId | null): boolean {
    this.#names ??= this.#allNames()
    return this.#names.isTaken(environmentId, name, self)
  }

  environmentChanged(environment: EnvironmentCopy): void {
    const { id, revision, baseUrl } = environment
    for (const entry of this.#all()) {
      const known = entry.profile.environment
      if (known.id !== id || (known.revision === revision && known.baseUrl === baseUrl)) continue
      entry.profile = { ...entry.profile, environment }
    }
  }

  /** Whether an account is in the environment, or is being added to it. */
  isUsed(id: EnvironmentId): boolean {
    return this.#all().some(({ profile: { environment } }) => environment.id === id)
  }

  /** Accounts whose files still have an address that their environment no longer has. */
  staleAddresses(): readonly AccountId[] {
    return Array.from(this.#byId).flatMap(
      ([
        id,
        {
          file: { holds },
          profile,
        },
      ]) => (holds !== null && holds.profile.environment.baseUrl !== profile.environment.baseUrl ? [id] : []),
    )
  }

  #all(): readonly Entry[] {
    return [...this.#byId.values(), ...this.#creating]
  }

  #allNames(): TakenNames {
    const names = new TakenNames()
    for (const [id, { profile }] of this.#byId) {
      if (!this.#hidden.has(id)) names.note(profile.environment.id, profile.name, id)
    }
    return names
  }
}

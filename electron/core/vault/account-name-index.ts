/** Finds accounts by name without comparing all of them, for imports of thousands. */
import { accountNameKey } from '../../shared/account-fields'
import type { AccountId } from '../../shared/account'
import type { EnvironmentId } from '../../shared/environment'

export class TakenNames {
  readonly #owners = new Map<string, Set<AccountId>>()

  /** Whether an account other than `self` has the name in its environment, in any spelling. */
  isTaken(environmentId: EnvironmentId, name: string, self: AccountId | null): boolean {
    const owners = this.#owners.get(accountNameKey(environmentId, name))
    return owners !== undefined && (owners.size > 1 || self === null || !owners.has(self))
  }

  note(environmentId: EnvironmentId, name: string, id: AccountId): void {
    const place = accountNameKey(environmentId, name)
    this.#owners.set(place, (this.#owners.get(place) ?? new Set()).add(id))
  }

  forget(environmentId: EnvironmentId, name: string, id: AccountId): void {
    const place = accountNameKey(environmentId, name)
    const owners = this.#owners.get(place)
    owners?.delete(id)
    if (owners?.size === 0) this.#owners.delete(place)
  }
}

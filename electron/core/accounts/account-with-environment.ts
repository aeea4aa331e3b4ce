/** Adds an account together with its environment: both, or neither. */
import type { FieldProblem, ParsedInput, Result } from '../../shared/ipc/contract'
import type { LoggedInAccount } from '../../shared/twin'
import { badField, badFields } from '../base/results'
import type { EnvironmentStore } from '../settings/environment-store'
import type { AccountService } from './account-service'
import type { EnvironmentService } from './environment-service'

export interface AccountWithEnvironmentDeps {
  readonly accounts: AccountService
  readonly environments: EnvironmentService
  readonly environmentStore: EnvironmentStore
}

export class AccountWithEnvironment {
  constructor(private readonly deps: AccountWithEnvironmentDeps) {}

  /** With `newEnvironment`, that is stored when its service has granted something, and not before. */
  async add(
    { environmentId, newEnvironment, ...typed }: ParsedInput<'addAccount'>,
    signal: AbortSignal,
  ): Promise<Result<LoggedInAccount>> {
    const { accounts, environments, environmentStore } = this.deps
    if (newEnvironment === undefined) {
      if (environmentId === null) return badField('environmentId', 'unknown')
      return await accounts.add({ ...typed, environmentId }, signal)
    }
    const proposed = environments.propose(newEnvironment)
    if (!proposed.ok) return badFields(proposed.reason.map(ofEnvironment))
    const { id } = proposed.value
    try {
      const added = await accounts.add({ ...typed, environmentId: id }, signal)
      // It was stored, but the account's record was refused.
      if (!added.ok && environmentStore.all.some((each) => each.id === id)) await environments.remove(id)
      return added
    } finally {
      // What its service still answers is dropped.
      environmentStore.withdraw(id)
    }
  }
}

/** The form has a name of the account as well. */
function ofEnvironment(problem: FieldProblem): FieldProblem {
  return problem.field === 'name' ? { ...problem, field: 'environmentName' } : problem
}

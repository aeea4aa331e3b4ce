/** What people do with environments: add, edit, remove, and test whether an address answers. */
import { checkName, nameKey } from '../../shared/account-fields'
import type { Checked } from '../../shared/checked'
import { isKnownZone } from '../../shared/api-date'
import { checkBaseUrl } from '../../shared/base-url'
import type { Environment, EnvironmentColour, EnvironmentId } from '../../shared/environment'
import type { FieldProblem, Result } from '../../shared/ipc/contract'
import { copyOf } from '../vault/account-record'
import type { AddressFollower } from '../session/address-follower'
import type { EnvironmentStore, EnvironmentChange } from '../settings/environment-store'
import type { AuthApi, ReachOutcome } from '../base/ports'
import {
  toResult,
  badField,
  badFields,
  done,
  environmentBusy,
  failed,
  inUse,
  notFound,
} from '../base/results'
import type { SessionService } from '../session/session-service'
import type { Vault } from '../vault/vault'
import { defined } from '../base/defined'
import type { Removals } from './removals'

export interface NewEnvironment {
  readonly name: string
  readonly baseUrl: string
  readonly production: boolean
}

/** Absent fields stay as they are. */
export interface EnvironmentEdit {
  readonly name?: string | undefined
  readonly baseUrl?: string | undefined
  readonly production?: boolean | undefined
  readonly colour?: EnvironmentColour | undefined
  readonly defaultTimeZone?: string | undefined
}

export interface EnvironmentServiceDeps {
  readonly environmentStore: EnvironmentStore
  readonly vault: Vault
  readonly sessions: SessionService
  readonly addresses: AddressFollower
  readonly removals: Pick<Removals, 'finishIn'>
  readonly api: Pick<AuthApi, 'reach'>
  readonly newId: () => string
}

export class EnvironmentService {
  constructor(private readonly deps: EnvironmentServiceDeps) {}

  async add(typed: NewEnvironment): Promise<Result<Environment>> {
    const { environmentStore } = this.deps
    const checked = this.#make(typed)
    if (!checked.ok) return badFields(checked.reason)
    return await toResult('environment', () => {
      environmentStore.add(checked.value)
      return done(checked.value)
    })
  }

  /** For an account that is logged in there first: kept only if the store accepts it later. */
  propose(typed: NewEnvironment): Checked<Environment, FieldProblem[]> {
    const checked = this.#make(typed)
    if (checked.ok) this.deps.environmentStore.propose(checked.value)
    return checked
  }

  /** Its accounts stay, and send their tokens and keys to the new address from now on. */
  async edit(id: EnvironmentId, typed: EnvironmentEdit): Promise<Result<Environment>> {
    const { environmentStore } = this.deps
    const before = environmentStore.get(id)
    if (before === undefined) return notFound('environment')
    const { production, colour, defaultTimeZone } = typed
    const checked = this.#check({ ...before, ...defined(typed) }, id)
    if (!checked.ok) return badFields(checked.reason)
    if (defaultTimeZone !== undefined && !isKnownZone(defaultTimeZone)) {
      return badField('defaultTimeZone', 'unknown')
    }
    const change: EnvironmentChange = {
      ...checked.value,
      ...defined({ production, colour, defaultTimeZone }),
    }
    return await this.#change(before, change)
  }

  /** A person confirms, or corrects, an address that was read from an account record. */
  async confirmAddress(id: EnvironmentId, typedBaseUrl: string): Promise<Result<Environment>> {
    const before = this.deps.environmentStore.get(id)
    if (before === undefined) return notFound('environment')
    const url = checkBaseUrl(typedBaseUrl)
    if (!url.ok) return badField('baseUrl', url.reason)
    return await this.#change(before, { baseUrl: url.value.baseUrl, addressConfirmed: true })
  }

  /** Renews one account of an environment that is in doubt; if that succeeds, the others follow automatically. */
  async retry(id: EnvironmentId): Promise<Result<undefined>> {
    const { environmentStore, sessions } = this.deps
    if (environmentStore.get(id) === undefined) return notFound('environment')
    const inDoubt = sessions.oneInDoubt(id)
    if (inDoubt === null) {
      environmentStore.setDoubt(id, null)
      return done(undefined)
    }
    return await toResult('session', async () => {
      const outcome = await sessions.renew(inDoubt, { force: true })
      return outcome.ok ? done(undefined) : failed(outcome.problem)
    })
  }

  /** A person says that the environment is right, so the accounts that it refused need their API keys. */
  async trustRefusals(id: EnvironmentId): Promise<Result<undefined>> {
    if (this.deps.environmentStore.get(id) === undefined) return notFound('environment')
    return await toResult('environment', async () => {
      await this.deps.sessions.trustRefusals(id)
      return done(undefined)
    })
  }

  async #change(before: Environment, change: EnvironmentChange): Promise<Result<Environment>> {
    const { environmentStore, vault, sessions, addresses } = this.deps
    return await toResult('environment', () => {
      const changed = environmentStore.change(before.id, change)
      if (changed === undefined) return notFound('environment')
      vault.environmentChanged(copyOf(changed))
      const isMoved = changed.baseUrl !== before.baseUrl
      if (isMoved) addresses.follow()
      if (isMoved || changed.addressConfirmed !== before.addressConfirmed) sessions.addressChanged(before.id)
      return done(changed)
    })
  }

  /** Refused while an account is in it or being added, since what the service grants meanwhile must not be lost. */
  async remove(id: EnvironmentId): Promise<Result<undefined>> {
    const { environmentStore, vault, sessions, removals } = this.deps
    if (environmentStore.get(id) === undefined) return notFound('environment')
    if (!vault.accounts().some(({ environment }) => environment.id === id)) await removals.finishIn(id)
    if (vault.isUsed(id)) return inUse
    if (sessions.isAsking(id)) return environmentBusy
    return await toResult('environment', () => {
      environmentStore.remove(id)
      return done(undefined)
    })
  }

  /** Whether anything answers at a typed base URL. Sends no secret. */
  async test(typedBaseUrl: string): Promise<Result<ReachOutcome>> {
    const url = checkBaseUrl(typedBaseUrl)
    return url.ok ? done(await this.deps.api.reach(url.value.baseUrl)) : badField('baseUrl', url.reason)
  }

  #make(typed: NewEnvironment): Checked<Environment, FieldProblem[]> {
    const { environmentStore, newId } = this.deps
    const checked = this.#check(typed, null)
    if (!checked.ok) return checked
    const environment: Environment = {
      id: newId() as EnvironmentId,
      ...checked.value,
      production: typed.production,
      colour: environmentStore.freeColour(typed.production),
      defaultTimeZone: 'UTC',
      clockSkewMs: null,
      revision: 0,
      addressConfirmed: true,
      doubt: null,
    }
    return { ok: true, value: environment }
  }

  #check(
    typed: Pick<NewEnvironment, 'name' | 'baseUrl'>,
    self: EnvironmentId | null,
  ): Checked<{ readonly name: string; readonly baseUrl: string }, FieldProblem[]> {
    const name = checkName(typed.name)
    const url = checkBaseUrl(typed.baseUrl)
    const reason: FieldProblem[] = []
    if (!name.ok) reason.push({ field: 'name', reason: name.reason })
    else if (this.#isTaken(name.value, self)) reason.push({ field: 'name', reason: 'duplicate' })
    if (!url.ok) reason.push({ field: 'baseUrl', reason: url.reason })
    return name.ok && url.ok && reason.length === 0
      ? { ok: true, value: { name: name.value, baseUrl: url.value.baseUrl } }
      : { ok: false, reason }
  }

  #isTaken(name: string, self: EnvironmentId | null): boolean {
    return this.deps.environmentStore.all.some(
      (each) => each.id !== self && nameKey(each.name) === nameKey(name),
    )
  }
}

/** What people do with accounts: add, copy, renew, change, remove. Checks what was typed; the parts do the rest. */
import {
  checkApiKey,
  checkName,
  nameKey,
  type AccountId,
  type AccountKind,
  type AccountSummary,
  type Checked,
  type KindChoice,
  type NameProblem,
} from '../shared/account'
import type { EpochMs } from '../shared/brand'
import type { Environment, EnvironmentId } from '../shared/environment'
import type { FieldProblem, Result } from '../shared/ipc/contract'
import type { EnvironmentCopy, SessionFacts } from './account-record'
import { summarise } from './account-summary'
import type { AppState } from './app-state'
import type { ClipboardService } from './clipboard-service'
import type { Clock } from './ports'
import { answering, badField, badFields, done, failed, notFound } from './results'
import type { LiveJwt, Outcome, SessionService } from './session-service'
import { AccountGoneError, type Profile, type Vault } from './vault'

export interface NewAccount {
  readonly name: string
  readonly environmentId: EnvironmentId
  readonly apiKey: string
  readonly kind: KindChoice
  readonly partnerId: AccountId | null
  readonly rememberApiKey: boolean
}

/** Absent fields stay as they are. */
export interface AccountEdit {
  readonly name?: string | undefined
  readonly kind?: KindChoice | undefined
  readonly partnerId?: AccountId | null | undefined
}

export interface AccountServiceDeps {
  readonly vault: Vault
  readonly state: AppState
  readonly sessions: SessionService
  readonly clipboard: ClipboardService
  readonly clock: Clock
  readonly newId: () => string
  readonly changed: (id: AccountId) => void
  readonly removed: (id: AccountId) => void
}

export class AccountService {
  constructor(private readonly deps: AccountServiceDeps) {}

  summaries(): readonly AccountSummary[] {
    return this.deps.vault.accounts().map((account) => summarise(account, this.deps.sessions))
  }

  summary(id: AccountId): AccountSummary | undefined {
    const account = this.deps.vault.get(id)
    return account && summarise(account, this.deps.sessions)
  }

  /** Logs in first: only an account whose key works is kept. */
  async add(typed: NewAccount): Promise<Result<AccountSummary>> {
    const { vault, state, sessions } = this.deps
    const name = this.#checkName(typed.environmentId, typed.name, null)
    const environment = state.environment(typed.environmentId)
    const key = checkApiKey(typed.apiKey)
    const problems: FieldProblem[] = []
    if (!name.ok) problems.push({ field: 'name', reason: name.reason })
    if (environment === undefined) problems.push({ field: 'environmentId', reason: 'unknown' })
    if (!key.ok) problems.push({ field: 'apiKey', reason: key.reason })
    if (!this.#mayBePartner(typed.partnerId, typed.environmentId, null)) {
      problems.push({ field: 'partnerId', reason: 'unknown' })
    }
    if (!name.ok || !key.ok || environment === undefined || problems.length > 0) return badFields(problems)

    return await answering(async () => {
      const session = await sessions.logIn(environment.id, key.value, typed.rememberApiKey)
      if (!session.ok) return failed(session.problem)
      const { facts, secrets } = session.value
      const kind = kindOf(typed.kind, facts)
      const profile: Profile = {
        name: name.value,
        kind,
        kindChoice: typed.kind,
        partnerId: kind === 'company' ? typed.partnerId : null,
        createdAt: this.deps.clock.now(),
        environment: copyOf(environment),
      }
      const id = this.deps.newId() as AccountId
      await vault.create(id, profile, facts, secrets)
      return this.#changed(id)
    })
  }

  /** A JWT with the life that the settings promise goes into the clipboard. */
  async copyJwt(id: AccountId): Promise<Result<{ expiresAt: EpochMs }>> {
    const { state, sessions, clipboard } = this.deps
    const { minimumJwtLifeMs, clipboardClearMs } = state.settings
    return await withJwt(sessions.liveJwt(id, minimumJwtLifeMs), async ({ jwt, expiresAt }) => {
      await clipboard.copy(jwt, clipboardClearMs)
      return done({ expiresAt })
    })
  }

  async renew(id: AccountId): Promise<Result<AccountSummary>> {
    return await withJwt(this.deps.sessions.renew(id, { insist: true }), () => this.#changed(id))
  }

  async enterApiKey(id: AccountId, typed: string, remember: boolean): Promise<Result<AccountSummary>> {
    const key = checkApiKey(typed)
    if (!key.ok) return badField('apiKey', key.reason)
    return await withJwt(this.deps.sessions.enterApiKey(id, key.value, remember), () => this.#changed(id))
  }

  async edit(id: AccountId, edit: AccountEdit): Promise<Result<AccountSummary>> {
    const account = this.deps.vault.get(id)
    if (account === undefined) return notFound
    const environmentId = account.environment.id
    const name = this.#checkName(environmentId, edit.name ?? account.name, id)
    if (!name.ok) return badField('name', name.reason)
    const partnerId = edit.partnerId === undefined ? account.partnerId : edit.partnerId
    if (edit.partnerId !== undefined && !this.#mayBePartner(partnerId, environmentId, id)) {
      return badField('partnerId', 'unknown')
    }
    const kind = edit.kind === undefined ? account.kind : kindOf(edit.kind, account.session)

    return await answering(() => {
      this.deps.vault.saveProfile(id, {
        name: name.value,
        kindChoice: edit.kind ?? account.kindChoice,
        kind,
        partnerId: kind === 'company' ? partnerId : null,
      })
      if (kind === 'company') this.#freeCompaniesOf(id)
      return this.#changed(id)
    })
  }

  async remove(id: AccountId): Promise<Result<undefined>> {
    if (this.deps.vault.get(id) === undefined) return notFound
    return await answering(() => {
      this.deps.vault.remove(id)
      this.deps.sessions.forget(id)
      this.deps.removed(id)
      this.#freeCompaniesOf(id)
      return done(undefined)
    })
  }

  /** A name is taken when another account of the environment has it, however it is spelt. */
  #checkName(
    environmentId: EnvironmentId,
    typed: string,
    self: AccountId | null,
  ): Checked<string, NameProblem | 'duplicate'> {
    const name = checkName(typed)
    if (!name.ok) return name
    const key = nameKey(name.value)
    const taken = this.deps.vault
      .accounts()
      .some((each) => each.id !== self && each.environment.id === environmentId && nameKey(each.name) === key)
    return taken ? { ok: false, reason: 'duplicate' } : name
  }

  /** A company hangs under a partner of its own environment, and never under itself. */
  #mayBePartner(partnerId: AccountId | null, environmentId: EnvironmentId, self: AccountId | null): boolean {
    if (partnerId === null) return true
    const partner = this.deps.vault.get(partnerId)
    return partner?.kind === 'partner' && partner.environment.id === environmentId && partner.id !== self
  }

  #freeCompaniesOf(partnerId: AccountId): void {
    for (const company of this.deps.vault.accounts()) {
      if (company.partnerId !== partnerId) continue
      this.deps.vault.saveProfile(company.id, { partnerId: null })
      this.deps.changed(company.id)
    }
  }

  #changed(id: AccountId): Result<AccountSummary> {
    this.deps.changed(id)
    const summary = this.summary(id)
    if (summary === undefined) throw new AccountGoneError(id)
    return done(summary)
  }
}

async function withJwt<Value>(
  asked: Promise<Outcome<LiveJwt>>,
  use: (jwt: LiveJwt) => Result<Value> | Promise<Result<Value>>,
): Promise<Result<Value>> {
  return await answering(async () => {
    const outcome = await asked
    return outcome.ok ? await use(outcome.value) : failed(outcome.problem)
  })
}

/** By the user's choice; detected, a refresh token means partner (auth-api.md, rule 2). */
function kindOf(choice: KindChoice, session: SessionFacts | null): AccountKind {
  if (choice !== 'detect') return choice
  return session?.refreshToken == null ? 'company' : 'partner'
}

function copyOf({ id, name, baseUrl, production, colour, zonelessTimesAre }: Environment): EnvironmentCopy {
  return { id, name, baseUrl, production, colour, zonelessTimesAre }
}

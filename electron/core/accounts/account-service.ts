/** What people do with accounts: add, renew, edit, remove. Checks what was typed, and leaves the rest to the parts. */
import { accountNameKey, checkProfile, type TypedProfile } from '../../shared/account-fields'
import { checkApiKey } from '../../shared/api-key'
import {
  UNDECIDED,
  type AccountId,
  type AccountKind,
  type AccountSummary,
  type KindChoice,
} from '../../shared/account'
import type { Checked } from '../../shared/checked'
import type { Environment, EnvironmentId } from '../../shared/environment'
import type { FieldProblem, ParsedInput, Result } from '../../shared/ipc/contract'
import { firstRows } from '../../shared/first-rows'
import { Secret } from '../../shared/secret'
import { isByName } from '../../shared/sort-order'
import type { LoggedInAccount, Twin } from '../../shared/twin'
import { copyOf, type SessionFacts } from '../vault/account-record'
import type { AccountUsage } from '../activity/account-usage'
import type { Activity } from '../activity/activity'
import type { AppEmitter } from '../base/app-events'
import { summarise } from './account-summary'
import type { SettingsStore } from '../settings/settings-store'
import type { EnvironmentStore } from '../settings/environment-store'
import type { NotificationLog } from '../notifications/notification-log'
import type { StartupRowsCache } from './startup-rows-cache'
import type { GatewayService } from '../gateway/gateway-service'
import { defined } from '../base/defined'
import type { Clock } from '../base/ports'
import { toResult, badField, badFields, done, failed, notFound } from '../base/results'
import type { LiveJwt, Outcome } from '../base/outcome'
import type { SessionService } from '../session/session-service'
import type { Twins } from './twins'
import type { UnfinishedWork } from '../vault/unfinished-work'
import { AccountGoneError } from '../base/errors'
import type { Vault } from '../vault/vault'
import { isUnreadable, isWithoutEnvironment, type Profile } from '../vault/vault-entry'

export interface NewAccount {
  readonly name: string
  readonly environmentId: EnvironmentId
  readonly apiKey: Secret
  readonly kind: KindChoice
  readonly partnerId: AccountId | null
  readonly rememberApiKey: boolean
  readonly tags?: readonly string[] | undefined
  readonly note?: string | undefined
}

/** Absent fields stay as they are. */
export type AccountEdit = Omit<ParsedInput<'editAccount'>, 'id'>

export interface AccountServiceDeps {
  readonly vault: Vault
  readonly settingsStore: SettingsStore
  readonly environmentStore: EnvironmentStore
  readonly sessions: SessionService
  readonly notificationLog: NotificationLog
  readonly startupRows: StartupRowsCache
  readonly usage: AccountUsage
  readonly gateways: GatewayService
  readonly activity: Activity
  readonly clock: Clock
  readonly work: UnfinishedWork
  readonly twins: Twins
  readonly newId: () => string
  readonly events: AppEmitter
}

/** More than fit into a window. */
const FIRST_ROWS = 100

export class AccountService {
  readonly #reserved = new Set<string>()

  constructor(private readonly deps: AccountServiceDeps) {}

  /** Of all accounts, or of the given ones that exist. */
  summaries(ids: readonly AccountId[] = this.deps.vault.ids()): readonly AccountSummary[] {
    return ids.flatMap((id) => this.summary(id) ?? [])
  }

  /**
   * Those that the window shows first, so that it needn't wait for the others; all where they are few, and none where
   * it doesn't sort by name. Until all records are read: those that the list began with last time.
   */
  first(): { readonly ids: readonly AccountId[]; readonly areAll: boolean } {
    const { vault, settingsStore, startupRows } = this.deps
    if (!vault.isRead) return { ids: startupRows.ids, areAll: false }
    const ids = vault.ids()
    if (ids.length <= FIRST_ROWS) return { ids, areAll: true }
    return { ids: isByName(settingsStore.current) ? this.#firstRows() : [], areAll: false }
  }

  /** All accounts: those that are shown first, then partners, so that no company comes before its partner. */
  ids(): readonly AccountId[] {
    const of = (wanted: AccountKind): AccountId[] =>
      Array.from(this.deps.vault.profiles()).flatMap(([id, { kind }]) => (kind === wanted ? [id] : []))
    return [...new Set([...this.first().ids, ...of('partner'), ...of('company')])]
  }

  /** For the next start, which reads these before the others. */
  keepStartupRows(): void {
    const { vault, startupRows } = this.deps
    if (vault.isRead) startupRows.keep(vault.ids().length <= FIRST_ROWS ? [] : this.#firstRows())
  }

  summary(id: AccountId): AccountSummary | undefined {
    const account = this.deps.vault.get(id)
    return account && summarise(account, this.deps)
  }

  /**
   * Logs in first: only an account whose key works is kept, and none if `signal` is aborted meanwhile. Rows of an
   * import have no signal, and are compared with other accounts by their keys only.
   */
  async add(typed: NewAccount, signal?: AbortSignal): Promise<Result<LoggedInAccount>> {
    const { vault, sessions } = this.deps
    const checked = this.#checkNew(typed)
    if (!checked.ok) return badFields(checked.reason)
    const { environment, apiKey, name, tags, note } = checked.value

    // Reserves the name while the service is asked.
    const reserved = accountNameKey(environment.id, name)
    this.#reserved.add(reserved)
    const added = toResult('new-account', async () => {
      const session = await sessions.logIn(environment.id, apiKey, typed.rememberApiKey, signal)
      if (!session.ok) return failed(session.problem)
      // Its name may have changed meanwhile; `logIn` has made sure that its address has not.
      const current = this.deps.environmentStore.get(environment.id)
      if (current === undefined) return failed({ code: 'environment-changed', isGone: true })
      // The partner may have been removed meanwhile.
      if (!this.#mayBePartner(typed.partnerId, environment.id, null)) return badField('partnerId', 'unknown')
      const { facts, secrets, generation } = session.value
      const kind = kindOf(typed.kind, facts)
      const profile: Profile = {
        name,
        kind,
        kindChoice: typed.kind,
        partnerId: kind === 'company' ? typed.partnerId : null,
        createdAt: this.deps.clock.now(),
        ...UNDECIDED,
        tags,
        note,
        environment: copyOf(current),
      }
      const id = this.deps.newId() as AccountId
      this.deps.environmentStore.accept(environment.id)
      await vault.create(id, profile, facts, secrets, generation)
      this.deps.activity.note(id, name, { kind: 'added' })
      this.deps.events.emit('accountsChanged', { ids: [id] })
      const { twins } = this.deps
      return this.#with(
        await (signal === undefined ? twins.byKey(id, apiKey) : twins.byKeyOrSubject(id, apiKey)),
        id,
      )
    }).finally(() => this.#reserved.delete(reserved))
    return await this.deps.work.run('login', added)
  }

  async renew(id: AccountId): Promise<Result<AccountSummary>> {
    return await withJwt(this.deps.sessions.renew(id, { force: true }), () => this.#changed(id))
  }

  /** If `signal` is aborted while the service is asked, the account stays as it was. */
  async enterApiKey(
    id: AccountId,
    typed: Secret,
    remember: boolean,
    signal?: AbortSignal,
  ): Promise<Result<LoggedInAccount>> {
    const key = checkApiKey(typed.reveal())
    if (!key.ok) return badFields([key.reason])
    const known = this.deps.vault.get(id)
    if (known !== undefined && isUnreadable(known.locked) && isWithoutEnvironment(known)) {
      return failed({ code: 'locked', reason: known.locked })
    }
    return await toResult('account', async () => {
      const apiKey = new Secret(key.value)
      const entered = await this.deps.sessions.enterApiKey(id, apiKey, remember, signal)
      if (!('ok' in entered)) return { ok: false, error: { code: 'whose-key', question: entered } }
      return entered.ok ? await this.#loggedIn(id, apiKey) : failed(entered.problem)
    })
  }

  /** Null when the stored session stays. */
  async answerWhoseKey(questionId: string, replace: boolean): Promise<Result<LoggedInAccount | null>> {
    return await toResult<LoggedInAccount | null>('account', async () => {
      const answered = await this.deps.sessions.answerWhoseKey(questionId, replace)
      if (answered === null) return { ok: false, error: { code: 'answered-too-late' } }
      const { id, outcome } = answered
      if (outcome === null) return done(null)
      return outcome.ok ? await this.#loggedIn(id, null) : failed(outcome.problem)
    })
  }

  /** The session of another key may show that the account is of another kind. */
  async #loggedIn(id: AccountId, apiKey: Secret | null): Promise<Result<LoggedInAccount>> {
    const account = this.deps.vault.get(id)
    const kind = account === undefined ? null : kindOf(account.kindChoice, account.session)
    if (kind !== null && kind !== account?.kind) this.deps.vault.saveProfile(id, { kind })
    this.deps.events.emit('accountsChanged', { ids: [id] })
    return this.#with(await this.deps.twins.byKeyOrSubject(id, apiKey), id)
  }

  #with(twin: Twin | null, id: AccountId): Result<LoggedInAccount> {
    const summary = this.summary(id)
    if (summary === undefined) throw new AccountGoneError(id)
    return done({ ...summary, twin })
  }

  async edit(id: AccountId, edit: AccountEdit): Promise<Result<AccountSummary>> {
    const account = this.deps.vault.get(id)
    if (account === undefined) return notFound('account')
    // An edit would replace its unreadable record with one that has lost the rest.
    if (isUnreadable(account.locked)) return failed({ code: 'locked', reason: account.locked })
    const environmentId = account.environment.id
    const { name, kind: _kind, partnerId: _partner, tags, note, policy, ...free } = edit
    const change: { -readonly [Field in keyof Profile]?: Profile[Field] } = defined(free)
    const checked = checkProfile({ name, tags, note })
    if (!checked.ok) return badFields(checked.reason)
    Object.assign(change, defined(checked.value))
    if (change.name !== undefined && this.#isTaken(environmentId, change.name, id)) {
      return badField('name', 'duplicate')
    }
    if (edit.partnerId !== undefined) {
      if (!this.#mayBePartner(edit.partnerId, environmentId, id)) return badField('partnerId', 'unknown')
      change.partnerId = edit.partnerId
    }
    if (edit.kind !== undefined) {
      change.kindChoice = edit.kind
      change.kind = kindOf(edit.kind, account.session) ?? account.kind
      if (change.kind === 'partner') change.partnerId = null
    }

    if (policy !== undefined) change.policy = { ...account.policy, ...defined(policy) }

    return await toResult('account', () => {
      const companies = this.companiesOf(id)
      this.deps.vault.saveProfile(id, change)
      this.deps.events.emit('accountsChanged', { ids: companies })
      return this.#changed(id)
    })
  }

  #checkNew(
    typed: NewAccount,
  ): Checked<TypedProfile & { apiKey: Secret; environment: Environment }, FieldProblem[]> {
    const profile = checkProfile({ name: typed.name, tags: typed.tags ?? [], note: typed.note ?? '' })
    const environment = this.deps.environmentStore.get(typed.environmentId)
    const key = checkApiKey(typed.apiKey.reveal())
    const reason: FieldProblem[] = profile.ok ? [] : [...profile.reason]
    if (profile.ok && this.#isTaken(typed.environmentId, profile.value.name, null)) {
      reason.push({ field: 'name', reason: 'duplicate' })
    }
    if (environment === undefined) reason.push({ field: 'environmentId', reason: 'unknown' })
    if (!key.ok) reason.push(key.reason)
    if (!this.#mayBePartner(typed.partnerId, typed.environmentId, null)) {
      reason.push({ field: 'partnerId', reason: 'unknown' })
    }
    return profile.ok && key.ok && environment !== undefined && reason.length === 0
      ? { ok: true, value: { ...profile.value, apiKey: new Secret(key.value), environment } }
      : { ok: false, reason }
  }

  /** A name is taken when another account of the environment has it, in any spelling. */
  #isTaken(environmentId: EnvironmentId, name: string, self: AccountId | null): boolean {
    return (
      this.#reserved.has(accountNameKey(environmentId, name)) ||
      this.deps.vault.isNameTaken(environmentId, name, self)
    )
  }

  /** A company's partner is in its own environment, and is not the company itself. */
  #mayBePartner(partnerId: AccountId | null, environmentId: EnvironmentId, self: AccountId | null): boolean {
    if (partnerId === null) return true
    const partner = this.deps.vault.get(partnerId)
    return partner?.kind === 'partner' && partner.environment.id === environmentId && partner.id !== self
  }

  #firstRows(): readonly AccountId[] {
    const placed = Array.from(this.deps.vault.profiles(), ([id, { name, kind, partnerId, pinned }]) => ({
      id,
      name,
      kind,
      partnerId,
      pinned,
    }))
    return firstRows(placed, FIRST_ROWS)
  }

  companiesOf(partnerId: AccountId): readonly AccountId[] {
    return this.deps.vault.accounts().flatMap((each) => (each.partnerId === partnerId ? each.id : []))
  }

  #changed(id: AccountId): Result<AccountSummary> {
    this.deps.events.emit('accountsChanged', { ids: [id] })
    const summary = this.summary(id)
    if (summary === undefined) throw new AccountGoneError(id)
    return done(summary)
  }
}

async function withJwt<Value>(
  asked: Promise<Outcome<LiveJwt>>,
  use: (jwt: LiveJwt) => Result<Value> | Promise<Result<Value>>,
): Promise<Result<Value>> {
  return await toResult('session', async () => {
    const outcome = await asked
    return outcome.ok ? await use(outcome.value) : failed(outcome.problem)
  })
}

function kindOf(choice: KindChoice, session: SessionFacts): AccountKind
function kindOf(choice: KindChoice, session: SessionFacts | null): AccountKind | null
/** The user's choice, or detected: a refresh token means partner (auth-api.md, rule 2). Null: nothing to detect by. */
function kindOf(choice: KindChoice, session: SessionFacts | null): AccountKind | null {
  if (choice !== 'detect') return choice
  if (session === null) return null
  return session.refreshToken === null ? 'company' : 'partner'
}

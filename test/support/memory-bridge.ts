import { planImport, previewOf, type ImportPlan } from '../../electron/core/transfer/import-plan'
import { checkApiKey, checkName, checkTags, sameName, apiKeyHint } from '../../electron/shared/account-fields'
import type { Twin } from '../../electron/shared/twin'
import type { AccountId, AccountSummary } from '../../electron/shared/account'
import type { AvailableUpdate } from '../../electron/shared/update-feed'
import type { ActivityEntry, ActivityEvent } from '../../electron/shared/activity'
import { isKnownZone } from '../../electron/shared/api-date'
import { claimsOf } from '../../electron/shared/claims'
import { formatJwt } from '../../electron/shared/copy-format'
import { readImport } from '../../electron/core/transfer/import-rows'
import { expiryClaim } from '../../electron/shared/jwt'
import { checkPassphrase } from '../../electron/shared/passphrase'
import { IMPORT_ROWS_AT_ONCE, type PreviewRow, type RowOutcome } from '../../electron/shared/transfer'
import { checkBaseUrl } from '../../electron/shared/base-url'
import { ENVIRONMENT_COLOURS, type Environment, type EnvironmentId } from '../../electron/shared/environment'
import { canRefresh, expectedExpiry, jwtLifeLeft } from '../../electron/shared/status'
import type {
  Bridge,
  CallError,
  CallName,
  CallOutput,
  EventName,
  EventPayload,
  FieldProblem,
  LockStatus,
  LoginStart,
  Result,
  StartNotice,
} from '../../electron/shared/ipc/contract'
import { isTransient, type Problem } from '../../electron/shared/problem'
import { DEFAULT_SETTINGS, type Settings } from '../../electron/shared/settings'
import type { StorageStatus } from '../../electron/shared/storage'
import { aJwt, aRefreshToken, anAccount, NOW } from './builders'

const HOUR = 3_600_000
const WRONG_PASSPHRASE = { code: 'wrong-passphrase', tooEarly: false, waitMs: 0 } as const

export interface MemoryStart {
  readonly accounts?: readonly AccountSummary[]
  readonly environments?: readonly Environment[]
  readonly settings?: Partial<Settings>
  readonly storage?: StorageStatus
  readonly notices?: readonly StartNotice[]
  readonly loginStart?: Partial<LoginStart>
  readonly locale?: string
  /** So many accounts come with the snapshot, the others when they are asked for; without this all do. */
  readonly firstAccounts?: number
  readonly lock?: Partial<LockStatus>
  readonly now?: () => number
  /** The JWT that is stored for an account; without this none can be looked into. */
  readonly jwtOf?: (account: AccountSummary) => string
  readonly activity?: readonly ActivityEntry[]
  /** A newer version that the update feed named. */
  readonly update?: AvailableUpdate
  /** How long the JWTs live that the service grants; 24 h if not said. */
  readonly jwtLifeMs?: number
  /** Whom whoever logs in turns out to be. */
  readonly twin?: Twin
  /** A keyring that was not available is when it is asked again. */
  readonly keyringComes?: boolean
  /** The disk has taken by then what it refused to move, and the app hears of it. */
  readonly diskHeals?: boolean
}

/** What opens the backup that this main has. */
export const MEMORY_PASSPHRASE = 'correct horse battery staple'

/** A small truthful main without disk, network or clock of its own, and levers to make it fail or wait. */
export interface MemoryBridge extends Bridge {
  /** Each call in its order, with its input. */
  readonly asked: readonly { readonly call: CallName; readonly input: unknown }[]
  /** What the clipboard holds. */
  readonly clipboard: () => string | null
  /** The next `call` fails so. */
  failNext(call: CallName, error: CallError): void
  /** What the service answers to every login and refresh from now on: null for success. */
  serviceSays(problem: Problem | null): void
  /** Calls, or only those of a name, stay unanswered until the returned function is called. */
  holdAnswers(only?: CallName): () => void
  /** What main would publish by itself. */
  publish<Name extends EventName>(name: Name, payload: EventPayload<Name>): void
  accounts(): readonly AccountSummary[]
}

export function createMemoryBridge(start: MemoryStart = {}): MemoryBridge {
  const now = start.now ?? (() => NOW)
  const accounts = new Map((start.accounts ?? []).map((account) => [account.id, account]))
  let environments = [...(start.environments ?? [])]
  let settings: Settings = {
    ...DEFAULT_SETTINGS,
    ...start.settings,
  }
  let storage: StorageStatus = start.storage ?? {
    backend: 'gnome_libsecret',
    protected: true,
    mode: 'keyring',
  }
  let loginStart: LoginStart = { on: false, offered: true, ...start.loginStart }
  let passphrase: string | null = null
  let lock: LockStatus = {
    isSet: false,
    isLocked: false,
    isUnusable: false,
    opensByTouch: false,
    waitMs: 0,
    ...start.lock,
  }
  let clipboard: string | null = null
  let serviceProblem: Problem | null = null
  let gate: Promise<void> = Promise.resolve()
  let cancelLogin = (): void => undefined
  /** Whether the user still wants it when the answer may come. */
  const waitForService = async (): Promise<boolean> => {
    const cancelled = new Promise<boolean>((resolve) => {
      cancelLogin = () => {
        resolve(false)
      }
    })
    return await Promise.race([gate.then(() => true), cancelled])
  }
  let isHeld = (_: CallName): boolean => true
  let nextId = 1
  let plan: ImportPlan | null = null
  let plans = 0
  const rowsFrom = (from: number): PreviewRow[] =>
    (plan?.rows ?? []).slice(from, from + IMPORT_ROWS_AT_ONCE).map(previewOf)
  let importing = { isCancelled: false }
  const activity: ActivityEntry[] = [...(start.activity ?? [])]

  const asked: { call: CallName; input: unknown }[] = []
  const failures = new Map<CallName, CallError>()
  const listeners = new Map<EventName, Set<(payload: never) => void>>()

  function publish<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    for (const listener of listeners.get(name) ?? [])
      (listener as (payload: EventPayload<Name>) => void)(payload)
  }

  function locking(change: Partial<LockStatus>): Result<undefined> {
    lock = { ...lock, ...change }
    publish('lockChanged', { lock })
    return { ok: true, value: undefined }
  }

  function happen({ id, name }: AccountSummary, what: ActivityEvent): void {
    activity.push({ at: now(), id, name, what })
  }

  function put(account: AccountSummary): AccountSummary {
    accounts.set(account.id, account)
    publish('accountsChanged', { changed: [account], removed: [] })
    return account
  }

  /** A call as main answers it: noted, held if told so, failed if told so, and copied as IPC copies. */
  function call<Input, Value>(
    name: CallName,
    run: (input: Input) => Result<Value> | Promise<Result<Value>>,
  ): (input: Input) => Promise<Result<Value>> {
    return async (input) => {
      asked.push({ call: name, input: structuredClone(input) })
      const failure = failures.get(name)
      failures.delete(name)
      const result = failure === undefined ? await run(input) : refused(failure)
      const isCancelled = !result.ok && result.error.code === 'cancelled'
      if (isHeld(name) && !isCancelled) await gate
      return structuredClone(result)
    }
  }

  function renewed(account: AccountSummary): AccountSummary {
    const refreshes = account.refreshToken !== null
    return {
      ...account,
      jwt: aJwt(start.jwtLifeMs ?? 24 * HOUR, now()),
      refreshToken: refreshes ? aRefreshToken(30 * 24 * HOUR, now()) : null,
      renewal: { phase: 'idle' },
      problem: null,
    }
  }

  async function renew(id: AccountId): Promise<Result<AccountSummary>> {
    const account = accounts.get(id)
    if (account === undefined) return refused({ code: 'not-found' })
    if (!canRefresh(account, now()) && !account.remembersApiKey) {
      const problem: Problem = { code: 'key-needed', reason: 'nothing-to-renew-with' }
      put({ ...account, problem })
      return refused({ code: 'problem', problem })
    }
    put({ ...account, renewal: { phase: 'renewing' } })
    await gate
    if (serviceProblem !== null) {
      put({ ...account, renewal: { phase: 'idle' }, problem: serviceProblem })
      return refused({ code: 'problem', problem: serviceProblem })
    }
    return { ok: true, value: put(renewed(account)) }
  }

  function nameTaken(name: string, environmentId: EnvironmentId, except?: AccountId): boolean {
    return [...accounts.values()].some(
      (other) => other.id !== except && other.environmentId === environmentId && sameName(other.name, name),
    )
  }

  function endDoubt(id: EnvironmentId, problem: Problem | null): void {
    environments = environments.map((each) => (each.id === id ? { ...each, doubt: null } : each))
    publish('environmentsChanged', { environments })
    for (const account of accounts.values()) {
      const isInDoubt =
        account.problem?.code === 'refused-together' || account.problem?.code === 'wrong-address'
      if (account.environmentId === id && isInDoubt) put({ ...account, problem })
    }
  }

  const bridge: Bridge = {
    getSnapshot: call('getSnapshot', () => ({
      ok: true,
      value: {
        accounts: lock.isLocked ? [] : [...accounts.values()].slice(0, start.firstAccounts),
        areAll: lock.isLocked || start.firstAccounts === undefined,
        environments: lock.isLocked ? [] : environments,
        settings,
        storage,
        loginStart,
        locale: start.locale ?? 'en-GB',
        lock,
        notices: [...(start.notices ?? [])],
      },
    })),

    getAccountIds: call('getAccountIds', () => ({ ok: true, value: [...accounts.keys()] })),

    getAccounts: call('getAccounts', ({ ids }) => ({
      ok: true,
      value: ids.flatMap((id) => accounts.get(id as AccountId) ?? []),
    })),

    addAccount: call('addAccount', async (input) => {
      const fields: FieldProblem[] = []
      const name = checkName(input.name)
      if (!name.ok) fields.push({ field: 'name', reason: name.reason })
      const environmentId = input.environmentId as EnvironmentId
      if (name.ok && nameTaken(name.value, environmentId)) fields.push({ field: 'name', reason: 'duplicate' })
      const key = checkApiKey(input.apiKey)
      if (!key.ok) fields.push(key.reason)
      if (fields.length > 0 || !name.ok || !key.ok) return refused({ code: 'bad-fields', fields })
      if (!(await waitForService())) return refused({ code: 'cancelled' })
      if (serviceProblem !== null) return refused({ code: 'problem', problem: serviceProblem })
      const partner = input.kind === 'partner' || (input.kind === 'detect' && key.value.startsWith('partner'))
      const account = anAccount({
        id: `account-${String(nextId++)}` as AccountId,
        name: name.value,
        environmentId,
        kind: partner ? 'partner' : 'company',
        kindChoice: input.kind,
        partnerId: input.partnerId as AccountId | null,
        createdAt: now(),
        remembersApiKey: input.rememberApiKey,
        apiKeyHint: input.rememberApiKey ? apiKeyHint(key.value) : null,
        jwt: aJwt(24 * HOUR, now()),
        refreshToken: partner ? aRefreshToken(30 * 24 * HOUR, now()) : null,
        secretsIn: storage.mode,
      })
      return { ok: true, value: { ...put(account), twin: start.twin ?? null } }
    }),

    copyJwt: call('copyJwt', async ({ id, format }) => {
      const account = accounts.get(id as AccountId)
      if (account === undefined) return refused({ code: 'not-found' })
      let live = account
      if (jwtLifeLeft(account, now()) < settings.minimumJwtLifeMs) {
        const result = await renew(account.id)
        if (!result.ok) return result
        live = result.value
      }
      const written = formatJwt(format ?? 'jwt', {
        jwt: start.jwtOf?.(live) ?? `jwt of ${live.name}`,
        baseUrl: environments.find((each) => each.id === live.environmentId)?.baseUrl ?? '',
        environmentName: environments.find((each) => each.id === live.environmentId)?.name ?? '',
        accountName: live.name,
      })
      if (!written.ok) return refused({ code: 'cannot-copy', reason: written.reason })
      clipboard = written.value
      const usage = { lastAt: now(), copies: (live.usage?.copies ?? 0) + 1 }
      live = put({ ...live, usage, copyFormat: format ?? live.copyFormat })
      happen(live, { kind: 'copied', format: format ?? 'jwt' })
      put({ ...live, usage: { lastAt: now(), copies: (live.usage?.copies ?? 0) + 1 } })
      if (settings.clipboardClearMs !== null) {
        publish('clipboardChanged', { clearsAt: now() + settings.clipboardClearMs, couldNotClear: false })
      }
      return { ok: true, value: { expiresAt: live.jwt === null ? now() : live.jwt.expiresAt } }
    }),

    lookInside: call('lookInside', ({ id }) => {
      const account = accounts.get(id as AccountId)
      if (account === undefined) return refused({ code: 'not-found' })
      return { ok: true, value: claimsOf(start.jwtOf?.(account) ?? '') }
    }),

    revealJwt: call('revealJwt', ({ id }) => {
      const account = accounts.get(id as AccountId)
      if (account === undefined) return refused({ code: 'not-found' })
      happen(account, { kind: 'revealed' })
      return { ok: true, value: { jwt: start.jwtOf?.(account) ?? `jwt of ${account.name}` } }
    }),

    copyClaim: call('copyClaim', ({ id, name }) => {
      const account = accounts.get(id as AccountId)
      const claim =
        account === undefined
          ? undefined
          : claimsOf(start.jwtOf?.(account) ?? '')?.claims.find((each) => each.name === name)
      if (account === undefined || claim === undefined) return refused({ code: 'not-found' })
      clipboard = claim.value
      happen(account, { kind: 'copied-claim', claim: name })
      return { ok: true, value: undefined }
    }),

    whoseJwt: call('whoseJwt', ({ jwt }) => {
      const owner = [...accounts.values()].find((account) => start.jwtOf?.(account) === jwt.trim())
      const expiresAt = expiryClaim(jwt.trim())
      return {
        ok: true,
        value: {
          id: owner?.id ?? null,
          match: owner === undefined ? null : 'same',
          life: expiresAt === null ? 'unknown' : expiresAt > now() ? 'live' : 'ended',
          expiresAt,
        },
      }
    }),

    renewAccount: call('renewAccount', ({ id }) => renew(id as AccountId)),

    enterApiKey: call('enterApiKey', async ({ id, apiKey, rememberApiKey }) => {
      const account = accounts.get(id as AccountId)
      if (account === undefined) return refused({ code: 'not-found' })
      const key = checkApiKey(apiKey)
      if (!key.ok) return refused({ code: 'bad-fields', fields: [key.reason] })
      if (!(await waitForService())) return refused({ code: 'cancelled' })
      if (serviceProblem !== null) return refused({ code: 'problem', problem: serviceProblem })
      return {
        ok: true,
        value: {
          ...put({
            ...renewed(account),
            secretsIn: storage.mode,
            remembersApiKey: rememberApiKey,
            apiKeyHint: rememberApiKey ? apiKeyHint(key.value) : null,
          }),
          twin: start.twin ?? null,
        },
      }
    }),

    cancelLogin: call('cancelLogin', () => {
      cancelLogin()
      return { ok: true, value: undefined }
    }),

    answerWhoseKey: call('answerWhoseKey', ({ replace }) => {
      const entered = asked.filter(({ call: name }) => name === 'enterApiKey').at(-1)?.input
      const account = accounts.get((entered as { id: AccountId } | undefined)?.id ?? ('' as AccountId))
      if (account === undefined) return refused({ code: 'answered-too-late' })
      return { ok: true, value: replace ? { ...put(renewed(account)), twin: start.twin ?? null } : null }
    }),

    editAccount: call('editAccount', ({ id, name, kind, partnerId, pinned, tags, note, policy }) => {
      const account = accounts.get(id as AccountId)
      if (account === undefined) return refused({ code: 'not-found' })
      const checked = checkName(name ?? account.name)
      if (!checked.ok)
        return refused({ code: 'bad-fields', fields: [{ field: 'name', reason: checked.reason }] })
      if (nameTaken(checked.value, account.environmentId, account.id)) {
        return refused({ code: 'bad-fields', fields: [{ field: 'name', reason: 'duplicate' }] })
      }
      const checkedTags = checkTags(tags ?? account.tags)
      if (!checkedTags.ok) {
        return refused({ code: 'bad-fields', fields: [{ field: 'tags', reason: checkedTags.reason }] })
      }
      const kindChoice = kind ?? account.kindChoice
      const detected = account.refreshToken === null ? 'company' : 'partner'
      return {
        ok: true,
        value: put({
          ...account,
          name: checked.value,
          kindChoice,
          kind: kindChoice === 'detect' ? detected : kindChoice,
          partnerId: partnerId === undefined ? account.partnerId : (partnerId as AccountId | null),
          pinned: pinned ?? account.pinned,
          tags: checkedTags.value,
          note: note ?? account.note,
          policy: {
            jwt: policy?.jwt === undefined ? account.policy.jwt : policy.jwt,
            refreshToken:
              policy?.refreshToken === undefined ? account.policy.refreshToken : policy.refreshToken,
            muted: policy?.muted ?? account.policy.muted,
          },
        }),
      }
    }),

    removeAccount: call('removeAccount', ({ id }) => {
      if (!accounts.delete(id as AccountId)) return refused({ code: 'not-found' })
      const orphans = [...accounts.values()]
        .filter((account) => account.partnerId === id)
        .map((account) => ({ ...account, partnerId: null }))
      for (const orphan of orphans) accounts.set(orphan.id, orphan)
      publish('accountsChanged', { changed: orphans, removed: [id as AccountId] })
      return { ok: true, value: undefined }
    }),

    addEnvironment: call('addEnvironment', ({ name, baseUrl, production }) => {
      const fields: FieldProblem[] = []
      const checkedName = checkName(name)
      if (!checkedName.ok) fields.push({ field: 'name', reason: checkedName.reason })
      else if (environments.some((other) => sameName(other.name, name)))
        fields.push({ field: 'name', reason: 'duplicate' })
      const checkedUrl = checkBaseUrl(baseUrl)
      if (!checkedUrl.ok) fields.push({ field: 'baseUrl', reason: checkedUrl.reason })
      if (!checkedName.ok || !checkedUrl.ok || fields.length > 0)
        return refused({ code: 'bad-fields', fields })
      const environment: Environment = {
        id: `environment-${String(nextId++)}` as EnvironmentId,
        name: checkedName.value,
        baseUrl: checkedUrl.value.baseUrl,
        production,
        colour: ENVIRONMENT_COLOURS[environments.length % ENVIRONMENT_COLOURS.length] ?? 'teal',
        defaultTimeZone: 'UTC',
        clockSkewMs: null,
        revision: 0,
        addressConfirmed: true,
        doubt: null,
      }
      environments = [...environments, environment]
      publish('environmentsChanged', { environments })
      return { ok: true, value: environment }
    }),

    editEnvironment: call('editEnvironment', ({ id, ...edit }) => {
      const before = environments.find((each) => each.id === id)
      if (before === undefined) return refused({ code: 'not-found' })
      const given = Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined))
      const changed: Environment = { ...before, ...given, revision: before.revision + 1 }
      const fields: FieldProblem[] = []
      const name = checkName(changed.name)
      if (!name.ok) fields.push({ field: 'name', reason: name.reason })
      else if (environments.some((other) => other.id !== id && sameName(other.name, changed.name)))
        fields.push({ field: 'name', reason: 'duplicate' })
      const url = checkBaseUrl(changed.baseUrl)
      if (!url.ok) fields.push({ field: 'baseUrl', reason: url.reason })
      if (!isKnownZone(changed.defaultTimeZone)) fields.push({ field: 'defaultTimeZone', reason: 'unknown' })
      if (fields.length > 0) return refused({ code: 'bad-fields', fields })
      environments = environments.map((each) => (each.id === id ? changed : each))
      publish('environmentsChanged', { environments })
      return { ok: true, value: changed }
    }),

    confirmAddress: call('confirmAddress', ({ id, baseUrl }) => {
      const before = environments.find((each) => each.id === id)
      if (before === undefined) return refused({ code: 'not-found' })
      const url = checkBaseUrl(baseUrl)
      if (!url.ok) return refused({ code: 'bad-fields', fields: [{ field: 'baseUrl', reason: url.reason }] })
      const changed: Environment = {
        ...before,
        baseUrl: url.value.baseUrl,
        addressConfirmed: true,
        revision: before.revision + 1,
      }
      environments = environments.map((each) => (each.id === id ? changed : each))
      publish('environmentsChanged', { environments })
      for (const account of accounts.values()) {
        if (account.environmentId === id && account.problem?.code === 'address-to-confirm') {
          put({ ...account, problem: null })
        }
      }
      return { ok: true, value: changed }
    }),

    retryEnvironment: call('retryEnvironment', ({ id }) => {
      if (serviceProblem !== null) return refused({ code: 'problem', problem: serviceProblem })
      endDoubt(id as EnvironmentId, null)
      return { ok: true, value: undefined }
    }),

    trustRefusals: call('trustRefusals', ({ id }) => {
      endDoubt(id as EnvironmentId, { code: 'key-needed', reason: 'refresh-token-refused' })
      return { ok: true, value: undefined }
    }),

    removeEnvironment: call('removeEnvironment', ({ id }) => {
      if ([...accounts.values()].some(({ environmentId }) => environmentId === id)) {
        return refused({ code: 'in-use' })
      }
      environments = environments.filter((each) => each.id !== id)
      publish('environmentsChanged', { environments })
      return { ok: true, value: undefined }
    }),

    testConnection: call(
      'testConnection',
      async ({ baseUrl }): Promise<Result<CallOutput<'testConnection'>>> => {
        const url = checkBaseUrl(baseUrl)
        if (!url.ok)
          return refused({ code: 'bad-fields', fields: [{ field: 'baseUrl', reason: url.reason }] })
        await gate
        return serviceProblem !== null && isTransient(serviceProblem)
          ? { ok: true, value: { kind: 'failed', problem: serviceProblem } }
          : { ok: true, value: { kind: 'answered', status: 405, clockSkewMs: 0 } }
      },
    ),

    previewImport: call(
      'previewImport',
      async ({ content }): Promise<Result<CallOutput<'previewImport'>>> => {
        const read = await readImport(content, () => Promise.resolve())
        if (!read.ok) return { ok: true, value: { ok: false, failure: read.reason } }
        const known = { accounts: [...accounts.values()], environments }
        plan = await planImport(read.value, known, () => Promise.resolve())
        return {
          ok: true,
          value: {
            ok: true,
            planId: `plan-${String((plans += 1))}`,
            counts: plan.counts,
            rows: rowsFrom(0),
            unknownColumns: read.value.unknownColumns,
            unknownEnvironments: plan.unknownEnvironments,
          },
        }
      },
    ),

    getImportRows: call('getImportRows', ({ planId, from }) =>
      planId === `plan-${String(plans)}` && plan !== null
        ? { ok: true, value: rowsFrom(from) }
        : refused({ code: 'not-found' }),
    ),

    runImport: call('runImport', async () => {
      const rows = plan?.rows ?? []
      plan = null
      const outcomes: RowOutcome[] = []
      const mine = { isCancelled: false }
      importing = mine
      const told = { total: rows.length, done: 0, added: 0, failed: 0, skipped: 0 }
      for (const row of rows) {
        await gate
        const { line, name } = row.shown
        if (row.plan === 'skip') outcomes.push({ line, name, outcome: { kind: 'already-there' } })
        else if (row.plan === 'leave-out') {
          outcomes.push({ line, name, outcome: { kind: 'has-problems', problems: row.problems } })
        } else if (mine.isCancelled) outcomes.push({ line, name, outcome: { kind: 'cancelled' } })
        else {
          const { environmentId, tags, kind } = row.account
          const id = `account-${String(nextId++)}` as AccountId
          const kindNow = kind === 'detect' ? 'company' : kind
          put(anAccount({ id, name: row.account.name, environmentId, tags, kind: kindNow, kindChoice: kind }))
          outcomes.push({ line, name, outcome: { kind: 'added' } })
          told.added += 1
        }
        if (row.plan !== 'add') told.skipped += 1
        told.done = told.added + told.skipped
        publish('importProgressed', { ...told })
      }
      return { ok: true, value: outcomes }
    }),

    cancelImport: call('cancelImport', () => {
      importing.isCancelled = true
      return { ok: true, value: undefined }
    }),

    saveImportOutcomes: call('saveImportOutcomes', () => ({ ok: true, value: true })),
    exportAccounts: call('exportAccounts', () => ({ ok: true, value: true })),

    backUp: call('backUp', ({ passphrase }) => {
      const checked = checkPassphrase(passphrase)
      if (!checked.ok) {
        return refused({ code: 'bad-fields', fields: [{ field: 'passphrase', reason: checked.reason }] })
      }
      const locked = [...accounts.values()].filter(({ secretsIn }) => secretsIn === 'locked')
      return { ok: true, value: { withoutSecrets: locked.map(({ name }) => name), leftOut: [] } }
    }),

    chooseBackup: call('chooseBackup', () => ({ ok: true, value: { name: 'backup.tokendesk' } })),

    restoreBackup: call('restoreBackup', ({ passphrase }) =>
      passphrase === MEMORY_PASSPHRASE
        ? { ok: true, value: { restored: 2, skipped: 1, tookSettings: accounts.size === 0 } }
        : refused({ code: 'backup-refused', reason: 'wrong-passphrase-or-damaged' }),
    ),

    resetSettings: call('resetSettings', () => {
      settings = { ...DEFAULT_SETTINGS, unprotectedStorage: settings.unprotectedStorage }
      publish('settingsChanged', { settings })
      return { ok: true, value: settings }
    }),

    chooseShortcut: call('chooseShortcut', ({ shortcut }) => {
      settings = { ...settings, quickPickShortcut: shortcut }
      publish('settingsChanged', { settings })
      return { ok: true, value: settings }
    }),

    hideQuickPick: call('hideQuickPick', () => ({ ok: true, value: undefined })),
    openGuide: call('openGuide', () => ({ ok: true, value: undefined })),
    showAccount: call('showAccount', () => ({ ok: true, value: undefined })),

    getActivity: call('getActivity', ({ id }) => ({
      ok: true,
      value: activity.filter((entry) => id === null || entry.id === id).toReversed(),
    })),

    getUpdate: call('getUpdate', () => ({ ok: true, value: start.update ?? null })),

    getAbout: call('getAbout', () => ({
      ok: true,
      value: {
        version: '1.2.3',
        electron: '45.0.0',
        chromium: '150.0.0',
        node: '24.0.0',
        system: 'linux 6.1 x64',
        profile: '/home/user/.config/TokenDesk',
      },
    })),

    copyDiagnostics: call('copyDiagnostics', () => {
      clipboard = 'diagnostics'
      return { ok: true, value: undefined }
    }),

    changeSettings: call('changeSettings', (change) => {
      settings = {
        ...settings,
        ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
      }
      publish('settingsChanged', { settings })
      return { ok: true, value: settings }
    }),

    chooseStorage: call('chooseStorage', ({ choice }) => {
      settings = { ...settings, unprotectedStorage: choice }
      storage = { ...storage, mode: choice === 'accepted' ? 'unprotected-file' : 'memory' }
      publish('settingsChanged', { settings })
      publish('storageChanged', { storage })
      return { ok: true, value: storage }
    }),

    retryStorage: call('retryStorage', () => {
      if (start.keyringComes === true) {
        storage = { backend: storage.backend, protected: true, mode: 'keyring' }
        for (const account of accounts.values()) {
          if (account.problem?.code === 'locked') put({ ...account, problem: null, secretsIn: 'keyring' })
        }
        publish('storageChanged', { storage })
      }
      if (start.diskHeals === true) {
        storage = { ...storage, misplaced: undefined }
        publish('storageChanged', { storage })
      }
      return { ok: true, value: storage }
    }),

    restart: call('restart', () => ({ ok: true, value: undefined })),

    remindTomorrow: call('remindTomorrow', ({ ids }) => {
      for (const id of ids) {
        const account = accounts.get(id as AccountId)
        if (account?.refreshToken == null) continue
        const left = expectedExpiry(account.refreshToken) - now()
        const wait = left > 2 * HOUR ? Math.min(24 * HOUR, left - HOUR) : 24 * HOUR
        put({ ...account, remindAgainAt: now() + wait })
      }
      return { ok: true, value: undefined }
    }),

    startAtLogin: call('startAtLogin', ({ on }) => {
      loginStart = { on, offered: true }
      return { ok: true, value: loginStart }
    }),

    networkIsBack: call('networkIsBack', () => ({ ok: true, value: undefined })),
    lookAgain: call('lookAgain', () => ({ ok: true, value: undefined })),
    lock: call('lock', () => locking({ isLocked: passphrase !== null })),
    unlock: call('unlock', (typed) =>
      typed.passphrase === passphrase ? locking({ isLocked: false }) : refused(WRONG_PASSPHRASE),
    ),
    unlockByTouch: call('unlockByTouch', () => {
      locking({ isLocked: false })
      return { ok: true, value: true }
    }),
    setPassphrase: call('setPassphrase', ({ wanted, current }) => {
      const checked = checkPassphrase(wanted)
      if (!checked.ok)
        return refused({ code: 'bad-fields', fields: [{ field: 'passphrase', reason: checked.reason }] })
      if (passphrase !== null && current !== passphrase) return refused(WRONG_PASSPHRASE)
      passphrase = wanted
      return locking({ isSet: true })
    }),
    removePassphrase: call('removePassphrase', ({ current }) => {
      if (current !== passphrase) return refused(WRONG_PASSPHRASE)
      passphrase = null
      return locking({ isSet: false })
    }),
    forgetPassphrase: call('forgetPassphrase', () => {
      passphrase = null
      return locking({ isSet: false, isLocked: false })
    }),
    reportUncaught: call('reportUncaught', () => ({ ok: true, value: undefined })),
    quit: call('quit', () => ({ ok: true, value: undefined })),

    on(name, listener) {
      const all = listeners.get(name) ?? new Set()
      listeners.set(name, all)
      all.add(listener)
      return () => {
        all.delete(listener)
      }
    },
  }

  return {
    ...bridge,
    asked,
    clipboard: () => clipboard,
    failNext: (name, error) => {
      failures.set(name, error)
    },
    serviceSays: (problem) => {
      serviceProblem = problem
    },
    holdAnswers(only) {
      isHeld = (name) => only === undefined || name === only
      let release = (): void => undefined
      gate = new Promise((resolve) => {
        release = resolve
      })
      return () => {
        gate = Promise.resolve()
        release()
      }
    },
    publish,
    accounts: () => [...accounts.values()],
  }
}

function refused(error: CallError): { readonly ok: false; readonly error: CallError } {
  return { ok: false, error }
}

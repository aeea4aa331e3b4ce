import { checkApiKey, checkName, sameName, apiKeyHint } from '../../electron/shared/account'
import type { AccountId, AccountSummary } from '../../electron/shared/account'
import { checkBaseUrl } from '../../electron/shared/base-url'
import { ENVIRONMENT_COLOURS } from '../../electron/shared/environment'
import type { Environment, EnvironmentId } from '../../electron/shared/environment'
import { canRefresh } from '../../electron/shared/expiry'
import type {
  Bridge,
  CallError,
  CallName,
  EventName,
  EventPayload,
  FieldProblem,
  LoginStart,
  Result,
  StartNotice,
} from '../../electron/shared/ipc/contract'
import { jwtLifeLeft } from '../../electron/shared/expiry'
import type { Problem } from '../../electron/shared/problem'
import { DEFAULT_SETTINGS, type Settings } from '../../electron/shared/settings'
import type { StorageStatus } from '../../electron/shared/storage'
import { aJwt, aRefreshToken, anAccount, NOW } from './builders'

const HOUR = 3_600_000

export interface MemoryStart {
  readonly accounts?: readonly AccountSummary[]
  readonly environments?: readonly Environment[]
  readonly settings?: Partial<Settings>
  readonly storage?: StorageStatus
  readonly notices?: readonly StartNotice[]
  readonly loginStart?: Partial<LoginStart>
  readonly now?: () => number
}

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
  /** Calls stay unanswered until the returned function is called. */
  holdAnswers(): () => void
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
  let clipboard: string | null = null
  let serviceProblem: Problem | null = null
  let gate: Promise<void> = Promise.resolve()
  let nextId = 1

  const asked: { call: CallName; input: unknown }[] = []
  const failures = new Map<CallName, CallError>()
  const listeners = new Map<EventName, Set<(payload: never) => void>>()

  function publish<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    for (const listener of listeners.get(name) ?? [])
      (listener as (payload: EventPayload<Name>) => void)(payload)
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
      await gate
      return structuredClone(result)
    }
  }

  function renewed(account: AccountSummary): AccountSummary {
    const refreshes = account.refreshToken !== null
    return {
      ...account,
      jwt: aJwt(24 * HOUR, now()),
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

  const bridge: Bridge = {
    getSnapshot: call('getSnapshot', () => ({
      ok: true,
      value: {
        accounts: [...accounts.values()],
        environments,
        settings,
        storage,
        loginStart,
        notices: [...(start.notices ?? [])],
      },
    })),

    addAccount: call('addAccount', async (input) => {
      const fields: FieldProblem[] = []
      const name = checkName(input.name)
      if (!name.ok) fields.push({ field: 'name', reason: name.reason })
      const environmentId = input.environmentId as EnvironmentId
      if (name.ok && nameTaken(name.value, environmentId)) fields.push({ field: 'name', reason: 'duplicate' })
      const key = checkApiKey(input.apiKey)
      if (!key.ok) fields.push({ field: 'apiKey', reason: key.reason })
      if (fields.length > 0 || !name.ok || !key.ok) return refused({ code: 'bad-fields', fields })
      await gate
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
      return { ok: true, value: put(account) }
    }),

    copyJwt: call('copyJwt', async ({ id }) => {
      const account = accounts.get(id as AccountId)
      if (account === undefined) return refused({ code: 'not-found' })
      let live = account
      if (jwtLifeLeft(account, now()) < settings.minimumJwtLifeMs) {
        const result = await renew(account.id)
        if (!result.ok) return result
        live = result.value
      }
      clipboard = `jwt of ${live.name}`
      put({ ...live, usage: { lastAt: now(), copies: (live.usage?.copies ?? 0) + 1 } })
      if (settings.clipboardClearMs !== null) {
        publish('clipboardChanged', { clearsAt: now() + settings.clipboardClearMs })
      }
      return { ok: true, value: { expiresAt: live.jwt?.expiresAt ?? now() } }
    }),

    renewAccount: call('renewAccount', ({ id }) => renew(id as AccountId)),

    enterApiKey: call('enterApiKey', async ({ id, apiKey, rememberApiKey }) => {
      const account = accounts.get(id as AccountId)
      if (account === undefined) return refused({ code: 'not-found' })
      const key = checkApiKey(apiKey)
      if (!key.ok) return refused({ code: 'bad-fields', fields: [{ field: 'apiKey', reason: key.reason }] })
      await gate
      if (serviceProblem !== null) return refused({ code: 'problem', problem: serviceProblem })
      return {
        ok: true,
        value: put({
          ...renewed(account),
          secretsIn: storage.mode,
          remembersApiKey: rememberApiKey,
          apiKeyHint: rememberApiKey ? apiKeyHint(key.value) : null,
        }),
      }
    }),

    editAccount: call('editAccount', ({ id, name, kind, partnerId, pinned, policy }) => {
      const account = accounts.get(id as AccountId)
      if (account === undefined) return refused({ code: 'not-found' })
      const checked = checkName(name ?? account.name)
      if (!checked.ok)
        return refused({ code: 'bad-fields', fields: [{ field: 'name', reason: checked.reason }] })
      if (nameTaken(checked.value, account.environmentId, account.id)) {
        return refused({ code: 'bad-fields', fields: [{ field: 'name', reason: 'duplicate' }] })
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
        zonelessTimesAre: 'UTC',
        clockSkewMs: null,
      }
      environments = [...environments, environment]
      publish('environmentsChanged', { environments })
      return { ok: true, value: environment }
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

    remindTomorrow: call('remindTomorrow', ({ ids }) => {
      for (const id of ids) {
        const account = accounts.get(id as AccountId)
        if (account?.refreshToken == null) continue
        const left = account.refreshToken.expiresAt - now()
        const wait = left > 2 * HOUR ? Math.min(24 * HOUR, left - HOUR) : 24 * HOUR
        put({ ...account, remindAgainAt: now() + wait })
      }
      return { ok: true, value: undefined }
    }),

    startAtLogin: call('startAtLogin', ({ on }) => {
      loginStart = { on, offered: true }
      return { ok: true, value: loginStart }
    }),

    lookAgain: call('lookAgain', () => ({ ok: true, value: undefined })),
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
    holdAnswers() {
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

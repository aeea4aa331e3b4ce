/**
 * The real main behind its router, over fakes: what tests of the window talk to. Its calls are those of the contract,
 * checked by its schemas and answered by the use cases. A test that needs an unusual response scripts the fakes
 * (`office`), or replaces one call's response.
 */
import { isDeepStrictEqual } from 'node:util'
import { createHandlers, lockStatus } from '../../electron/main/ipc/handlers'
import { AccountFeed } from '../../electron/main/ipc/account-feed'
import { createRouter } from '../../electron/main/ipc/router'
import type { DesktopSupport } from '../../electron/core/base/ports'
import type { AuthAnswer } from '../../electron/core/base/ports'
import { lockFile } from '../../electron/core/lock/lock-document'
import type { AccountId, AccountSummary } from '../../electron/shared/account'
import type { ActivityEntry } from '../../electron/shared/activity'
import type { Environment } from '../../electron/shared/environment'
import {
  calls,
  type Bridge,
  type CallError,
  type CallName,
  type CallOutput,
  type LockStatus,
  type LoginStart,
  type Result,
  type Snapshot,
  type StartNotice,
} from '../../electron/shared/ipc/contract'
import type { TransientProblem } from '../../electron/shared/problem'
import type { KeptView } from '../../electron/shared/kept-view'
import { DEFAULT_SETTINGS, type Settings } from '../../electron/shared/settings'
import type { StorageStatus } from '../../electron/shared/storage'
import type { AvailableUpdate } from '../../electron/shared/update-feed'
import { expectedExpiry } from '../../electron/shared/status'
import { Secret } from '../../electron/shared/secret'
import { BackOffice, keyOf } from './back-office'
import type { FakeService } from './fakes/fake-service'
import { settle } from './fakes/fake-time'
import { MemoryActivity } from './fakes/memory-activity'
import { MemoryLoginItem } from './fakes/memory-login-item'
import { MemoryState } from './fakes/memory-state'
import { MemoryRecords } from './fakes/memory-records'
import { VisibleSealer } from './fakes/visible-sealer'
import { hashOf, VisibleVerifier } from './fakes/visible-verifier'
import { NextFrame, SharedTime, type OtherTime } from './shared-time'
import { refreshTokenOf, storedAccount, storedState, storedUsage } from './stored-profile'
import { Wire, type Wired } from './wire'

/** The lock's passphrase with `MainStart.lock`, also used for backups. */
export const PASSPHRASE = 'correct horse battery staple'

const ABOUT = {
  version: '1.2.3',
  electron: '45.0.0',
  chromium: '150.0.0',
  node: '24.0.0',
  system: 'linux 6.1 x64',
  profile: '/home/user/.config/TokenDesk',
}

export interface MainStart {
  readonly accounts?: readonly AccountSummary[]
  readonly environments?: readonly Environment[]
  readonly settings?: Partial<Settings>
  readonly storage?: StorageStatus
  readonly notices?: readonly StartNotice[]
  readonly loginStart?: Partial<LoginStart>
  /** What the desktop lets apps do: everything if not said. */
  readonly desktop?: DesktopSupport
  readonly locale?: string
  /** What the window showed last. */
  readonly view?: KeptView
  /** How many accounts come with the snapshot, before the others are requested; by default all. */
  readonly firstAccounts?: number
  readonly lock?: Partial<Pick<LockStatus, 'isSet' | 'isLocked' | 'isUnusable' | 'opensByTouch'>>
  /** The window's time, which is main's as well. */
  readonly time?: OtherTime
  /** The JWT stored for an account, or granted to it. */
  readonly jwtOf?: (account: { readonly name: string }) => string
  readonly activity?: readonly ActivityEntry[]
  /** A newer version named by the update feed. */
  readonly update?: AvailableUpdate
  /** The validity of the service's JWTs; 24 h by default. */
  readonly jwtLifeMs?: number
}

export interface MainInMemory extends Bridge, Wired {
  /** The use cases and the fakes beneath them. */
  readonly office: BackOffice
  /** The clipboard's content. */
  readonly clipboard: () => string | null
  failNext(call: CallName, error: CallError): void
  /** The service's response to every request from now on; null is the normal one. */
  serviceSays(what: TransientProblem | AuthAnswer | null): void
  accounts(): readonly AccountSummary[]
}

export async function startMain(start: MainStart = {}): Promise<MainInMemory> {
  const wire = new Wire()
  const office = await openOffice(start, wire)
  const router = createRouter({
    handlers: createHandlers({
      useCases: office.useCases,
      startNotices: () => start.notices ?? [],
      locale: start.locale ?? 'en-GB',
      about: () => ABOUT,
      windows: { hideQuickPick: nothing, openGuide: nothing },
      rendererReady: nothing,
      windowListens: nothing,
      uncaught: nothing,
      quit: nothing,
      restart: nothing,
    }),
    isOurs: () => true,
    readyFor: () => Promise.resolve(),
    isLocked: () => office.useCases.lock.isLocked,
    log: office.log,
  })
  const names = Object.keys(calls) as CallName[]
  const ask = (name: CallName) => (input: unknown) =>
    wire.call(name, input, async (message) => {
      const answer = await router(name, { senderFrame: null }, message)
      return asStarted(name, answer, wire.told, start)
    })
  const bridge = Object.fromEntries(names.map((name) => [name, ask(name)])) as unknown as Bridge
  return {
    ...bridge,
    on: wire.on.bind(wire),
    office,
    asked: wire.asked,
    clipboard: () => (office.clipboard.text === '' ? null : office.clipboard.text),
    answerNext: wire.answerNext.bind(wire),
    failNext: (call, error) => {
      wire.answerNext(call, { ok: false, error })
    },
    serviceSays: (what) => {
      const answer = what === null ? null : { answer: answerOf(what) }
      office.service.mishap = () => answer
      office.service.reaches = what === null || 'kind' in what ? null : { kind: 'failed', problem: what }
    },
    holdAnswers: (only) => {
      if (only === undefined) office.service.hold()
      const release = wire.holdAnswers(only)
      return () => {
        office.service.release()
        release()
      }
    },
    publish: wire.publish.bind(wire),
    accounts: () => office.accounts.summaries(office.accounts.ids()),
  }
}

function answerOf(what: TransientProblem | AuthAnswer): AuthAnswer {
  if ('kind' in what) return what
  const mayHaveArrived = what.code !== 'unreachable'
  return { kind: 'transient', problem: what, retryAfterMs: null, mayHaveArrived }
}

/** The window's first state: the accounts as the test wants them, and of many only the first. */
function asStarted(
  name: CallName,
  answer: Result<unknown>,
  told: ReadonlyMap<AccountId, AccountSummary>,
  { firstAccounts, storage }: MainStart,
): Result<unknown> {
  const asTold = (accounts: readonly AccountSummary[]): AccountSummary[] =>
    accounts.map((account) => told.get(account.id) ?? account)
  if (!answer.ok) return answer
  if (name === 'getAccounts') return { ok: true, value: asTold(answer.value as CallOutput<'getAccounts'>) }
  if (name !== 'getSnapshot') return answer
  const snapshot = answer.value as Snapshot
  const accounts = asTold(snapshot.accounts).slice(0, firstAccounts)
  const areAll = firstAccounts === undefined && snapshot.areAll
  // No test of the window has to make the decision that left secrets misplaced.
  const asStored = storage?.misplaced === undefined ? snapshot.storage : storage
  return { ok: true, value: { ...snapshot, accounts, areAll, storage: asStored } }
}

/** The use cases on a profile with what the test starts from. */
async function openOffice(start: MainStart, wire: Wire): Promise<BackOffice> {
  const { accounts = [], environments = [], lock = {}, jwtOf = jwtNaming } = start
  const storage = start.storage ?? { backend: 'gnome_libsecret', protected: true, mode: 'keyring' }
  const kept = {
    time: new SharedTime(start.time),
    stateStore: new MemoryState(),
    notificationLogStore: new MemoryState(),
    lockStore: new MemoryState(),
    usageStore: new MemoryState(),
    viewStore: new MemoryState(),
    activityFile: new MemoryActivity(),
    loginItem: new MemoryLoginItem(),
  }
  const disk = new MemoryRecords()
  for (const account of accounts) {
    const stored = { environments, keyring: storage.backend, jwt: jwtOf(account) }
    disk.files.set(account.id, storedAccount(account, stored))
  }
  const settings: Settings = {
    ...DEFAULT_SETTINGS,
    unprotectedStorage: storage.mode === 'unprotected-file' ? 'accepted' : 'undecided',
    updateFeedUrl: start.update === undefined ? null : 'https://updates.example.com/feed.json',
    ...start.settings,
  }
  kept.stateStore.text = storedState(settings, environments)
  kept.usageStore.text = storedUsage(accounts)
  if (start.view !== undefined) kept.viewStore.text = JSON.stringify({ version: 1, ...start.view })
  kept.notificationLogStore.text = storedLog(accounts, start.loginStart?.offered ?? true)
  kept.loginItem.on = start.loginStart?.on ?? false
  kept.activityFile.text = (start.activity ?? []).map((entry) => `${JSON.stringify(entry)}\n`).join('')
  if (lock.isSet === true) {
    const document = { verifier: hashOf(PASSPHRASE), tries: { count: 0, lastAt: 0 } }
    kept.lockStore.text = lock.isUnusable === true ? 'no lock' : JSON.stringify(lockFile(document))
  }
  const summary = (id: AccountId): AccountSummary | undefined => office.accounts.summary(id)
  const feed = new AccountFeed(wire.publish.bind(wire), summary, new NextFrame())
  const office: BackOffice = await BackOffice.open({
    kept,
    disk,
    keyring: { backend: storage.backend, protected: storage.protected, gap: storage.gap },
    ports: {
      verifier: new VisibleVerifier(),
      sealer: new VisibleSealer(),
      ...(start.desktop !== undefined && { desktop: start.desktop }),
    },
    listen: (events) => {
      events.on('accountsChanged', ({ ids }) => {
        for (const id of ids) wire.told.delete(id)
        feed.changed(ids)
      })
      events.on('accountRemoved', ({ id }) => {
        feed.changed([id])
      })
      events.on('removalEnded', (ended) => {
        wire.publish('removalEnded', ended)
      })
      events.on('environmentsChanged', (changed) => {
        wire.publish('environmentsChanged', { environments: [...changed.environments] })
      })
      events.on('settingsChanged', (changed) => {
        wire.publish('settingsChanged', changed)
      })
      events.on('storageChanged', ({ status }) => {
        wire.publish('storageChanged', { storage: status })
      })
      events.on('proxyChanged', (changed) => {
        wire.publish('proxyChanged', changed)
      })
      events.on('importProgressed', (progress) => {
        wire.publish('importProgressed', progress)
      })
      events.on('importEnded', () => {
        wire.publish('importEnded', {})
      })
      events.on('servicePaused', (pause) => {
        wire.publish('servicePaused', pause)
      })
      events.on('clipboardChanged', (seen) => {
        wire.publish('clipboardChanged', seen)
      })
      events.on('lockChanged', () => {
        wire.publish('lockChanged', { lock: lockStatus(office.useCases.lock) })
      })
    },
  })
  office.touchId.there = lock.opensByTouch === true
  if (lock.isSet === true && lock.isLocked !== true) await office.useCases.lock.unlock(new Secret(PASSPHRASE))
  for (const { id, doubt } of environments) if (doubt !== null) office.environmentStore.setDoubt(id, doubt)
  if (start.update !== undefined) office.feed.names(start.update)
  office.useCases.updates.start()
  script(office.service, accounts, jwtOf, start.jwtLifeMs)
  for (const { id, problem } of accounts) {
    if (problem?.code !== 'wrong-address') continue
    office.service.mishap = () => ({ answer: { kind: 'refused', status: problem.status } })
    await office.accounts.renew(id)
    office.service.mishap = () => null
  }
  await settle()
  for (const account of accounts) tellAsWanted(account, summary(account.id), wire)
  return office
}

function jwtNaming({ name }: { readonly name: string }): string {
  return `jwt of ${name}`
}

/** Fields that no record has: they are in memory only, or come from the service. */
const NOT_STORED: ReadonlySet<string> = new Set(['problem', 'renewal', 'secretsIn'])
const IN_MEMORY_ONLY: ReadonlySet<string> = new Set(['jwt', 'refreshToken', 'apiKeyHint', 'remembersApiKey'])

function tellAsWanted(wanted: AccountSummary, is: AccountSummary | undefined, { told }: Wire): void {
  const differing = (Object.keys(wanted) as (keyof AccountSummary)[]).filter(
    (key) => !isDeepStrictEqual(wanted[key], is?.[key]),
  )
  const stray = differing.filter(
    (key) => !NOT_STORED.has(key) && !(wanted.secretsIn === 'memory' && IN_MEMORY_ONLY.has(key)),
  )
  if (stray.length > 0) throw new Error(`no profile holds such an account: ${stray.join(', ')}`)
  if (differing.length > 0) told.set(wanted.id, wanted)
}

/** The service knows the accounts, and any other key; names that begin with `partner` are partners'. */
function script(
  service: FakeService,
  accounts: readonly AccountSummary[],
  jwtOf: NonNullable<MainStart['jwtOf']>,
  jwtLifeMs = service.jwtLifeMs,
): void {
  const names = new Map(accounts.map(({ name }) => [keyOf(name), name]))
  for (const { id, name, refreshToken } of accounts) {
    service.addKey(keyOf(name), { refreshes: refreshToken !== null })
    if (refreshToken !== null) service.addToken(keyOf(name), refreshTokenOf(id), expectedExpiry(refreshToken))
  }
  service.jwtLifeMs = jwtLifeMs
  service.jwtOf = (n, apiKey) => jwtOf({ name: names.get(apiKey) ?? `key ${String(n)}` })
  service.arrived = ({ call, secret }) => {
    if (call === 'login' && !names.has(secret))
      service.addKey(secret, { refreshes: secret.startsWith('partner') })
  }
}

function storedLog(accounts: readonly AccountSummary[], offered: boolean): string {
  const put = accounts.flatMap(({ id, remindAgainAt }) =>
    remindAgainAt === null ? [] : [[id, { remindAgainAt }]],
  )
  const once = offered ? ['start-at-login-offered'] : []
  return JSON.stringify({ version: 1, accounts: Object.fromEntries(put) as unknown, once, versionTold: null })
}

function nothing(): void {
  // No listener.
}

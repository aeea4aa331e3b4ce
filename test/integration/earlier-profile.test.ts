/**
 * A profile as TokenDesk 0.1.0 left it (`test/support/profile-0.1.0`; written by that build over the tests' keyring),
 * opened by this build: whatever has been renamed or moved since, a user finds everything unchanged. The files are
 * never regenerated. They contain:
 *
 * - ACME, a partner with every field that a user can set, copied once and renewed after two failures
 * - Beta, its company, with a shown reminder
 * - Gamma, muted
 * - Delta, with a shown reminder, snoozed until tomorrow
 * - Epsilon, whose refresh token and API key were refused
 * - Zeta, with a damaged, quarantined record
 * - Eta, which was being renewed when the app was killed
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createAccountFiles } from '../../electron/main/adapters/account-files'
import { createActivityFile } from '../../electron/main/adapters/activity-file'
import { createStateFile } from '../../electron/main/adapters/state-file'
import type { AccountId } from '../../electron/shared/account'
import { Secret } from '../../electron/shared/secret'
import { DEFAULT_SETTINGS } from '../../electron/shared/settings'
import { BackOffice } from '../support/back-office'
import { FakeService } from '../support/fakes/fake-service'
import { FakeTime } from '../support/fakes/fake-time'

vi.mock('electron', () => ({ default: {} }))

const FROZEN = join(import.meta.dirname, '../support/profile-0.1.0')
/** When that app was killed. */
const LEFT_AT = Date.parse('2026-06-01T12:00:37Z')
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const SANDBOX = 'f0f0f0f0-0000-4000-8000-000000000001'
const PRODUCTION = 'f0f0f0f0-0000-4000-8000-000000000002'
const idOf = (n: number): AccountId => `f0f0f0f0-0000-4000-8000-00000000000${String(n)}` as AccountId
const ACME = idOf(3)
const BETA = idOf(4)
const GAMMA = idOf(5)
const DELTA = idOf(6)
const EPSILON = idOf(7)
const ZETA = idOf(8)
const ETA = idOf(9)

let profile = ''
let time: FakeTime
let office: BackOffice
beforeEach(async () => {
  profile = mkdtempSync(join(tmpdir(), 'tokendesk-profile-'))
  cpSync(FROZEN, profile, { recursive: true })
  time = new FakeTime(LEFT_AT)
  office = await open()
})
afterEach(async () => {
  await office.quit()
  rmSync(profile, { recursive: true, force: true })
})

async function open(): Promise<BackOffice> {
  const api = new FakeService(time)
  // Nothing reaches it, so that all stays as it was left.
  api.mishap = () => ({ lose: 'request' })
  return await BackOffice.open({
    ports: {
      records: createAccountFiles(profile),
      stateStore: createStateFile(profile, 'tokendesk'),
      notificationLogStore: createStateFile(profile, 'reminders'),
      lockStore: createStateFile(profile, 'lock'),
      startupRowsStore: createStateFile(profile, 'list-start'),
      activityFile: createActivityFile(profile),
      clock: time,
      timers: time,
      api,
    },
  })
}

it('has every account, as its user has arranged it', () => {
  const arranged = {
    kindChoice: 'company',
    partnerId: null,
    environmentId: SANDBOX,
    policy: { jwt: null, refreshToken: null, muted: false },
    pinned: false,
    tags: [],
    note: '',
    copyFormat: null,
    usage: null,
    remembersApiKey: false,
    remindAgainAt: null,
  }
  const seen = office.accounts.summaries().map((summary) => {
    const known = Object.keys(arranged) as (keyof typeof arranged)[]
    return [summary.name, Object.fromEntries(known.map((field) => [field, summary[field]]))] as const
  })
  expect(Object.fromEntries(seen)).toEqual({
    ACME: {
      ...arranged,
      kindChoice: 'partner',
      environmentId: PRODUCTION,
      policy: { jwt: 'keep-live', refreshToken: 'renew', muted: false },
      pinned: true,
      tags: ['payroll', 'north'],
      note: 'Ask Jo before renewing.',
      copyFormat: 'curl-posix',
      usage: { lastAt: Date.parse('2026-06-01T12:00:01Z'), copies: 1 },
      remembersApiKey: true,
    },
    Beta: { ...arranged, environmentId: PRODUCTION, partnerId: ACME },
    Gamma: { ...arranged, policy: { ...arranged.policy, muted: true } },
    Delta: { ...arranged, remembersApiKey: true, remindAgainAt: Date.parse('2026-06-02T12:00:17Z') },
    Epsilon: { ...arranged, kindChoice: 'partner', remembersApiKey: true },
    // As much as can be read of what is left of it.
    Zeta: { ...arranged, kindChoice: 'detect' },
    Eta: { ...arranged, kindChoice: 'partner', remembersApiKey: true },
  })
})

it('has every session where it was left, with its dates', () => {
  const seen = office.accounts.summaries().map(({ name, id, jwt, refreshToken, problem }) => {
    const ends = [jwt?.expiresAt ?? 0, refreshToken?.expiresAt ?? 0].map((at) => new Date(at).toISOString())
    return `${name} ${office.status(id)} ${problem?.code ?? 'well'} ${ends.join(' ')}`
  })
  expect(seen.sort()).toEqual([
    'ACME live well 2026-06-02T12:00:22.000Z 2026-07-01T12:00:22.000Z',
    'Beta live well 2026-06-02T12:00:02.000Z 2026-06-05T12:00:02.000Z',
    'Delta live well 2026-06-02T12:00:12.000Z 2026-06-05T12:00:12.000Z',
    'Epsilon key-rejected key-refused 2026-06-02T12:00:22.000Z 2026-07-01T12:00:22.000Z',
    'Eta live well 2026-06-02T12:00:22.000Z 2026-07-01T12:00:22.000Z',
    'Gamma live well 2026-06-02T12:00:07.000Z 2026-06-05T12:00:07.000Z',
    'Zeta locked locked 1970-01-01T00:00:00.000Z 1970-01-01T00:00:00.000Z',
  ])
})

it('opens every secret', async () => {
  const opened = async (id: AccountId): Promise<readonly (string | undefined)[]> => {
    const found = await office.vault.secrets(id)
    if (!found.ok) return [found.reason]
    return [found.secrets.jwt, found.secrets.refreshToken, found.secrets.apiKey].map((each) => each?.reveal())
  }
  expect(await Promise.all([ACME, BETA, GAMMA, DELTA, EPSILON, ZETA, ETA].map(opened))).toEqual([
    ['jwt-8', 'refresh-token-8', 'api-key-of-ACME'],
    ['jwt-2', 'refresh-token-2', undefined],
    ['jwt-3', 'refresh-token-3', undefined],
    ['jwt-4', 'refresh-token-4', 'api-key-of-Delta'],
    ['jwt-5', 'refresh-token-5', 'api-key-of-Epsilon'],
    ['record-damaged'],
    ['jwt-7', 'refresh-token-7', 'api-key-of-Eta'],
  ])
})

it('has the journal of a renewal that was under way', () => {
  expect(office.vault.get(ETA)?.session?.journal).toEqual({
    state: 'ambiguous',
    since: Date.parse('2026-06-01T12:00:32Z'),
    tries: 1,
  })
})

it('has every setting, and says of none that it could not be read', () => {
  expect(office.settingsStore.current).toEqual({
    // Those that came later stand at their defaults.
    ...DEFAULT_SETTINGS,
    theme: 'dark',
    density: 'compact',
    // In 0.1.0 `standing`.
    sortBy: 'status',
    confirmsProductionCopy: true,
    quickPickShortcut: 'Control+Alt+J',
    minimumJwtLifeMs: 10 * MINUTE,
    clipboardClearMs: MINUTE,
    jwtPolicy: 'when-used',
    refreshTokenPolicy: 'remind',
    reminderLeadsMs: [5 * DAY, 2 * DAY],
    desktopNotifications: true,
    staysInBackground: false,
    updateFeedUrl: 'https://updates.example.com/tokendesk.json',
    lockAfterIdleMs: 30 * MINUTE,
    locksOnSuspend: true,
    locksOnScreenLock: true,
    unprotectedStorage: 'undecided',
  })
  expect(office.useCases.stateDocument.repair).toBeNull()
})

it('has both environments, and trusts their addresses', () => {
  const common = { defaultTimeZone: 'UTC', clockSkewMs: 0, addressConfirmed: true, doubt: null }
  expect(office.environmentStore.all).toEqual([
    {
      ...common,
      id: SANDBOX,
      name: 'Sandbox',
      baseUrl: 'https://sandbox.example.com/v2',
      production: false,
      colour: 'teal',
      revision: 1,
    },
    {
      ...common,
      id: PRODUCTION,
      name: 'Production',
      baseUrl: 'https://api.example.com',
      production: true,
      colour: 'orange',
      revision: 0,
    },
  ])
  for (const { id, baseUrl } of office.environmentStore.all)
    expect(office.environmentStore.hasGranted(id, baseUrl)).toBe(true)
})

it('is locked by the passphrase that was set', async () => {
  const { lock } = office.useCases
  expect(lock.isLocked).toBe(true)
  expect(await lock.unlock(new Secret('seven red foxes'))).toMatchObject({ kind: 'wrong' })
  await time.advance(MINUTE)
  expect(await lock.unlock(new Secret('seven brown foxes'))).toEqual({ kind: 'right' })
})

it('notifies nothing twice, and what was snoozed at its time', async () => {
  await office.useCases.lock.unlock(new Secret('seven brown foxes'))
  await time.advance(5 * MINUTE)
  expect(office.notifier.take()).toEqual([])
  expect(office.useCases.notificationLog.wasShown('stays-in-background')).toBe(true)
  await time.advance(DAY)
  expect(office.notifier.take().join('\n')).toMatch(/Refresh token of Delta expires in 3 days/u)
})

it('has what happened, in order, also what is called otherwise since', async () => {
  const entries = await office.useCases.activity.entries(null)
  expect(entries.map(({ name, what }) => `${name} ${Object.values(what).join(' ')}`).reverse()).toEqual([
    'ACME added',
    'ACME copied curl-posix',
    'ACME revealed',
    'Beta added',
    `Beta reminded ${String(5 * DAY)}`,
    'Gamma added',
    'Delta added',
    `Delta reminded ${String(5 * DAY)}`,
    'Epsilon added',
    'Zeta added',
    'Eta added',
    // In 0.1.0 `busy` and `nonsense`.
    'ACME failed service-unavailable',
    'ACME failed invalid-response',
    'ACME refreshed',
    'Epsilon failed key-refused',
    'Epsilon told key-refused',
  ])
})

it('is not written anew by a start but where a document has another shape since, and then kept as it was', async () => {
  await time.advance(0)
  await office.quit()
  const before = filesOf(FROZEN)
  const after = filesOf(profile)
  const changed = [...before].filter(([name, text]) => after.get(name) !== text)
  for (const [name, text] of changed) {
    const copy = [...after.keys()].find((each) => each.startsWith(`${name}.before-migration`))
    expect(copy, `a copy of ${name}`).toBeDefined()
    expect(after.get(copy ?? '')).toBe(text)
  }
  // The secrets of a record are never at stake for a name.
  expect(changed.map(([name]) => name)).toEqual(['tokendesk.json'])
})

it('is the same to the start after the next', async () => {
  const seen = (): unknown => [
    office.accounts.summaries(),
    office.settingsStore.current,
    office.environmentStore.all,
  ]
  const before = seen()
  await office.quit()
  office = await open()
  expect(seen()).toEqual(before)
})

/** By their paths below `folder`. */
function filesOf(folder: string): Map<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path), readFileSync(path, 'utf8')]),
  )
}

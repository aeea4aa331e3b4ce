/** Generated steps for one account, and what must hold after each of them (unit/core/rotation.model.test.ts). */
import fc from 'fast-check'
import { expect } from 'vitest'
import { parseRecord, parseSealed } from '../../electron/core/vault/account-record'
import type { AccountId } from '../../electron/shared/account'
import { Secret } from '../../electron/shared/secret'
import { BackOffice, keyOf, unwrap } from './back-office'
import type { Mishap } from './fakes/fake-service'
import { settle } from './fakes/fake-time'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const KEY = keyOf('ACME')

const ASKS = ['renew', 'force', 'live JWT', 'copy', 'enter key'] as const
type Ask = (typeof ASKS)[number]

type Step =
  | { readonly do: 'ask'; readonly force: boolean; readonly mishaps: readonly Mishap[] }
  /** Several requests while the service is slow. */
  | { readonly do: 'crowd'; readonly asks: readonly Ask[]; readonly mishaps: readonly Mishap[] }
  /** Killed during a request: after the service has processed it, before the response is read. */
  | { readonly do: 'ask and crash'; readonly arrives: boolean }
  | { readonly do: 'crash' | 'restart' | 'fill disk' | 'free disk' }
  /** The record's file is truncated without the running app noticing. */
  | { readonly do: 'damage'; readonly keep: number }
  /** The disk becomes full during a request. */
  | { readonly do: 'ask, disk fills' }
  | { readonly do: 'wait' | 'set clock'; readonly ms: number }

const mishap: fc.Arbitrary<Mishap> = fc.constantFrom<Mishap[]>(
  null,
  { lose: 'request' },
  { lose: 'answer' },
  {
    answer: {
      kind: 'transient',
      problem: { code: 'service-unavailable', status: 503 },
      retryAfterMs: null,
      mayHaveArrived: true,
    },
  },
)

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      force: fc.boolean(),
      mishaps: fc.array(mishap, { maxLength: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('crowd' as const),
      asks: fc.array(fc.constantFrom(...ASKS), { minLength: 2, maxLength: 4 }),
      mishaps: fc.array(mishap, { maxLength: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('ask and crash' as const), arrives: fc.boolean() }) },
  { weight: 2, arbitrary: fc.constantFrom({ do: 'crash' as const }, { do: 'restart' as const }) },
  { weight: 1, arbitrary: fc.constantFrom({ do: 'fill disk' as const }, { do: 'free disk' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'ask, disk fills' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('damage' as const), keep: fc.integer({ min: 0, max: 200 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 30 * HOUR }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('set clock' as const),
      ms: fc.integer({ min: -48 * HOUR, max: 48 * HOUR }),
    }),
  },
)

/** Runs steps on one account and checks the rules after each. */
export class Run {
  /** Refresh tokens are numbered in the order in which the service issued them: `refresh-token-<n>`. */
  newestStored = 0
  inFlight = 0
  /** The refresh token that the running app last read or wrote. */
  known: string | null = null
  /** The app was started on a damaged record, so everything in it is unreadable. */
  isLocked = false

  private constructor(
    private office: BackOffice,
    private id: AccountId,
    private readonly remembers: boolean,
  ) {}

  static async of(remembers: boolean): Promise<Run> {
    const office = await BackOffice.open()
    const { id } = await office.add({ rememberApiKey: remembers })
    const run = new Run(office, id, remembers)
    office.service.arrived = (sent) => {
      run.inFlight += 1
      expect(run.inFlight, 'one request at a time').toBe(1)
      expect(run.office.records.full, 'nothing is sent that could not be stored').toBe(false)
      if (sent.call === 'refresh') {
        expect(numberOf(sent.secret), 'no token that a stored one has replaced').toBeGreaterThanOrEqual(
          run.newestStored,
        )
      }
    }
    office.service.answered = () => (run.inFlight -= 1)
    await run.look()
    return run
  }

  async do(each: Step): Promise<void> {
    const { service } = this.office
    switch (each.do) {
      case 'ask': {
        const mishaps = [...each.mishaps]
        service.mishap = () => mishaps.shift() ?? null
        await this.ask(each.force)
        break
      }
      case 'crowd': {
        const mishaps = [...each.mishaps]
        service.mishap = () => mishaps.shift() ?? null
        service.hold()
        const answers = each.asks.map((ask) => this.askAs(ask))
        await settle()
        service.release()
        await Promise.all(answers)
        this.isLocked = this.office.status(this.id) === 'locked'
        break
      }
      case 'ask and crash': {
        service.mishap = () => (each.arrives ? null : { lose: 'request' })
        service.hold()
        void this.office.sessions.renew(this.id, { force: false })
        await settle()
        await this.crash()
        service.release()
        await settle()
        break
      }
      case 'ask, disk fills':
        service.mishap = () => {
          // Once the in-flight note is on disk and the request has been sent.
          queueMicrotask(() => (this.office.records.full = true))
          return null
        }
        await this.ask(false)
        break
      case 'crash':
        await this.crash()
        break
      case 'restart':
        await this.office.useCases.close()
        await this.crash()
        break
      case 'damage': {
        const text = this.office.records.files.get(this.id)
        if (text !== undefined) this.office.records.files.set(this.id, text.slice(0, each.keep))
        return
      }
      case 'fill disk':
        this.office.records.full = true
        break
      case 'free disk':
        this.office.records.full = false
        break
      case 'wait':
        service.mishap = () => null
        await this.office.time.advance(each.ms)
        break
      case 'set clock':
        this.office.time.jump(each.ms)
        service.skewMs -= each.ms
        break
    }
    await this.look()
  }

  /** In the end nothing fails any more: then the account is live, or says what to do. */
  async judge(): Promise<void> {
    this.office.records.full = false
    this.office.service.mishap = () => null
    const { service } = this.office
    // What the disk or the running app has: if the service accepts it, the login must not be lost.
    const canGoOn = !this.isLocked && (this.remembers || this.holdsNewest())
    const first = await this.office.sessions.renew(this.id, { force: false })
    const outcome = first.ok ? first : await this.office.sessions.renew(this.id, { force: false })
    expect(outcome.ok, `newest is ${String(service.newestToken(KEY))}`).toBe(canGoOn)
    if (!outcome.ok) {
      expect(outcome.problem.code).toBe(this.isLocked ? 'locked' : 'key-needed')
      expect(this.office.status(this.id)).toBe(this.isLocked ? 'locked' : 'needs-key')
      await this.enterKey()
    }
    expect(this.office.status(this.id)).toBe('live')
    this.office = await this.office.crash()
    expect(await this.office.sessions.liveJwt(this.id, 0)).toMatchObject({ ok: true })
  }

  /** Kills the app and starts it again with what the disk has. */
  private async crash(): Promise<void> {
    await this.look()
    this.office = await this.office.crash()
    this.known = await this.storedToken()
    this.isLocked = this.office.status(this.id) === 'locked'
    expect(this.isLocked, 'locked means damaged').toBe(this.known === null)
  }

  /**
   * Recovers as the app says: by the API key, or, where even the environment is unreadable, by adding the account
   * again.
   */
  private async enterKey(): Promise<void> {
    const entered = await this.office.accounts.enterApiKey(this.id, new Secret(KEY), false)
    if (entered.ok) return
    expect(entered.error).toEqual({
      code: 'problem',
      problem: { code: 'locked', reason: 'environment-lost' },
    })
    unwrap(await this.office.removals.removeNow(this.id))
    this.id = (await this.office.add()).id
  }

  private holdsNewest(): boolean {
    if (this.known === this.office.service.newestToken(KEY)) return true
    // Granted while the disk was full, and still in the running app's memory.
    return this.office.summary(this.id).problem?.code === 'storage-unwritable' && this.unstored
  }

  private get unstored(): boolean {
    const { problem } = this.office.summary(this.id)
    return problem?.code === 'storage-unwritable' && problem.afterAnswer
  }

  private async askAs(ask: Ask): Promise<unknown> {
    const { accounts, jwts, sessions } = this.office
    switch (ask) {
      case 'renew':
        return await sessions.renew(this.id, { force: false })
      case 'force':
        return await sessions.renew(this.id, { force: true })
      case 'live JWT':
        return await sessions.liveJwt(this.id, 5 * MINUTE)
      case 'copy':
        return await jwts.copy(this.id, null)
      case 'enter key':
        return await accounts.enterApiKey(this.id, new Secret(KEY), this.remembers)
    }
  }

  private async ask(force: boolean): Promise<void> {
    const outcome = await (force
      ? this.office.sessions.renew(this.id, { force })
      : this.office.sessions.liveJwt(this.id, 5 * MINUTE))
    await this.look()
    if (!outcome.ok) return
    const { newestStored } = this
    expect(numberOf(outcome.value.jwt.reveal()), 'no JWT before its token is stored').toBeLessThanOrEqual(
      newestStored,
    )
  }

  private async look(): Promise<void> {
    const stored = await this.storedToken()
    if (stored === null) return
    this.known = stored
    this.newestStored = Math.max(this.newestStored, numberOf(stored))
  }

  private async storedToken(): Promise<string | null> {
    const parsed = parseRecord(this.office.records.files.get(this.id) ?? '')
    if (parsed.kind !== 'current' || parsed.record.session === null) return null
    const opened = await this.office.cipher.open(parsed.record.session.sealed)
    return opened.ok ? (parseSealed(opened.text)?.secrets.refreshToken?.reveal() ?? null) : null
  }
}

function numberOf(token: string): number {
  return Number(/-(\d+)$/u.exec(token)?.[1] ?? 0)
}

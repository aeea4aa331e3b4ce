/**
 * What people do with an account's JWT: copy it in the format a tool wants, view its claims, identify one that they
 * have.
 */
import type { AccountId } from '../../shared/account'
import type { EpochMs } from '../../shared/brand'
import { claimsOf, type JwtContents } from '../../shared/claims'
import { formatJwt, type CopyFormat } from '../../shared/copy-format'
import type { Result } from '../../shared/ipc/contract'
import { decodeJwt, expiryClaim } from '../../shared/jwt'
import { Secret } from '../../shared/secret'
import { inSlices, type Pause } from '../base/slices'
import { isSameSubject, subjectOf } from '../../shared/subject'
import type { AccountUsage } from '../activity/account-usage'
import type { Activity } from '../activity/activity'
import type { AppEmitter } from '../base/app-events'
import type { SettingsStore } from '../settings/settings-store'
import type { EnvironmentStore } from '../settings/environment-store'
import type { ClipboardService } from './clipboard-service'
import { jwtsIn, type PastedJwt } from './pasted-jwts'
import { yieldToEventLoop } from '../base/yield-to-event-loop'
import { AccountGoneError } from '../base/errors'
import type { Clock, Timers } from '../base/ports'
import { toResult, cannotCopy, done, failed, notFound, superseded } from '../base/results'
import type { SessionService } from '../session/session-service'
import type { Account } from '../vault/account-view'
import type { Vault } from '../vault/vault'

/** Opened in one go when all accounts are searched; more would keep main from answering. */
const OPENED_AT_ONCE = 50

/** As many are told of; a HAR may hold hundreds. */
const TOLD_AT_MOST = 20

/** Whose a pasted JWT is, and whether it can be used. */
export interface IdentifiedJwt {
  /** Null: no account here has it. */
  readonly id: AccountId | null
  /** `same`: the very one that is stored. `related`: of the same issuer and subject, e.g. an earlier one. */
  readonly match: 'same' | 'related' | null
  /** `unknown`: it doesn't say when it ends, or isn't a JWT that can be read. */
  readonly life: 'live' | 'ended' | 'not-yet' | 'unknown'
  readonly expiresAt: EpochMs | null
  /** False: its end was not copied. */
  readonly isWhole: boolean
}

/** What a pasted text holds. */
export interface IdentifiedJwts {
  /** Those of accounts first. */
  readonly found: readonly IdentifiedJwt[]
  /** How many more there are. */
  readonly more: number
  /** Something begins like a JWT and can't be read. */
  readonly hasUnreadable: boolean
}

/** Of a JWT that is in the clipboard now: null is unknown. */
export interface CopiedJwt {
  readonly expiresAt: EpochMs | null
  readonly leftMs: number | null
}

export interface JwtServiceDeps {
  readonly vault: Vault
  readonly settingsStore: SettingsStore
  readonly environmentStore: EnvironmentStore
  readonly sessions: SessionService
  readonly clipboard: ClipboardService
  readonly activity: Activity
  readonly usage: AccountUsage
  readonly clock: Clock
  readonly timers: Timers
  readonly events: AppEmitter
}

export class JwtService {
  readonly #pause: Pause

  constructor(private readonly deps: JwtServiceDeps) {
    this.#pause = yieldToEventLoop(deps.timers)
  }

  /**
   * Copies a JWT with at least the time left that the settings ask for. `format`: null copies the JWT alone without
   * making that the account's last choice.
   */
  async copy(id: AccountId, format: CopyFormat | null): Promise<Result<CopiedJwt>> {
    const { settingsStore, environmentStore, sessions, clipboard, clock } = this.deps
    const { minimumJwtLifeMs, clipboardClearMs } = settingsStore.current
    const number = clipboard.ask()
    return await toResult('session', async () => {
      const outcome = await sessions.liveJwt(id, minimumJwtLifeMs)
      if (!outcome.ok) return failed(outcome.problem)
      const account = this.#account(id)
      const environment = environmentStore.get(account.environment.id)
      const written = formatJwt(format ?? 'jwt', {
        jwt: outcome.value.jwt.reveal(),
        baseUrl: environment?.baseUrl ?? '',
        environmentName: environment?.name ?? '',
        accountName: account.name,
      })
      if (!written.ok) return cannotCopy(written.reason)
      const isThere = await clipboard.copySecret(new Secret(written.value), clipboardClearMs, number)
      if (!isThere) return superseded
      this.#used(id, format)
      const { expiresAt } = outcome.value
      const now = environmentStore.serverTime(account.environment.id, clock.now())
      return done({ expiresAt, leftMs: expiresAt === null ? null : expiresAt - now })
    })
  }

  /** What stands in the stored JWT; null when it can't be read, or there is none. */
  async readClaims(id: AccountId): Promise<Result<JwtContents | null>> {
    return await this.#withStored(id, (jwt) => done(jwt === null ? null : claimsOf(jwt.reveal())))
  }

  /** The stored JWT itself. */
  async reveal(id: AccountId): Promise<Result<{ jwt: string | null }>> {
    return await this.#withStored(id, (jwt) => {
      if (jwt !== null) this.deps.activity.note(id, this.#account(id).name, { kind: 'revealed' })
      return done({ jwt: jwt?.reveal() ?? null })
    })
  }

  /** Copies a claim's value, as `readClaims` gives it. */
  async copyClaim(id: AccountId, name: string): Promise<Result<undefined>> {
    const number = this.deps.clipboard.ask()
    return await this.#withStored(id, async (jwt) => {
      const claim =
        jwt === null ? undefined : claimsOf(jwt.reveal())?.claims.find((each) => each.name === name)
      if (claim === undefined) return notFound('claim')
      // No key to anything, but it may name people.
      const { clipboardClearMs } = this.deps.settingsStore.current
      const secret = new Secret(claim.value)
      if (!(await this.deps.clipboard.copySecret(secret, clipboardClearMs, number))) return superseded
      this.deps.activity.note(id, this.#account(id).name, { kind: 'copied-claim', claim: claim.name })
      return done(undefined)
    })
  }

  /** Copies what is shown of a masked field, which is no less secret than a JWT. */
  async copyShown(text: Secret): Promise<Result<undefined>> {
    const number = this.deps.clipboard.ask()
    const { clipboardClearMs } = this.deps.settingsStore.current
    return await toResult('session', async () =>
      (await this.deps.clipboard.copySecret(text, clipboardClearMs, number)) ? done(undefined) : superseded,
    )
  }

  /** Whose each JWT in the text is, looking through all accounts, a few at a time. */
  async identify(pasted: Secret): Promise<Result<IdentifiedJwts>> {
    const { vault } = this.deps
    const text = pasted.reveal()
    const { found, hasUnreadable } = await inSlices(jwtsIn(text), this.#pause)
    const wanted = found.map((each) => ({ ...each, names: subjectOf(each.jwt) }))
    const same = new Map<string, AccountId>()
    const related = new Map<string, AccountId>()
    let other: IdentifiedJwt | null = null
    for (const [index, id] of vault.ids().entries()) {
      if (index % OPENED_AT_ONCE === OPENED_AT_ONCE - 1) await this.#pause()
      const stored = vault.get(id)?.session?.jwt == null ? null : await this.#stored(id)
      if (stored === null) continue
      const names = subjectOf(stored)
      for (const { jwt, names: wantedNames } of wanted) {
        if (jwt === withoutPadding(stored) || jwt === stored) same.set(jwt, id)
        else if (names !== null && wantedNames !== null && isSameSubject(names, wantedNames)) {
          if (!related.has(jwt)) related.set(jwt, id)
        }
      }
      // A token of the service may be any text.
      if (other === null && wanted.length === 0 && holds(text, stored)) {
        other = this.#identified({ jwt: stored, isWhole: true }, id, 'same')
      }
    }
    const told = wanted.map((each) => {
      const one = same.get(each.jwt)
      return one === undefined
        ? this.#identified(each, related.get(each.jwt) ?? null, 'related')
        : this.#identified(each, one, 'same')
    })
    const all = other === null ? [...told.filter(isKnown), ...told.filter((each) => !isKnown(each))] : [other]
    return done({
      found: all.slice(0, TOLD_AT_MOST),
      more: Math.max(0, all.length - TOLD_AT_MOST),
      hasUnreadable,
    })
  }

  #identified(
    { jwt, isWhole }: PastedJwt,
    id: AccountId | null,
    matching: 'same' | 'related',
  ): IdentifiedJwt {
    const { vault, environmentStore, clock } = this.deps
    const account = id === null ? undefined : vault.get(id)
    const match = account === undefined ? null : matching
    const now =
      account === undefined ? clock.now() : environmentStore.serverTime(account.environment.id, clock.now())
    const storedEnd = match === 'same' ? (account?.session?.jwt?.expiresAt ?? null) : null
    const ends = [storedEnd, expiryClaim(jwt)].filter((at) => at !== null)
    const expiresAt = ends.length === 0 ? null : Math.min(...ends)
    return {
      id: account === undefined ? null : id,
      match,
      life: lifeOf(jwt, expiresAt, now),
      expiresAt,
      isWhole,
    }
  }

  async #withStored<Value>(
    id: AccountId,
    use: (jwt: Secret | null) => Result<Value> | Promise<Result<Value>>,
  ): Promise<Result<Value>> {
    return await toResult('session', async () => {
      this.#account(id)
      const opened = await this.deps.vault.secrets(id)
      return opened.ok ? await use(opened.secrets.jwt) : failed({ code: 'locked', reason: opened.reason })
    })
  }

  async #stored(id: AccountId): Promise<string | null> {
    try {
      const opened = await this.deps.vault.secrets(id)
      return opened.ok ? (opened.secrets.jwt?.reveal() ?? null) : null
    } catch (error) {
      if (error instanceof AccountGoneError) return null
      throw error
    }
  }

  #used(id: AccountId, format: CopyFormat | null): void {
    const { vault, activity, usage, events } = this.deps
    const account = vault.get(id)
    if (account === undefined) return
    activity.note(id, account.name, { kind: 'copied', format: format ?? 'jwt' })
    usage.copied(id, format)
    events.emit('accountsChanged', { ids: [id] })
  }

  #account(id: AccountId): Account {
    const account = this.deps.vault.get(id)
    if (account === undefined) throw new AccountGoneError(id)
    return account
  }
}

function isKnown({ id }: IdentifiedJwt): boolean {
  return id !== null
}

/** Some write base64url with it, and some take it off. */
function withoutPadding(jwt: string): string {
  return jwt.replaceAll('=', '')
}

/** Shorter ones might stand in a text by chance. */
const OPAQUE_AT_LEAST = 16

/** Whether the text is this token, or has it between characters that aren't part of one. */
function holds(text: string, token: string): boolean {
  if (withoutWrapping(text) === token) return true
  if (token.length < OPAQUE_AT_LEAST) return false
  for (let at = text.indexOf(token); at !== -1; at = text.indexOf(token, at + 1)) {
    const after = at + token.length
    if (!PART_OF_ONE.test(text.charAt(at - 1)) && !PART_OF_ONE.test(text.charAt(after))) return true
  }
  return false
}

const PART_OF_ONE = /[\w.~+/-]/u

function withoutWrapping(text: string): string {
  return text
    .trim()
    .replace(/^(?:R-Auth|Authorization)\s*:\s*/iu, '')
    .replace(/^Bearer\s+/iu, '')
    .replace(/^(["'])(.*)\1$/su, '$2')
    .trim()
}

function lifeOf(jwt: string, expiresAt: EpochMs | null, now: EpochMs): IdentifiedJwt['life'] {
  const notBefore = decodeJwt(jwt)?.payload['nbf']
  if (typeof notBefore === 'number' && notBefore * 1000 > now) return 'not-yet'
  if (expiresAt === null) return 'unknown'
  return expiresAt > now ? 'live' : 'ended'
}

/**
 * When the user is notified or an account is renewed, by the rules of reminders. Written from these rules and not from
 * the app's code, so that the two can be compared.
 */
import type { AccountSummary } from '../../../electron/shared/account'
import type { Settings } from '../../../electron/shared/settings'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** The lead of the reminder that a token has expired. */
const DEATH = 0

/** What the app knows of an account, as its window shows it. Times are the server's. */
export interface Known {
  readonly token: { readonly endsAt: number; readonly refused: boolean } | null
  readonly jwtEndsAt: number | null
  /** When JWT and token were received. */
  readonly receivedAt: number
  readonly remembersKey: boolean
  readonly isRenewing: boolean
  /** Its last renewal has failed and none has succeeded since. */
  readonly hasFailed: boolean
  readonly keyRefused: boolean
}

/** The user's choices, for this account or for all. */
export interface Wishes {
  readonly jwt: Settings['jwtPolicy']
  readonly refreshToken: Settings['refreshTokenPolicy']
  readonly muted: boolean
  /** In ms. */
  readonly leads: readonly number[]
}

/** What the user has been notified about, and when it is due again. */
export interface Past {
  told: { readonly endsAt: number; readonly lead: number } | null
  /** `until`: by this computer's clock. */
  snoozed: { readonly endsAt: number; readonly until: number } | null
  news: Alert | null
}

export type Alert = 'key-needed' | 'key-refused'

/** The environment's server and this computer. */
export interface Times {
  readonly server: number
  readonly wall: number
}

export function knownOf({ refreshToken, jwt, remembersApiKey, renewal, problem }: AccountSummary): Known {
  return {
    token:
      refreshToken === null
        ? null
        : {
            // Reminders of a token of unknown expiry go by its age.
            endsAt: refreshToken.expiresAt ?? refreshToken.receivedAt + 30 * DAY,
            refused: refreshToken.refused,
          },
    jwtEndsAt: jwt?.expiresAt ?? null,
    receivedAt: jwt?.receivedAt ?? -Infinity,
    remembersKey: remembersApiKey,
    isRenewing: renewal.phase === 'renewing',
    hasFailed: problem !== null,
    keyRefused: problem?.code === 'key-refused',
  }
}

/** The lead of the reminder that is due and has not been shown, in ms; null when there is none. */
export function reminderDue(known: Known, wishes: Wishes, past: Past, now: Times): number | null {
  const { token } = known
  if (token === null || token.refused || wishes.muted || known.isRenewing) return null
  // Alerts that say more: no reminder may promise a click or the saved key then.
  if (known.keyRefused) return null
  const left = token.endsAt - now.server
  const holding = [...leadsThatCount(known, wishes, left), DEATH].filter((lead) => left <= lead)
  if (holding.length === 0 || (left > 0 && renewsItself(known, wishes) && !known.hasFailed)) return null
  const lead = Math.min(...holding)
  const told = past.told?.endsAt === token.endsAt ? past.told.lead : Infinity
  if (past.snoozed?.endsAt !== token.endsAt) return lead < told ? lead : null
  if (past.snoozed.until <= now.wall) return lead
  return lead === DEATH && told > DEATH ? DEATH : null
}

function leadsThatCount(
  { hasFailed }: Known,
  { leads, refreshToken }: Wishes,
  left: number,
): readonly number[] {
  return left > 0 && hasFailed && refreshToken === 'renew' ? leads.filter((lead) => lead < 7 * DAY) : leads
}

/** Automatically, before its token expires. */
function renewsItself(known: Known, wishes: Wishes): boolean {
  const { token } = known
  return (
    token !== null &&
    (renewsTokenAt(known, wishes) < token.endsAt || keepsLiveAt(known, wishes) < token.endsAt)
  )
}

function keepsLiveAt({ jwtEndsAt, receivedAt }: Known, { jwt }: Wishes): number {
  return jwt === 'keep-live' && jwtEndsAt !== null ? before(jwtEndsAt, 5 * MINUTE, receivedAt) : Infinity
}

function renewsTokenAt({ token, receivedAt }: Known, { refreshToken }: Wishes): number {
  return refreshToken === 'renew' && token !== null ? before(token.endsAt, 7 * DAY, receivedAt) : Infinity
}

/** In the last `lead` of its validity, but not in the first half: a shorter token would be renewed without end. */
function before(endsAt: number, lead: number, receivedAt: number): number {
  const life = endsAt - receivedAt
  return life < MINUTE ? Infinity : endsAt - Math.min(lead, life / 2)
}

/**
 * What is wrong with an account's keys and has not been notified since it was well. A notification that the token has
 * expired includes that the API key is needed.
 */
export function newsDue(known: Known, { muted }: Wishes, past: Past): Alert | null {
  const news = newsOf(known)
  if (muted || known.isRenewing || news === past.news) return null
  const wasExpiryNotified = past.told?.endsAt === known.token?.endsAt && past.told?.lead === DEATH
  return news === 'key-needed' && wasExpiryNotified ? null : news
}

export function newsOf({ token, remembersKey, keyRefused }: Known): Alert | null {
  if (keyRefused) return 'key-refused'
  return token?.refused === true && !remembersKey ? 'key-needed' : null
}

/** Whether the app has to renew the account now without being asked. */
export function renewalDue(known: Known, wishes: Wishes, now: Times): boolean {
  if (known.isRenewing || known.hasFailed) return false
  const canRefresh = known.token !== null && !known.token.refused && known.token.endsAt > now.server
  const canRenew = canRefresh || (known.remembersKey && !known.keyRefused)
  return canRenew && isWanted(known, wishes, now)
}

/** Whether the account's policy wants it renewed now, if it can be renewed. */
export function isWanted(known: Known, wishes: Wishes, now: Times): boolean {
  return Math.min(keepsLiveAt(known, wishes), renewsTokenAt(known, wishes)) <= now.server
}

/** The next moment, by this computer's clock, at which something above changes by time alone. */
export function nextMoment(known: Known, wishes: Wishes, past: Past, now: Times): number {
  const { token } = known
  const ends = token === null ? [] : [...wishes.leads, DEATH].map((lead) => token.endsAt - lead)
  const coming = [...ends, keepsLiveAt(known, wishes), renewsTokenAt(known, wishes)]
    .filter((at) => at > now.server)
    .map((at) => at - now.server + now.wall)
  if (past.snoozed !== null && past.snoozed.until > now.wall) coming.push(past.snoozed.until)
  return Math.min(...coming)
}

/** When to remind again, by this computer's clock. */
export function tomorrow(endsAt: number, now: Times): number {
  const left = endsAt - now.server
  return now.wall + (left > 2 * HOUR ? Math.min(DAY, left - HOUR) : DAY)
}

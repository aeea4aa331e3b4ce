import type { AccountId, AccountSummary } from '../../electron/shared/account'
import { DEFAULT_POLICY } from '../../electron/shared/policy'
import type { Environment, EnvironmentId } from '../../electron/shared/environment'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The current time of fakes and builders: 24 Nov 2026, 09:00:00 UTC. */
export const NOW = Date.UTC(2026, 10, 24, 9)

/** The same UUID for the same words, so that tests can name ids. */
export function anId(words: string): string {
  const hash = Array.from(words).reduce(
    (sum, each) => (sum * 131n + BigInt(each.codePointAt(0) ?? 0)) % 2n ** 48n,
    7n,
  )
  return `00000000-0000-4000-8000-${hash.toString(16).padStart(12, '0')}`
}

export function anEnvironment(parts: Partial<Environment> & { id?: EnvironmentId } = {}): Environment {
  return {
    id: anId('sandbox') as EnvironmentId,
    name: 'Sandbox',
    baseUrl: 'https://sandbox.example.com',
    production: false,
    colour: 'teal',
    defaultTimeZone: 'UTC',
    clockSkewMs: 0,
    revision: 0,
    addressConfirmed: true,
    doubt: null,
    ...parts,
  }
}

/** By default a company that is live for 12 hours and has nothing to renew with. */
export function anAccount(parts: Partial<AccountSummary> = {}): AccountSummary {
  const name = parts.name ?? 'ACME'
  return {
    id: anId(name) as AccountId,
    name,
    environmentId: anId('sandbox') as EnvironmentId,
    kind: 'company',
    kindChoice: 'detect',
    partnerId: null,
    createdAt: NOW - 30 * DAY,
    apiKeyHint: null,
    remembersApiKey: false,
    jwt: aJwt(12 * HOUR),
    refreshToken: null,
    secretsIn: 'keyring',
    renewal: { phase: 'idle' },
    policy: DEFAULT_POLICY,
    pinned: false,
    tags: [],
    note: '',
    copyFormat: null,
    usage: null,
    remindAgainAt: null,
    gateway: { isOpen: false, armedUntil: null },
    problem: null,
    ...parts,
  }
}

/** A partner that is live for a day, with a refresh token for 29 more. */
export function aPartner(parts: Partial<AccountSummary> = {}): AccountSummary {
  return anAccount({
    name: 'Harbor Payroll Group',
    kind: 'partner',
    jwt: aJwt(23 * HOUR),
    refreshToken: aRefreshToken(29.5 * DAY),
    ...parts,
  })
}

/** A JWT of 24 hours with `leftMs` left at `now`. */
export function aJwt(leftMs: number, now = NOW): NonNullable<AccountSummary['jwt']> {
  return { receivedAt: now + leftMs - DAY, expiresAt: now + leftMs, claimDifferenceMs: null }
}

export function aRefreshToken(leftMs: number, now = NOW): NonNullable<AccountSummary['refreshToken']> {
  return { receivedAt: now + leftMs - 30 * DAY, expiresAt: now + leftMs, refused: false }
}

/** A JWT received `ageMs` before `now`, without an expiry. */
export function anUndatedJwt(ageMs: number, now = NOW): NonNullable<AccountSummary['jwt']> {
  return { receivedAt: now - ageMs, expiresAt: null, claimDifferenceMs: null }
}

export function anUndatedRefreshToken(ageMs: number, now = NOW): NonNullable<AccountSummary['refreshToken']> {
  return { receivedAt: now - ageMs, expiresAt: null, refused: false }
}

/** An unsigned JWT in compact form with these claims. */
export function aJwtOf(claims: Readonly<Record<string, unknown>>): string {
  const head = base64url(JSON.stringify({ alg: 'HS256', typ: 'JWT' }))
  return `${head}.${base64url(JSON.stringify(claims))}.${base64url('no signature'.padEnd(32))}`
}

function base64url(text: string): string {
  const binary = String.fromCharCode(...new TextEncoder().encode(text))
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/u, '')
}

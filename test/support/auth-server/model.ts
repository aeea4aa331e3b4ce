/**
 * The service's state and rules without HTTP: API keys, refresh tokens that each work once, JWTs that can be verified.
 * Every call costs the same, however many keys and tokens there are.
 */
import { createHmac, randomBytes } from 'node:crypto'

type KeyKind = 'partner' | 'company'

interface NewApiKey {
  readonly apiKey: string
  readonly kind: KeyKind
  readonly name?: string
  /** Default 24 h. */
  readonly jwtLifeMs?: number
  /** Default 30 days. */
  readonly refreshLifeMs?: number
  /** Its JWTs have an additional claim of this many bytes. */
  readonly claimBytes?: number
}

/** What tests ask about a key. */
interface KeyReport {
  readonly kind: KeyKind
  /** Its latest refresh token; null before the first one and for keys that get none. */
  readonly newestRefreshToken: string | null
  readonly logins: number
  readonly rotations: number
  /** How often a refresh token was sent although a newer one had been issued for the key. Must be 0. */
  readonly olderTokensSent: number
}

export interface ModelSettings {
  /** `offset`: `2026-06-26T07:56:42.199+00:00`; `zoneless`: `2026-06-26T07:56:42`. */
  dateStyle: 'offset' | 'zoneless'
  /** The zone of a time without one, in minutes east of UTC. */
  zonelessOffsetMinutes: number
  /** Whether companies get refresh tokens, too. */
  companiesRefresh: boolean
}

export interface Reply {
  readonly status: number
  readonly body: string
}

interface Key {
  readonly apiKey: string
  readonly kind: KeyKind
  readonly name: string
  readonly jwtLifeMs: number
  readonly claimBytes: number
  refreshLifeMs: number
  revoked: boolean
  newest: string | null
  logins: number
  rotations: number
  olderTokensSent: number
}

interface RefreshToken {
  readonly key: Key
  readonly expiresAt: number
  live: boolean
}

const HOUR_MS = 3_600_000
const SECOND_MS = 1000

export function createModel(now: () => number, settings: ModelSettings, seed: number | null) {
  const random = seed === null ? (): string => randomBytes(24).toString('base64url') : seededText(seed)
  const signingSecret = random()
  const keys = new Map<string, Key>()
  const tokens = new Map<string, RefreshToken>()
  const issued: string[] = []
  let serial = 0

  function grant(key: Key): Reply {
    const jwtDies = now() + key.jwtLifeMs
    const session = { jwt: signJwt(key, jwtDies), expirationDate: date(jwtDies) }
    issued.push(session.jwt)
    if (key.kind === 'company' && !settings.companiesRefresh) return json(200, session)
    const refreshToken = `rt-${random()}`
    const expiresAt = now() + key.refreshLifeMs
    tokens.set(refreshToken, { key, expiresAt, live: true })
    key.newest = refreshToken
    issued.push(refreshToken)
    return json(200, { ...session, refreshToken, refreshTokenExpiration: date(expiresAt) })
  }

  function date(instant: number): string {
    if (settings.dateStyle === 'offset') return new Date(instant).toISOString().replace('Z', '+00:00')
    return new Date(instant + settings.zonelessOffsetMinutes * 60_000).toISOString().slice(0, 19)
  }

  function signJwt(key: Key, expiresAt: number): string {
    serial += 1
    const claims = {
      sub: key.apiKey.slice(-4),
      name: key.name,
      kind: key.kind,
      jti: String(serial),
      iat: Math.floor(now() / SECOND_MS),
      exp: Math.floor(expiresAt / SECOND_MS),
      ...(key.claimBytes === 0 ? {} : { scopes: 'x'.repeat(key.claimBytes) }),
    }
    const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
    return `${signed}.${createHmac('sha256', signingSecret).update(signed).digest('base64url')}`
  }

  return {
    /** Every JWT and refresh token ever granted, oldest first. */
    issued: issued as readonly string[],
    addApiKey(key: NewApiKey): void {
      keys.set(key.apiKey, {
        apiKey: key.apiKey,
        kind: key.kind,
        name: key.name ?? key.kind,
        jwtLifeMs: key.jwtLifeMs ?? 24 * HOUR_MS,
        claimBytes: key.claimBytes ?? 0,
        refreshLifeMs: key.refreshLifeMs ?? 30 * 24 * HOUR_MS,
        revoked: false,
        newest: null,
        logins: 0,
        rotations: 0,
        olderTokensSent: 0,
      })
    },
    /** For refresh tokens granted from now on. */
    setRefreshLife(apiKey: string, refreshLifeMs: number): void {
      keyOf(apiKey).refreshLifeMs = refreshLifeMs
    },
    /** Refuses logins with it from now on; what it was granted stays valid. */
    revokeApiKey(apiKey: string): void {
      keyOf(apiKey).revoked = true
    },
    revokeRefreshToken(token: string): void {
      const found = tokens.get(token)
      if (found === undefined) throw new Error('no such refresh token')
      found.live = false
    },
    login(apiKey: unknown): Reply {
      const key = typeof apiKey === 'string' ? keys.get(apiKey) : undefined
      if (key === undefined || key.revoked) return json(401, { error: 'invalid_api_key' })
      key.logins += 1
      return grant(key)
    },
    /** The old token is invalid as soon as this returns: there is no grace period (auth-api.md). */
    refresh(token: unknown): Reply {
      const found = typeof token === 'string' ? tokens.get(token) : undefined
      if (found === undefined) return json(401, { error: 'invalid_refresh_token' })
      if (found.key.newest !== token) found.key.olderTokensSent += 1
      if (!found.live || found.expiresAt <= now()) return json(401, { error: 'invalid_refresh_token' })
      found.live = false
      found.key.rotations += 1
      return grant(found.key)
    },
    /** Verifies a JWT: signed here and not expired. */
    whoami(jwt: string | undefined): Reply {
      const [header, payload, signature, ...more] = jwt?.split('.') ?? []
      const signed = `${header ?? ''}.${payload ?? ''}`
      const expected = createHmac('sha256', signingSecret).update(signed).digest('base64url')
      if (signature !== expected || payload === undefined || more.length > 0)
        return json(401, { error: 'invalid_jwt' })
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as {
        name: string
        exp: number
      }
      if (claims.exp * SECOND_MS <= now()) return json(401, { error: 'expired_jwt' })
      return json(200, { name: claims.name, expiresAt: claims.exp * SECOND_MS })
    },
    report(apiKey: string): KeyReport {
      const { kind, newest, logins, rotations, olderTokensSent } = keyOf(apiKey)
      return { kind, newestRefreshToken: newest, logins, rotations, olderTokensSent }
    },
  }

  function keyOf(apiKey: string): Key {
    const key = keys.get(apiKey)
    if (key === undefined) throw new Error('no such API key')
    return key
  }
}

export type Model = ReturnType<typeof createModel>

export function json(status: number, value: unknown): Reply {
  return { status, body: JSON.stringify(value) }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** The same texts in the same order for the same seed (mulberry32). Not for secrets. */
function seededText(seed: number): () => string {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  return () => Array.from({ length: 5 }, () => next().toString(36).padStart(7, '0')).join('')
}

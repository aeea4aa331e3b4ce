/**
 * An account as stored on disk: names and dates readable, secrets sealed together into one string.
 * A field's meaning never changes within a version; a new one raises it and adds a migration.
 */
import * as z from 'zod/mini'
import { accountId, environmentId } from '../../shared/ids'
import { accountProfile, accountUse, type RefreshTokenDates } from '../../shared/account'
import { USUAL_REFRESH_TOKEN_LIFE_MS } from '../../shared/status'
import { DEFAULT_POLICY } from '../../shared/policy'
import { ENVIRONMENT_COLOURS, type Environment } from '../../shared/environment'
import { migrate, renameField, type Migration } from '../base/migrate'
import { Secret } from '../../shared/secret'

/** From version N to N + 1; the newest version is one more than there are migrations. */
export const RECORD_MIGRATIONS: readonly Migration[] = [
  // 2: what the user decides about renewal and reminders, what helps to find the account, and how it is used.
  (record) => ({
    ...record,
    policy: DEFAULT_POLICY,
    pinned: false,
    tags: [],
    note: '',
    environment:
      typeof record['environment'] === 'object'
        ? { ...record['environment'], revision: 0 }
        : record['environment'],
  }),
  // 3: unknown expiries, when a refresh token was received, and details of a refusal.
  (record) => {
    const { environment, session } = record
    return {
      ...record,
      session: isObject(session)
        ? factsOfVersion3(session, isObject(environment) ? environment['baseUrl'] : undefined)
        : session,
    }
  },
  // 4: a name.
  (record) => ({ ...record, environment: environmentOfVersion4(record['environment']) }),
  // 5: usage has moved to a file of its own.
  ({ usage, copyFormat, ...record }) => ({
    ...record,
    usedBefore: isObject(usage) ? { ...usage, format: copyFormat ?? null } : null,
  }),
]
export const RECORD_VERSION = RECORD_MIGRATIONS.length + 1

const instant = z.number()

/** The journal of the rotating exchange: what the next renewal must know if this one's answer never arrives. */
const journal = z.discriminatedUnion('state', [
  z.object({ state: z.literal('settled') }),
  /** Written before a request is sent; found at start-up, it means that the app ended while it was under way. */
  z.object({ state: z.literal('in-flight'), by: z.enum(['refresh', 'login']), since: instant }),
  /** A refresh was sent and no answer came: the stored token may have been replaced. */
  z.object({ state: z.literal('ambiguous'), since: instant, tries: z.int().check(z.minimum(1)) }),
])

/** A definitive refusal by the service: when it came and from which address. */
const refusal = z.object({
  at: z.nullable(instant),
  /** Null where an older version didn't write it down. */
  status: z.nullable(z.number()),
  baseUrl: z.string(),
  /** It came with others in a way that speaks of the environment rather than of the account (auth-api.md, rule 6). */
  isDoubtful: z.boolean(),
})
export type Refusal = Readonly<z.output<typeof refusal>>

export const sessionFacts = z.object({
  jwt: z.nullable(
    z.object({
      receivedAt: instant,
      /** Null: the service sent no expiry, or an unreadable one. */
      expiresAt: z.nullable(instant),
      claimDifferenceMs: z.nullable(z.number()),
    }),
  ),
  refreshToken: z.nullable(
    z.object({
      receivedAt: instant,
      /** Null: as for the JWT. */
      expiresAt: z.nullable(instant),
      refused: z.nullable(refusal),
    }),
  ),
  remembersApiKey: z.boolean(),
  apiKeyHint: z.nullable(z.string()),
  /** How the service refused the API key; null when it didn't. */
  keyRefused: z.nullable(z.extend(refusal, { status: z.number() })),
  /** The saved API key logged in as another account; it is not used again until the user has confirmed it. */
  keyOfAnother: z.boolean(),
  /** The refresh token was refused after an answer was lost; the message to the user gives that as the reason. */
  maybeReplaced: z.boolean(),
  journal,
})

/** What is known of a session without opening its secrets. */
export type SessionFacts = Readonly<z.output<typeof sessionFacts>>

/** The part that may leave main. */
export function refreshTokenDates({ refreshToken }: SessionFacts): RefreshTokenDates | null {
  if (refreshToken === null) return null
  const { receivedAt, expiresAt, refused } = refreshToken
  return { receivedAt, expiresAt, refused: refused !== null }
}

/** Reads a note found at start-up: the app ended while a request was under way. */
export function recovered(session: SessionFacts): SessionFacts {
  const { journal } = session
  if (journal.state !== 'in-flight') return session
  return {
    ...session,
    journal:
      journal.by === 'refresh'
        ? { state: 'ambiguous', since: journal.since, tries: 1 }
        : { state: 'settled' },
  }
}

/** The session facts of a version 2 record as version 3 has them. `baseUrl`: where that record's account logs in. */
export function factsOfVersion3(
  facts: Readonly<Record<string, unknown>>,
  baseUrl: unknown,
): Record<string, unknown> {
  const { jwt, refreshToken, keyRefused } = facts
  const refusedAs = (status: unknown): object => ({ at: null, status, baseUrl, isDoubtful: false })
  return {
    ...facts,
    refreshToken: isObject(refreshToken)
      ? {
          ...refreshToken,
          // Both come in one answer; without the JWT's date, it is estimated by a token's usual lifetime.
          receivedAt: isObject(jwt)
            ? jwt['receivedAt']
            : Number(refreshToken['expiresAt']) - USUAL_REFRESH_TOKEN_LIFE_MS,
          refused: refreshToken['refused'] === true ? refusedAs(null) : null,
        }
      : refreshToken,
    keyRefused: typeof keyRefused === 'number' ? refusedAs(keyRefused) : keyRefused,
    keyOfAnother: false,
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export const environmentCopy = z.object({
  id: environmentId,
  name: z.string(),
  baseUrl: z.string(),
  production: z.boolean(),
  colour: z.enum(ENVIRONMENT_COLOURS),
  defaultTimeZone: z.string(),
  revision: z.int(),
})

/** Of version 3 and earlier of a record, and of version 2 and earlier of a backup. */
export function environmentOfVersion4(earlier: unknown): unknown {
  return renameField(earlier, 'zonelessTimesAre', 'defaultTimeZone')
}

/** As records and backups keep it. What is typed may be empty, until it is checked; what is kept never is. */
export const storedProfile = { ...accountProfile, name: accountProfile.name.check(z.minLength(1)) }

const record = z.object({
  version: z.int(),
  id: accountId,
  ...storedProfile,
  /** A copy, so that an account still works when the file with the environments is damaged. */
  environment: environmentCopy,
  /** Null: the session is kept in memory only. */
  session: z.nullable(
    z.extend(sessionFacts, {
      sealed: z.string().check(z.minLength(1)),
      /** Whether its gateway is open; absent where it never was. If invalid, it must not cost the account. */
      gatewayOpen: z.optional(z.catch(z.boolean(), false)),
    }),
  ),
  /** Usage that an earlier version stored here; if invalid, it must not cost the account. */
  usedBefore: z.optional(z.catch(z.nullable(accountUse), null)),
})

export type AccountRecord = Readonly<z.output<typeof record>>
export type EnvironmentCopy = AccountRecord['environment']

export function copyOf(environment: Environment): EnvironmentCopy {
  const { id, name, baseUrl, production, colour, defaultTimeZone, revision } = environment
  return { id, name, baseUrl, production, colour, defaultTimeZone, revision }
}

const secret = z.nullable(
  z.pipe(
    z.string(),
    z.transform((text) => new Secret(text)),
  ),
)

/** What `sealed` holds, as JSON, together with the gateway's capability. */
export const secrets = z.object({ jwt: secret, refreshToken: secret, apiKey: secret })
export type Secrets = Readonly<z.output<typeof secrets>>

/** Belongs to this computer, so backups, which hold secrets, don't have it. */
const sealedContent = z.extend(secrets, { gateway: z.optional(secret) })

export interface SealedContent {
  readonly secrets: Secrets
  /** The secret part of the gateway's address; null where there was never one. */
  readonly capability: Secret | null
}

export function parseSealed(text: string): SealedContent | null {
  try {
    const parsed = sealedContent.safeParse(JSON.parse(text)).data
    if (parsed === undefined) return null
    const { gateway = null, ...known } = parsed
    return { secrets: known, capability: gateway }
  } catch {
    return null
  }
}

/** As `parseSealed` takes it, to be sealed at once. */
export function sealedText({ secrets: opened, capability }: SealedContent): string {
  return JSON.stringify({ ...openText(opened), ...(capability && { gateway: capability.reveal() }) })
}

export function openText({ jwt, refreshToken, apiKey }: Secrets): z.input<typeof secrets> {
  return {
    jwt: jwt?.reveal() ?? null,
    refreshToken: refreshToken?.reveal() ?? null,
    apiKey: apiKey?.reveal() ?? null,
  }
}

export type ParsedRecord =
  | { readonly kind: 'current' | 'migrated'; readonly record: AccountRecord }
  | { readonly kind: 'foreign' | 'future' }

export function parseRecord(
  text: string,
  migrations: readonly Migration[] = RECORD_MIGRATIONS,
): ParsedRecord {
  const migrated = migrate(text, migrations)
  if (migrated.kind === 'foreign' || migrated.kind === 'future') return { kind: migrated.kind }
  const parsed = record.safeParse(migrated.document)
  return parsed.success ? { kind: migrated.kind, record: parsed.data } : { kind: 'foreign' }
}

/**
 * What can still be read of a damaged record, so that the account shows by its name: whole JSON with wrong
 * fields, or a file that breaks off after them.
 */
export function salvage(text: string): { name: string | null; environment: EnvironmentCopy | null } {
  return {
    name: stringField(text, 'name'),
    environment: objectField(text, 'environment'),
  }
}

function stringField(text: string, key: string): string | null {
  const match = new RegExp(`"${key}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`, 'u').exec(text)
  const value = z.string().check(z.minLength(1)).safeParse(parseJson(match?.[1]))
  return value.data ?? null
}

function objectField(text: string, key: string): EnvironmentCopy | null {
  const match = new RegExp(`"${key}"\\s*:\\s*(\\{[^{}]*\\})`, 'u').exec(text)
  return environmentCopy.safeParse(environmentOfVersion4(parseJson(match?.[1]))).data ?? null
}

function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

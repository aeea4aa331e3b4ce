import * as z from 'zod/mini'
import type { EpochMs } from './brand'
import { COPY_FORMATS, type CopyFormat } from './copy-format'
import { accountId, type AccountId, type EnvironmentId } from './ids'
import { DEFAULT_POLICY, JWT_POLICIES, REFRESH_TOKEN_POLICIES } from './policy'
import type { Problem } from './problem'

export type { AccountId } from './ids'

export type AccountKind = 'partner' | 'company'

/** What the user chose; `detect` lets the first login decide (auth-api.md, rule 2). */
export type KindChoice = 'detect' | AccountKind

/** What people type; checked for sense by the use case. */
export const typed = z.string().check(z.maxLength(100_000))

/**
 * What the user decides about an account, once: records and backups keep it, summaries show it, edits change it. A new
 * field stands here, in a migration of the record (core/vault/account-record.ts), and where people set it.
 */
export const accountProfile = {
  name: typed,
  kind: z.enum(['partner', 'company']),
  kindChoice: z.enum(['detect', 'partner', 'company']),
  /** The partner account that a company is nested under. */
  partnerId: z.nullable(accountId),
  createdAt: z.number(),
  policy: z.object({
    jwt: z.nullable(z.enum(JWT_POLICIES)),
    refreshToken: z.nullable(z.enum(REFRESH_TOKEN_POLICIES)),
    muted: z.boolean(),
  }),
  pinned: z.boolean(),
  /** In the order in which the user entered them. */
  tags: z.readonly(z.array(typed).check(z.maxLength(1000))),
  note: typed,
}
export type AccountProfile = Readonly<z.output<z.ZodMiniObject<typeof accountProfile>>>

/** Of an account about which nobody has decided anything yet. */
export const UNDECIDED = {
  policy: DEFAULT_POLICY,
  pinned: false,
  tags: [],
  note: '',
} satisfies Partial<AccountProfile>

const PROFILE_FIELDS = Object.keys(accountProfile) as readonly (keyof AccountProfile)[]

/** What the user has decided, and nothing else that `account` knows. */
export function profileOf(account: AccountProfile): AccountProfile {
  return Object.fromEntries(
    PROFILE_FIELDS.map((field) => [field, account[field]]),
  ) as unknown as AccountProfile
}

/** What the app is doing about the account's session right now. Never stored. */
export type RenewalPhase =
  | { readonly phase: 'idle' }
  | { readonly phase: 'renewing' }
  /** A transient failure, retried at `retryAt`. */
  | { readonly phase: 'waiting'; readonly retryAt: EpochMs }

export interface JwtDates {
  /** By the server's clock. */
  readonly receivedAt: EpochMs
  /** The earlier of `expirationDate` and the `exp` claim (auth-api.md, rule 3); null where neither is known. */
  readonly expiresAt: EpochMs | null
  /** `expirationDate` minus the `exp` claim when they differ by over 5 minutes, else null. */
  readonly claimDifferenceMs: number | null
}

export interface RefreshTokenDates {
  /** By the server's clock. */
  readonly receivedAt: EpochMs
  /** Null where the service gave no readable date (auth-api.md, rule 1). */
  readonly expiresAt: EpochMs | null
  /** The service has refused it for good. It is kept, and sent again only when the user asks. */
  readonly refused: boolean
}

/** How its JWTs are used, as stored. */
export const accountUse = z.object({
  /** By this computer's clock. */
  lastAt: z.number(),
  copies: z.int(),
  /** The format chosen for the last copy, if one was chosen. */
  format: z.nullable(z.enum(COPY_FORMATS)),
})
export type AccountUse = Readonly<z.output<typeof accountUse>>

/** How its JWTs are used; null before the first copy. */
export interface Usage {
  /** By this computer's clock. */
  readonly lastAt: EpochMs
  readonly copies: number
}

/** Everything about an account that may leave the vault. Never holds a secret. */
export interface AccountSummary extends AccountProfile {
  readonly id: AccountId
  readonly environmentId: EnvironmentId
  /** The last characters of a saved API key (`…7Q2f`), to tell keys apart; null when it isn't saved. */
  readonly apiKeyHint: string | null
  readonly remembersApiKey: boolean
  readonly jwt: JwtDates | null
  readonly refreshToken: RefreshTokenDates | null
  /** Where its secrets are: sealed on disk, in memory until the app ends, or on disk but not readable. */
  readonly secretsIn: 'keyring' | 'unprotected-file' | 'memory' | 'locked'
  readonly renewal: RenewalPhase
  /** In which format its JWT was copied last, where one was chosen; null before that. */
  readonly copyFormat: CopyFormat | null
  readonly usage: Usage | null
  /** Until then (this machine's time) the user has snoozed reminders; null when nothing is snoozed. */
  readonly remindAgainAt: EpochMs | null
  /** `armedUntil`: until when its requests may change production; null: they may not. */
  readonly gateway: { readonly isOpen: boolean; readonly armedUntil: EpochMs | null }
  /** What keeps it from being live or renewed, if anything does. */
  readonly problem: Problem | null
}

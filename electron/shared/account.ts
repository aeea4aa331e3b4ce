import * as z from 'zod/mini'
import type { Brand, EpochMs } from './brand'
import { COPY_FORMATS, type CopyFormat } from './copy-format'
import type { EnvironmentId } from './environment'
import type { Problem } from './problem'
import type { AccountPolicy } from './policy'

export type AccountId = Brand<string, 'AccountId'>

export type AccountKind = 'partner' | 'company'

/** What the user chose; `detect` lets the first login decide (auth-api.md, rule 2). */
export type KindChoice = 'detect' | AccountKind

/** What the program is doing about the account's session right now. Lives in memory only. */
export type RenewalPhase =
  | { readonly phase: 'idle' }
  | { readonly phase: 'renewing' }
  /** A transient failure; the next try is planned for `retryAt`. */
  | { readonly phase: 'waiting'; readonly retryAt: EpochMs }

export interface JwtDates {
  /** When it was received, by the server's clock; with `expiresAt` it gives the whole time that it is valid. */
  readonly receivedAt: EpochMs
  /** The earlier of `expirationDate` and the `exp` claim (auth-api.md, rule 3); null where neither is known. */
  readonly expiresAt: EpochMs | null
  /** `expirationDate` minus the `exp` claim when they differ by over 5 minutes, else null. */
  readonly claimDifferenceMs: number | null
}

export interface RefreshTokenDates {
  /** When it was received, by the server's clock. */
  readonly receivedAt: EpochMs
  /** Null where the service didn't say it in a way that can be read (auth-api.md, rule 1). */
  readonly expiresAt: EpochMs | null
  /** The service has definitively refused it. It is kept, and not sent again unless the user asks. */
  readonly refused: boolean
}

/** How its JWTs are used, as it is stored. */
export const accountUse = z.object({
  /** When one was copied last, by this machine's clock. */
  lastAt: z.number(),
  copies: z.int(),
  /** In which one it was copied last, where one was chosen. */
  format: z.nullable(z.enum(COPY_FORMATS)),
})
export type AccountUse = Readonly<z.output<typeof accountUse>>

/** How its JWTs are used; null before the first copy. */
export interface Usage {
  /** When one was copied last, by this machine's clock. */
  readonly lastAt: EpochMs
  readonly copies: number
}

/** Everything about an account that may leave the vault. Never holds a secret. */
export interface AccountSummary {
  readonly id: AccountId
  readonly name: string
  readonly environmentId: EnvironmentId
  readonly kind: AccountKind
  readonly kindChoice: KindChoice
  /** The partner account that a company is nested under. */
  readonly partnerId: AccountId | null
  readonly createdAt: EpochMs
  /** The last characters of a remembered API key (`…7Q2f`), to tell keys apart; null when it isn't remembered. */
  readonly apiKeyHint: string | null
  readonly remembersApiKey: boolean
  readonly jwt: JwtDates | null
  readonly refreshToken: RefreshTokenDates | null
  /** Where its secrets are: sealed on disk, in memory until the app ends, or on disk but not readable. */
  readonly secretsIn: 'keyring' | 'unprotected-file' | 'memory' | 'locked'
  readonly renewal: RenewalPhase
  /** What the user decided about renewal and reminders of this account. */
  readonly policy: AccountPolicy
  readonly pinned: boolean
  /** The user's own words to find it by, in the order they were given. */
  readonly tags: readonly string[]
  readonly note: string
  /** In which form its JWT was copied last, where a form was chosen; null before that. */
  readonly copyFormat: CopyFormat | null
  readonly usage: Usage | null
  /** Until then (this machine's time) the user has put reminders off; null when nothing is put off. */
  readonly remindAgainAt: EpochMs | null
  /** Why it stands as it does, when there is something to say. */
  readonly problem: Problem | null
}

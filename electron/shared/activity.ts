/** What has happened to accounts, for people to read back. Never holds a secret. */
import type { AccountId } from './account'
import type { EpochMs } from './brand'
import type { CopyFormat } from './copy-format'
import type { Problem } from './problem'

/** What the user is alerted to about an account, once until it is well again. */
export const ALERTS = ['key-needed', 'key-refused'] as const
export type Alert = (typeof ALERTS)[number]

export type ActivityEvent =
  | { readonly kind: 'added' | 'logged-in' | 'refreshed' | 'removed' | 'revealed' }
  | { readonly kind: 'copied'; readonly format: CopyFormat }
  /** `claim`: its name. */
  | { readonly kind: 'copied-claim'; readonly claim: string }
  /** A renewal that came to nothing; of the problem only what can't quote a secret. */
  | { readonly kind: 'failed'; readonly problem: Problem['code'] }
  /** `leadMs`: how long before the refresh token's death; 0 is its death. */
  | { readonly kind: 'reminded'; readonly leadMs: number }
  | { readonly kind: 'told'; readonly of: Alert }

export interface ActivityEntry {
  /** By this machine's clock. */
  readonly at: EpochMs
  readonly id: AccountId
  /** As the account was called then. */
  readonly name: string
  readonly what: ActivityEvent
}

/** Older entries are dropped. */
export const ACTIVITY_KEPT_MS = 90 * 24 * 60 * 60_000
/** And of the others the oldest, when there are more. */
export const ACTIVITY_AT_MOST = 20_000

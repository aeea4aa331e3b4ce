/**
 * What the app has said, moment by moment: what it showed of accounts, settings, environments and the lock, and what it
 * put into the clipboard. All of it was to be on the disk when it was said.
 */
import type { AccountId, AccountSummary } from '../../electron/shared/account'
import type { Environment } from '../../electron/shared/environment'
import type { Settings } from '../../electron/shared/settings'

/** Of an account: what it is to be found with again. */
export interface SaidAccount {
  readonly name: string
  readonly kind: string
  readonly partnerId: string | null
  readonly pinned: boolean
  readonly tags: string
  readonly note: string
  readonly policy: string
  readonly remembersApiKey: boolean
  /** The number of its refresh token, where it said that it is stored; 0 where it has none or it is in memory. */
  readonly token: number
  readonly jwtEnds: number
}

export interface Said {
  readonly accounts: ReadonlyMap<AccountId, SaidAccount>
  readonly settings: string
  readonly environments: string
  readonly lockIsSet: boolean
  /** Files that were said to be saved for the user, by their path: a digest of the bytes. */
  readonly saved: ReadonlyMap<string, string>
  /** Numbers of the sessions of which nothing is on the disk any more. */
  readonly gone: ReadonlySet<number>
}

const NOTHING_SAID: Said = {
  accounts: new Map(),
  settings: '',
  environments: '[]',
  lockIsSet: false,
  saved: new Map(),
  gone: new Set(),
}

export class Transcript {
  readonly #moments: Said[] = [NOTHING_SAID]

  /** The latest moment. */
  get now(): number {
    return this.#moments.length - 1
  }

  get latest(): Said {
    return this.at(this.now)
  }

  at(moment: number): Said {
    const said = this.#moments[moment]
    if (said === undefined) throw new Error(`nothing was said at ${String(moment)}`)
    return said
  }

  say(change: Partial<Said>): void {
    this.#moments.push({ ...this.latest, ...change })
  }

  /** What may be found after a crash at `since`, when what was under way had ended at `until`. */
  between(since: number, until: number): readonly Said[] {
    return this.#moments.slice(since, until + 1)
  }
}

export function saidOf(
  summary: AccountSummary,
  tokenThatEnds: (at: number | null | undefined) => number,
): SaidAccount {
  const isStored = summary.secretsIn === 'keyring' || summary.secretsIn === 'unprotected-file'
  return {
    name: summary.name,
    kind: summary.kind,
    partnerId: summary.partnerId,
    pinned: summary.pinned,
    tags: summary.tags.join(),
    note: summary.note,
    policy: JSON.stringify(summary.policy),
    remembersApiKey: isStored && summary.remembersApiKey,
    token: isStored ? tokenThatEnds(summary.refreshToken?.expiresAt) : 0,
    jwtEnds: isStored ? (summary.jwt?.expiresAt ?? 0) : 0,
  }
}

export function saidOfSettings(settings: Settings): string {
  return JSON.stringify(Object.entries(settings).sort())
}

/** Without the skew, which is measured again at the next answer. */
export function saidOfEnvironments(environments: readonly Environment[]): string {
  return JSON.stringify(environments.map(({ clockSkewMs: _, ...rest }) => rest))
}

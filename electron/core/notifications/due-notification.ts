/** What the user should be notified of about one account now. Pure rules. */
import type { AccountSummary } from '../../shared/account'
import type { ActivityEvent, Alert } from '../../shared/activity'
import type { EpochMs } from '../../shared/brand'
import type { Problem } from '../../shared/problem'
import { AT_EXPIRY, leadReached, nextLeadAt, type Lead } from '../../shared/reminders'
import type { Settings } from '../../shared/settings'
import { expectedExpiry } from '../../shared/status'
import { wasReminded, type AccountLog } from './notification-log'

export type DueNotification =
  { readonly kind: 'reminder'; readonly lead: Lead; readonly expiresAt: EpochMs } | { readonly kind: Alert }

export interface Circumstances {
  readonly settings: Settings
  /** By this machine's clock. */
  readonly here: EpochMs
  /** By the clock of the account's server. */
  readonly server: EpochMs
}

/** Null when nothing is due, or it was shown already. */
export function dueNotification(
  account: AccountSummary,
  log: AccountLog,
  { settings, here, server }: Circumstances,
): DueNotification | null {
  // The outcome decides.
  if (account.renewal.phase === 'renewing') return null
  const alert = alertOf(account.problem)
  if (alert !== null && !account.policy.muted) {
    return log.news === alert || wasShownAtExpiry(account, log) ? null : { kind: alert }
  }
  const reached = leadReached(account, settings, server)
  if (reached === null) return null
  const { lead, expiresAt } = reached
  const isNew = !wasReminded(log, expiresAt, lead)
  const { remindAgainAt } = log
  if (remindAgainAt === null) return isNew ? { kind: 'reminder', lead, expiresAt } : null
  const isTime = remindAgainAt <= here || (lead === AT_EXPIRY && isNew)
  return isTime ? { kind: 'reminder', lead, expiresAt } : null
}

/** Whether a notification about the account is still valid. */
export function stillHolds(
  account: AccountSummary,
  { settings, server }: Pick<Circumstances, 'settings' | 'server'>,
): boolean {
  if (account.policy.muted) return false
  return alertOf(account.problem) !== null || leadReached(account, settings, server) !== null
}

/** When (by this machine's clock) something may become due without a change; null: never. */
export function nextDueAt(
  account: AccountSummary,
  { settings, here, server }: Circumstances,
): EpochMs | null {
  const lead = nextLeadAt(account, settings, server)
  const again = account.remindAgainAt
  const instants = [
    ...(lead === null ? [] : [lead - (server - here)]),
    ...(again !== null && again > here ? [again] : []),
  ]
  return instants.length === 0 ? null : Math.min(...instants)
}

/** The log's entry for it. */
export function loggedAs(due: DueNotification): Partial<AccountLog> {
  return due.kind === 'reminder'
    ? { reminded: { expiresAt: due.expiresAt, lead: due.lead }, remindAgainAt: null }
    : { news: due.kind }
}

export function activityOf(due: DueNotification): ActivityEvent {
  return due.kind === 'reminder' ? { kind: 'reminded', leadMs: due.lead } : { kind: 'told', of: due.kind }
}

/** The notification at the token's expiry has already said that the API key is needed. */
function wasShownAtExpiry({ problem, refreshToken }: AccountSummary, log: AccountLog): boolean {
  return (
    problem?.code === 'key-needed' &&
    refreshToken !== null &&
    wasReminded(log, expectedExpiry(refreshToken), AT_EXPIRY)
  )
}

/**
 * Problems that only the user can fix and could not foresee. An account that never had more than its JWT, or whose
 * session was kept in memory by the user's own choice, causes no alert.
 */
function alertOf(problem: Problem | null): Alert | null {
  if (problem?.code === 'key-refused') return 'key-refused'
  if (problem?.code !== 'key-needed') return null
  switch (problem.reason) {
    case 'refresh-token-refused':
    case 'refresh-token-maybe-replaced':
    case 'refresh-token-expired':
    case 'key-of-another':
      return 'key-needed'
    case 'nothing-to-renew-with':
    case 'kept-in-memory-only':
      return null
  }
}

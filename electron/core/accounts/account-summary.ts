import type { AccountSummary } from '../../shared/account'
import { refreshTokenDates } from '../vault/account-record'
import type { NotificationLog } from '../notifications/notification-log'
import type { AccountUsage } from '../activity/account-usage'
import type { SessionService } from '../session/session-service'
import type { Account } from '../vault/account-view'

export interface SummaryDeps {
  readonly sessions: SessionService
  readonly notificationLog: NotificationLog
  readonly usage: AccountUsage
}

/** What may leave main about an account: field by field, so that nothing new gets out by accident. */
export function summarise(
  account: Account,
  { sessions, notificationLog, usage }: SummaryDeps,
): AccountSummary {
  const { session } = account
  return {
    id: account.id,
    name: account.name,
    environmentId: account.environment.id,
    kind: account.kind,
    kindChoice: account.kindChoice,
    partnerId: account.partnerId,
    createdAt: account.createdAt,
    apiKeyHint: session?.apiKeyHint ?? null,
    remembersApiKey: session?.remembersApiKey ?? false,
    jwt: session?.jwt ?? null,
    refreshToken: session && refreshTokenDates(session),
    secretsIn: account.secretsIn,
    renewal: sessions.phase(account.id),
    policy: account.policy,
    pinned: account.pinned,
    tags: account.tags,
    note: account.note,
    ...usage.of(account.id),
    remindAgainAt: notificationLog.remindAgainAt(account.id),
    problem: sessions.problem(account),
  }
}

import { profileOf, type AccountSummary } from '../../shared/account'
import { refreshTokenDates } from '../vault/account-record'
import type { NotificationLog } from '../notifications/notification-log'
import type { AccountUsage } from '../activity/account-usage'
import type { GatewayService } from '../gateway/gateway-service'
import type { SessionService } from '../session/session-service'
import type { Account } from '../vault/account-view'

export interface SummaryDeps {
  readonly sessions: SessionService
  readonly notificationLog: NotificationLog
  readonly usage: AccountUsage
  readonly gateways: GatewayService
}

/** What may leave main about an account: field by field, so that nothing new gets out by accident. */
export function summarise(
  account: Account,
  { sessions, notificationLog, usage, gateways }: SummaryDeps,
): AccountSummary {
  const { session } = account
  return {
    ...profileOf(account),
    id: account.id,
    environmentId: account.environment.id,
    apiKeyHint: session?.apiKeyHint ?? null,
    remembersApiKey: session?.remembersApiKey ?? false,
    jwt: session?.jwt ?? null,
    refreshToken: session && refreshTokenDates(session),
    secretsIn: account.secretsIn,
    renewal: sessions.phase(account.id),
    ...usage.of(account.id),
    remindAgainAt: notificationLog.remindAgainAt(account.id),
    gateway: gateways.summary(account.id),
    problem: sessions.problem(account),
  }
}

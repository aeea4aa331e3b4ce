/** What keeps a rotated token from being lost, and an expired JWT from being copied. */
import type { Mutants } from './mutant'

export const SESSIONS: readonly Mutants[] = [
  {
    file: 'electron/core/session/live-jwts.ts',
    tests: [
      'core/session/session-service',
      'core/session/lost-answers',
      'core/session/session-clocks',
      'core/jwt/jwt-service',
      'core/session/asleep',
      'core/session/unknown-expiry',
    ],
    breaks: [
      ['const atLeast = Math.max(minimumLifeMs, 1)', 'const atLeast = 1'],
      ['if (renewed.ok && this.#isStale(this.#account(id), atLeast)) renewed = await renew(id, atLeast)', ''],
      ['renewed.value.isExpired || this.#isExpired(id, renewed.value)', 'renewed.value.isExpired'],
      ['renewed.value.isExpired || this.#isExpired(id, renewed.value)', 'this.#isExpired(id, renewed.value)'],
      [' && session.jwt.receivedAt <= latest + FUTURE_TOLERANCE_MS', ''],
      ['if (exp !== null && exp < until(this.#account(id))) return null', ''],
    ],
  },
  {
    file: 'electron/core/session/session-service.ts',
    tests: [
      'core/session/session-service',
      'core/session/lost-answers',
      'core/session/session-clocks',
      'core/jwt/jwt-service',
      'core/session/asleep',
      'core/session/confirm-api-key',
      'core/app/ending',
      'core/app/last-guards',
    ],
    breaks: [
      ['if (underWay !== undefined) return underWay', ''],
      ['return joins && isKeyOfAnother(outcome) ? await this.renew(id, wish) : outcome', 'return outcome'],
      ['    this.#requests.hold()\n', ''],
      ['    await this.#renewals.storeUnstored()\n', ''],
      ['    this.#renewals.close()\n', ''],
    ],
  },
  {
    file: 'electron/core/session/automatic-renewals.ts',
    tests: [
      'core/session/session-service',
      'core/session/lost-answers',
      'core/session/session-clocks',
      'core/jwt/jwt-service',
      'core/session/asleep',
      'core/app/last-guards',
    ],
    breaks: [
      ['account.session === null || !wouldResendInDoubt(account.session)', 'true'],
      ['    if (!this.#retries.hasGivenUp(id)) return\n', ''],
    ],
  },
  {
    file: 'electron/core/session/renewals.ts',
    tests: [
      ...[
        'core/session/session-service',
        'core/session/lost-answers',
        'core/session/session-clocks',
        'core/session/rotation.model',
        'core/session/asleep',
        'core/session/confirm-api-key',
      ],
      ...[
        'core/accounts/environment-meanwhile',
        'core/session/replaced-base-url',
        'core/accounts/account-service',
      ],
    ],
    breaks: [
      ['        vault.saveFacts(id, inFlight(session, by, now), generation)\n', ''],
      [
        'if (this.#lifeLeft(id, unstored.facts) >= minimumLifeMs) return liveJwtIn(unstored)',
        'return liveJwtIn(unstored)',
      ],
      ['      this.#unstored.set(id, session)\n', ''],
      ['return environment.addressConfirmed\n', 'return environment.addressConfirmed !== null\n'],
      ['if (environment?.baseUrl !== target.value.baseUrl) {', 'if (environment === null) {'],
      ["if (by === 'login' && isAnothers(answer.session, opened.secrets)) {", 'if (by === null) {'],
      ['      this.deps.vault.probe()\n', ''],
    ],
  },
  {
    file: 'electron/core/vault/account-record.ts',
    tests: [
      'core/session/rotation.model',
      'core/session/session-service',
      'core/session/lost-answers',
      'core/session/session-clocks',
      'core/app/last-guards',
    ],
    breaks: [["? { state: 'ambiguous', since: journal.since, tries: 1 }", "? { state: 'settled' }"]],
  },
  {
    file: 'electron/core/session/rotation.ts',
    tests: [
      'core/session/rotation.model',
      'core/session/session-service',
      'core/session/lost-answers',
      'core/session/session-clocks',
      'core/app/last-guards',
    ],
    breaks: [
      [
        "return hasKey && isKeyGood(session) && isInDoubtAgain(session) ? 'login' : 'refresh'",
        "return 'refresh'",
      ],
      ["return by === 'refresh' && answer.mayHaveArrived\n", 'return by === null\n'],
      ['return isInDoubtAgain(session) && (!session.remembersApiKey || !isKeyGood(session))', 'return false'],
      ['session.refreshToken?.token ?? replaced', 'session.refreshToken?.token ?? null'],
      ["if (hasKey && (isKeyGood(session) || force)) return 'login'", "if (hasKey) return 'login'"],
    ],
  },
  {
    file: 'electron/core/session/request-limiter.ts',
    tests: [
      'core/session/session-service',
      'core/session/lost-answers',
      'core/session/session-clocks',
      'core/app/ending',
    ],
    breaks: [
      ['export const REQUESTS_AT_ONCE = 8', 'export const REQUESTS_AT_ONCE = 9'],
      [
        'export const RETRIES_AT_ONCE = REQUESTS_AT_ONCE - 1',
        'export const RETRIES_AT_ONCE = REQUESTS_AT_ONCE',
      ],
      ['while (this.#held !== null) await this.#held.until', ''],
    ],
  },
  {
    file: 'electron/core/session/retry-scheduler.ts',
    tests: [
      'core/transfer/limiting-service',
      'core/session/session-service',
      'core/session/auth-refusals',
      'core/session/lost-answers',
    ],
    breaks: [
      ['const leastMs = Math.max(retryAfterMs ?? 0, pausedMs(id))', 'const leastMs = retryAfterMs ?? 0'],
      ['    this.putOff(wanted.filter((id) => this.deps.pausedMs(id) > 0))\n', ''],
      ['      const waitMs = pausedMs(id)\n', '      const waitMs = Math.min(0, pausedMs(id))\n'],
      ['    putOff(ids)\n', ''],
    ],
  },
  {
    file: 'electron/core/session/service-pauses.ts',
    tests: ['core/transfer/limiting-service', 'core/session/service-pauses'],
    breaks: [
      ['Math.max(SHORTEST_MS, wanted)', 'wanted'],
      ['if (!this.#pauses.has(id)) this.#inARow', 'this.#inARow'],
      ["if (answer.kind === 'granted') this.#inARow.delete(id)", ''],
      ['    if ((this.#pauses.get(id)?.endsAt ?? 0) >= endsAt) return\n', ''],
      ['    for (const go of [...(this.#waiting.get(id) ?? [])]) go()\n', ''],
    ],
  },
]

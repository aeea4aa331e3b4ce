/** A service that takes so many requests in a time, and answers 429 with `Retry-After` beyond that. */
import type { FakeService } from './fakes/fake-service'
import type { FakeTime } from './fakes/fake-time'

export interface Limit {
  readonly requests: number
  readonly inMs: number
  readonly retryAfterMs: number | null
}

/** Twenty logins in ten seconds, then "in five seconds": that of the issue. */
export const TWENTY_IN_TEN: Limit = { requests: 20, inMs: 10_000, retryAfterMs: 5_000 }

/** Returns the times at which it refused, by the clock. */
export function limits(
  service: FakeService,
  time: FakeTime,
  limit: Limit = TWENTY_IN_TEN,
): readonly number[] {
  const taken: number[] = []
  const refusedAt: number[] = []
  service.mishap = () => {
    const now = time.now()
    if (taken.filter((at) => at > now - limit.inMs).length < limit.requests) {
      taken.push(now)
      return null
    }
    refusedAt.push(now)
    const { retryAfterMs } = limit
    const problem = { code: 'service-unavailable', status: 429 } as const
    return { answer: { kind: 'transient', problem, retryAfterMs, mayHaveArrived: false } }
  }
  return refusedAt
}

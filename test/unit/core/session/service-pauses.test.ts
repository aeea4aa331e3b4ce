import { describe, expect, it } from 'vitest'
import type { AppEvents } from '../../../../electron/core/base/app-events'
import { Emitter } from '../../../../electron/core/base/emitter'
import type { AuthAnswer } from '../../../../electron/core/base/ports'
import { ServicePauses } from '../../../../electron/core/session/service-pauses'
import type { EnvironmentId } from '../../../../electron/shared/environment'
import { Secret } from '../../../../electron/shared/secret'
import { FakeTime } from '../../../support/fakes/fake-time'
import { MemoryLog } from '../../../support/fakes/memory-log'

const SANDBOX = 'sandbox' as EnvironmentId
const GRANTED: AuthAnswer = {
  kind: 'granted',
  session: {
    jwt: new Secret('a-jwt'),
    jwtExpiresAt: null,
    isExpired: false,
    claimDifferenceMs: null,
    refreshToken: null,
  },
}

function limited(retryAfterMs: number | null, status = 429): AuthAnswer {
  const problem = { code: 'service-unavailable', status } as const
  return { kind: 'transient', problem, retryAfterMs, mayHaveArrived: false }
}

/** Chance always picks the longest wait. */
function pauses(): { readonly time: FakeTime; readonly pauses: ServicePauses } {
  const time = new FakeTime()
  const events = new Emitter<AppEvents>(new MemoryLog())
  return { time, pauses: new ServicePauses({ clock: time, timers: time, random: () => 1, events }) }
}

describe('a service that limits', () => {
  it('is left alone for as long as it asks, by 503 as well', async () => {
    for (const status of [429, 503]) {
      const { time, pauses: each } = pauses()
      each.answered(SANDBOX, limited(5_000, status))
      expect([each.left(SANDBOX), each.until(SANDBOX)]).toEqual([5_000, time.now() + 5_000])
      await time.advance(5_000)
      expect([each.left(SANDBOX), each.until(SANDBOX)]).toEqual([0, null])
    }
  })

  it('is left alone for a second at least', () => {
    const { pauses: each } = pauses()
    each.answered(SANDBOX, limited(0))
    expect(each.left(SANDBOX)).toBe(1_000)
  })

  it('is not asked earlier because a later answer names a shorter time', () => {
    const { pauses: each } = pauses()
    each.answered(SANDBOX, limited(60_000))
    each.answered(SANDBOX, limited(2_000))
    expect(each.left(SANDBOX)).toBe(60_000)
    each.answered(SANDBOX, limited(90_000))
    expect(each.left(SANDBOX)).toBe(90_000)
  })

  it('is left alone longer each time it names none, until it grants something', async () => {
    const { time, pauses: each } = pauses()
    const waits: number[] = []
    const limit = async (): Promise<void> => {
      each.answered(SANDBOX, limited(null))
      waits.push(each.left(SANDBOX))
      await time.advance(waits.at(-1) ?? 0)
    }
    for (let nth = 0; nth < 3; nth += 1) await limit()
    each.answered(SANDBOX, GRANTED)
    await limit()
    expect(waits).toEqual([2_000, 4_000, 8_000, 2_000])
  })

  it('is not left alone for an answer that limits nothing', () => {
    const { pauses: each } = pauses()
    each.answered(SANDBOX, GRANTED)
    each.answered(SANDBOX, limited(null, 503))
    each.answered(SANDBOX, { kind: 'refused', status: 401 })
    expect(each.until(SANDBOX)).toBeNull()
  })
})

import { expect, it } from 'vitest'
import {
  RequestLimiter,
  REQUESTS_AT_ONCE,
  REQUESTS_IN_ALL,
} from '../../../../electron/core/session/request-limiter'
import { FakeTime } from '../../../support/fakes/fake-time'
import type { EnvironmentId } from '../../../../electron/shared/environment'

/** Requests of so many environments, ten of each, that end only when they are told to. */
function crowd(environments: number) {
  const slots = new RequestLimiter(new FakeTime())
  const inFlight: { readonly environment: number; readonly end: () => void }[] = []
  for (let environment = 0; environment < environments; environment += 1) {
    for (let n = 0; n < 10; n += 1) {
      const request = (): Promise<void> =>
        new Promise((end) => {
          inFlight.push({ environment, end })
        })
      void slots.run(`environment-${String(environment)}` as EnvironmentId, request)
    }
  }
  return inFlight
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

it('at most 8 requests of an environment are in flight', async () => {
  const inFlight = crowd(1)
  await settled()
  expect(inFlight).toHaveLength(REQUESTS_AT_ONCE)
})

it('at most 32 requests are in flight in all, and the next begins when one has ended', async () => {
  const inFlight = crowd(6)
  await settled()
  expect(inFlight).toHaveLength(REQUESTS_IN_ALL)
  inFlight[0]?.end()
  await settled()
  expect(inFlight).toHaveLength(REQUESTS_IN_ALL + 1)
})

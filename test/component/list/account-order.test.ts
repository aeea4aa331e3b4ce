import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { byName } from '../../../electron/shared/first-rows'
import { AccountOrder, byExpiry, byUse, type Compare } from '../../../src/list/account-order'
import { aJwt, anAccount } from '../../support/builders'

const HOUR = 3_600_000

function account(nth: number, hours: number) {
  return anAccount({
    name: `Company ${String(nth)}`,
    jwt: hours % 7 === 0 ? null : aJwt(hours * HOUR),
    usage: hours % 5 === 0 ? null : { lastAt: hours * HOUR, copies: 1 },
  })
}

const step = fc.record({ nth: fc.nat(30), hours: fc.nat(50), gone: fc.boolean() })

test.each<[string, Compare]>([
  ['name', byName],
  ['use', byUse],
  ['expiry', byExpiry],
])('an order by %s that is kept is the same as one that is made anew', (_, compare) => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const known = new Map<number, ReturnType<typeof account>>()
      const kept = new AccountOrder([], compare)
      for (const { nth, hours, gone } of steps) {
        const after = gone ? null : account(nth, hours)
        kept.change(known.get(nth) ?? null, after)
        if (after === null) known.delete(nth)
        else known.set(nth, after)
      }
      expect(kept.all()).toEqual(new AccountOrder(known.values(), compare).all())
    }),
    { seed: 1 },
  )
})

test('an account that changes is compared with a few others, not with all', () => {
  let compared = 0
  const counted: Compare = (a, b) => {
    compared += 1
    return byExpiry(a, b)
  }
  const many = Array.from({ length: 10_000 }, (_, nth) => account(nth, (nth * 17) % 97))
  const order = new AccountOrder(many, counted)
  const renewed = many[4711]
  if (renewed === undefined) throw new Error('There are 10,000.')
  compared = 0
  order.change(renewed, { ...renewed, jwt: aJwt(200 * HOUR) })
  // Twice a binary search among 10,000.
  expect(compared).toBeLessThanOrEqual(28)
})

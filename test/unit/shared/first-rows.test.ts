import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byName, firstRows } from '../../../electron/shared/first-rows'
import { rowsOf } from '../../../src/list/account-rows'
import { anAccount, aPartner } from '../../support/builders'
import type { AccountSummary } from '../../../electron/shared/account'
import { inputs } from '../../support/length'

const PARTNERS = 6

/** Few names, so that some are spelt nearly alike, and some accounts under a partner that is gone. */
const someAccount = fc
  .record({
    name: fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', 'A', 'b', '1', '02', 'é') }),
    nth: fc.nat(30),
    under: fc.nat(2 * PARTNERS),
    pinned: fc.boolean(),
  })
  .map(({ name, nth, under, pinned }) => {
    const unique = { name: `${name} ${String(nth)}`, pinned }
    return nth < PARTNERS
      ? aPartner({ ...unique, id: partnerId(nth) })
      : anAccount({ ...unique, kind: 'company', partnerId: under < 2 ? null : partnerId(under) })
  })

function partnerId(nth: number): AccountSummary['id'] {
  return aPartner({ name: `partner ${String(nth)}` }).id
}

function rows(accounts: readonly AccountSummary[]): readonly string[] {
  return rowsOf({
    accounts: [...accounts].sort(byName),
    companiesLift: false,
    view: { kind: 'all' },
    attention: new Set(),
    collapsed: new Set(),
  }).map(({ id }) => id)
}

describe('the accounts of the first rows', () => {
  it('are those that the whole list begins with, and stand in the same order without it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(someAccount, { selector: ({ id }) => id, maxLength: 60 }),
        fc.integer({ min: 1, max: 70 }),
        (accounts, count) => {
          const first = firstRows(accounts, count)
          const beginning = rows(accounts).slice(0, Math.max(count, first.length))
          expect(first).toEqual(beginning)
          expect(rows(accounts.filter(({ id }) => first.includes(id)))).toEqual(beginning)
        },
      ),
      inputs(100),
    )
  })

  it('are few of many', () => {
    const many = Array.from({ length: 2_000 }, (_, nth) => anAccount({ name: `ACME ${String(nth)}` }))
    expect(firstRows(many, 100)).toHaveLength(100)
  })
})

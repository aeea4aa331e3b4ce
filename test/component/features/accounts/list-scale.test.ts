import { beforeEach, describe, expect, test, vi } from 'vitest'
import type * as Search from '../../../../src/list/search/search'
import type * as Reminders from '../../../../electron/shared/reminders'
import type * as Rows from '../../../../src/list/account-rows'
import { aJwt, anAccount, NOW } from '../../../support/builders'
import { openApp, settle } from '../../support/app'
import { get, press, queryAll, row, rowNames, type } from '../../support/queries'

/** What is done for each account or for all of them, counted where it is done. */
const work = vi.hoisted(() => ({ listed: 0, lookedAt: 0, indexed: 0 }))

vi.mock('../../../../src/list/account-rows', async (original) => {
  const real = await original<typeof Rows>()
  return {
    ...real,
    rowsOf(parts: Rows.RowsOf) {
      work.listed += 1
      return real.rowsOf(parts)
    },
  }
})
vi.mock('../../../../electron/shared/reminders', async (original) => {
  const real = await original<typeof Reminders>()
  return {
    ...real,
    nextLeadAt(...given: Parameters<typeof real.nextLeadAt>) {
      work.lookedAt += 1
      return real.nextLeadAt(...given)
    },
  }
})
vi.mock('../../../../src/list/search/search', async (original) => {
  const real = await original<typeof Search>()
  return {
    ...real,
    createSearch() {
      const index = real.createSearch()
      return {
        ...index,
        set(document: Parameters<typeof index.set>[0]) {
          work.indexed += 1
          index.set(document)
        },
      }
    },
  }
})

const HOUR = 3_600_000
const MANY = 2_000

async function openMany(sortBy: 'name' | 'use' | 'expiry' | 'status' = 'name') {
  const accounts = Array.from({ length: MANY }, (_, nth) =>
    anAccount({
      name: `Company ${String(nth).padStart(5, '0')}`,
      remembersApiKey: true,
      jwt: aJwt(2 * HOUR + nth * 1000),
    }),
  )
  const app = await openApp({ accounts, settings: { sortBy } })
  // Else what main looks at is counted as well.
  app.bridge.office.useCases.monitor.close()
  reset()
  return app
}

function reset(): void {
  work.listed = 0
  work.lookedAt = 0
  work.indexed = 0
}

beforeEach(reset)

describe('among thousands of accounts', { timeout: 60_000 }, () => {
  test('renewing one looks at that one, and makes no new list of all', async () => {
    await openMany()
    row('Company 00003').focus()
    await press('Enter', { ctrlKey: true })
    expect(work.listed).toBe(0)
    // The renewal starts and ends; main's response may come in addition to its event.
    expect(work.lookedAt).toBeGreaterThan(0)
    expect(work.lookedAt).toBeLessThanOrEqual(4)
  })

  test('in the order of expiry, renewing one moves its row', async () => {
    const { bridge } = await openMany('expiry')
    const before = bridge.accounts()[0]
    if (before === undefined) throw new Error('There are thousands.')
    expect(rowNames()[0]).toBe('Company 00000')
    bridge.publish('accountsChanged', { changed: [{ ...before, jwt: aJwt(48 * HOUR) }], removed: [] })
    await settle()
    expect(rowNames()[0]).toBe('Company 00001')
    expect(work.listed).toBe(1)
    expect(work.lookedAt).toBe(1)
  })

  test('sorting looks at none again, as only some settings decide what is due', async () => {
    const { bridge } = await openMany()
    const inMain = vi.spyOn(bridge.office.useCases.monitor, 'evaluateAll').mockReturnValue()
    get('button', 'JWT').click()
    await settle()
    // Main has answered by now, with settings of its own.
    expect(inMain).toHaveBeenCalledOnce()
    expect(rowNames()[0]).toBe('Company 00000')
    expect(work.lookedAt).toBe(0)
  })

  test('a second that passes costs nothing for rows that are out of sight', async () => {
    const { time } = await openMany()
    time.advance(5000)
    await settle()
    expect(work).toEqual({ listed: 0, lookedAt: 0, indexed: 0 })
  })

  test('the search takes all in once, and then only what has changed', async () => {
    const { bridge } = await openMany()
    await type(get('searchbox'), '01711')
    expect(rowNames()).toEqual(['Company 01711'])
    expect(work.indexed).toBe(MANY)
    reset()
    const renamed = bridge.accounts()[7]
    if (renamed === undefined) throw new Error('There are thousands.')
    bridge.publish('accountsChanged', { changed: [{ ...renamed, name: 'Bakery 01711' }], removed: [] })
    await settle()
    expect(rowNames().sort()).toEqual(['Bakery 01711', 'Company 01711'])
    expect(work.indexed).toBe(1)
    await type(get('searchbox'), 'bakery')
    expect(rowNames()).toEqual(['Bakery 01711'])
    expect(work.indexed).toBe(1)
  })

  test('a use doesn’t reorder what was found, until the next search', async () => {
    const { bridge } = await openMany()
    await type(get('searchbox'), 'company 0')
    const before = rowNames()
    const last = bridge.accounts().find(({ name }) => name === before.at(-1))
    if (last === undefined) throw new Error('It is there.')
    bridge.publish('accountsChanged', {
      changed: [{ ...last, usage: { lastAt: NOW, copies: 50 } }],
      removed: [],
    })
    await settle()
    expect(rowNames()).toEqual(before)
    await type(get('searchbox'), 'company')
    expect(rowNames()[0]).toBe(last.name)
  })

  test('only the rows near the window of the list are drawn, whatever is searched for', async () => {
    await openMany()
    await type(get('searchbox'), 'company')
    expect(get('treegrid').getAttribute('aria-rowcount')).toBe(String(MANY))
    expect(queryAll('row').length).toBeLessThan(40)
  })
})

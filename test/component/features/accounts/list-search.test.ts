import { describe, expect, test } from 'vitest'
import { aJwt, anAccount, anEnvironment, aPartner } from '../../../support/builders'
import { openApp, settle } from '../../support/app'
import { choose, click, get, press, query, row, rowNames, text, type } from '../../support/queries'

const HOUR = 3_600_000
const harbor = aPartner({ name: 'Harbor' })
const alder = anAccount({ name: 'Alder Street Bakery', partnerId: harbor.id, tags: ['VIP', 'billing bug'] })
const quayside = anAccount({
  name: 'Quayside',
  partnerId: harbor.id,
  note: 'Ask for Mrs. Winter\nat the desk',
})
const zephyr = anAccount({ name: 'Zephyr', apiKeyHint: '…7Q2f', tags: ['vip'] })
const accounts = [harbor, alder, quayside, zephyr]

const search = (words: string): Promise<void> => type(get('searchbox', 'Search accounts'), words)
const marks = (name: string): string[] => [...row(name).querySelectorAll('mark')].map(text)

describe('the search', () => {
  test('forgives a typo, and marks the letters that it took for it', async () => {
    await openApp({ accounts })
    await search('bakrey')
    expect(rowNames()).toEqual(['Alder Street Bakery'])
    expect(marks('Alder')).toEqual(['Bakery'])
  })

  test('puts the better match first', async () => {
    await openApp({ accounts: [anAccount({ name: 'Old Lumen' }), anAccount({ name: 'Lumen' })] })
    await search('lumen')
    expect(rowNames()).toEqual(['Lumen', 'Old Lumen'])
  })

  test('shows where it found what isn’t in the row: a note, the end of a key', async () => {
    await openApp({ accounts })
    await search('winter')
    expect(text(row('Quayside'))).toContain('Company of Harbor · Note: Ask for Mrs. Winter at the desk')
    expect(marks('Quayside')).toEqual(['Winter'])
    await search('7q2f')
    expect(text(row('Zephyr'))).toContain('API key: …7Q2f')
  })

  test('finds tags and environments, and marks them', async () => {
    await openApp({ accounts })
    await search('billing')
    expect(marks('Alder')).toEqual(['billing'])
    await search('quay sandbox')
    expect(marks('Quayside')).toEqual(['Quay', 'Sandbox'])
  })

  test('names the partner of a company that needs its key, too', async () => {
    await openApp({ accounts: [harbor, { ...quayside, note: '', jwt: null }] })
    await search('quay')
    expect(text(row('Quayside'))).toContain('Company of Harbor · API key needed')
  })

  test('Enter copies the best match', async () => {
    const { bridge } = await openApp({ accounts })
    await search('quay')
    await press('Enter')
    expect(bridge.clipboard()).toBe('jwt of Quayside')
  })

  test('Esc clears it and leaves the best match active', async () => {
    await openApp({ accounts })
    await search('zeph')
    await press('Escape')
    expect(rowNames()).toEqual(['Harbor', 'Alder Street Bakery', 'Quayside', 'Zephyr'])
    expect(row('Zephyr').classList).toContain('active')
  })

  test('says what it did not find, and clears it on wish', async () => {
    await openApp({ accounts })
    await search('nobody')
    expect(document.body.textContent).toContain('No accounts match “nobody”')
    await click(get('button', 'Clear search'))
    expect(rowNames()).toHaveLength(4)
  })

  test('tells those who don’t see it how much was found', async () => {
    await openApp({ accounts })
    await search('quay')
    expect(text(document.querySelector('[aria-live=polite]:not([role])'))).toBe(
      '1 account found. Enter copies the JWT of Quayside.',
    )
  })

  test('finds an environment’s new name', async () => {
    const { bridge } = await openApp({ accounts })
    await search('northern')
    expect(query('row')).toBeNull()
    bridge.publish('environmentsChanged', { environments: [anEnvironment({ name: 'Northern' })] })
    await settle()
    expect(rowNames()).toHaveLength(4)
  })
})

describe('tags', () => {
  test('are in the rail, however they are written, and filter the list', async () => {
    await openApp({ accounts })
    await click(get('button', /^VIP ?2$/u))
    expect(rowNames()).toEqual(['Alder Street Bakery', 'Zephyr'])
    await search('zeph')
    expect(rowNames()).toEqual(['Zephyr'])
  })

  test('are in the row’s name', async () => {
    await openApp({ accounts })
    expect(row('Alder').getAttribute('aria-label')).toContain('tagged VIP, billing bug')
  })

  test('that no account has any more leave the rail', async () => {
    const { bridge } = await openApp({ accounts })
    await click(get('button', /^billing bug/u))
    bridge.publish('accountsChanged', { changed: [{ ...alder, tags: ['VIP'] }], removed: [] })
    await settle()
    expect(query('button', /^billing bug/u)).toBeNull()
    expect(document.body.textContent).toContain('No accounts with the tag billing bug')
  })
})

describe('the order', () => {
  const lumen = aPartner({ name: 'Lumen', jwt: aJwt(20 * HOUR) })
  const mixed = [
    aPartner({ name: 'Atlas', jwt: aJwt(23 * HOUR) }),
    lumen,
    anAccount({ name: 'Paper', partnerId: lumen.id, jwt: aJwt(5 * HOUR) }),
    anAccount({ name: 'Stone', partnerId: lumen.id, jwt: null, usage: { lastAt: 5, copies: 1 } }),
    anAccount({ name: 'Quay', jwt: aJwt(10 * HOUR), usage: { lastAt: 9, copies: 1 } }),
    anAccount({ name: 'Zed', jwt: aJwt(15 * HOUR), pinned: true }),
  ]

  test.each([
    ['Name', ['Zed', 'Atlas', 'Lumen', 'Paper', 'Stone', 'Quay']],
    ['Last used', ['Zed', 'Quay', 'Lumen', 'Stone', 'Paper', 'Atlas']],
    ['JWT expiry', ['Zed', 'Lumen', 'Paper', 'Stone', 'Quay', 'Atlas']],
    ['Needs attention', ['Zed', 'Lumen', 'Stone', 'Paper', 'Atlas', 'Quay']],
  ])('by %s: pinned first, companies under their partner', async (order, expected) => {
    await openApp({ accounts: mixed, settings: { sortBy: order === 'Name' ? 'use' : 'name' } })
    await choose('Sort by', order)
    await settle()
    expect(rowNames()).toEqual(expected)
  })

  test('is kept by main', async () => {
    const { bridge } = await openApp({ accounts: mixed })
    await choose('Sort by', 'Last used')
    await settle()
    expect(bridge.asked).toContainEqual({
      call: 'changeSettings',
      input: { sortBy: 'use', sortReversed: false },
    })
  })

  test('by status follows the time', async () => {
    const { time } = await openApp({
      accounts: [anAccount({ name: 'Alder' }), anAccount({ name: 'Beta', jwt: aJwt(2000) })],
      settings: { sortBy: 'status' },
    })
    expect(rowNames()).toEqual(['Alder', 'Beta'])
    time.advance(3000)
    await settle()
    expect(rowNames()).toEqual(['Beta', 'Alder'])
  })
})

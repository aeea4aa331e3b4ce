import { describe, expect, test } from 'vitest'
import { aJwt, anAccount, anEnvironment, aPartner, anId } from '../../../support/builders'
import { startMain } from '../../../support/main-in-memory'
import { mountApp, openApp, settle } from '../../support/app'
import { FakeWindowTime } from '../../support/fake-window-time'
import { click, get, press, query, queryAll, row, rowNames, status, text, type } from '../../support/queries'

const HOUR = 3_600_000

const harbor = aPartner({ name: 'Harbor' })
const lumen = aPartner({ name: 'Lumen' })
const accounts = [
  anAccount({ name: 'Quayside', partnerId: harbor.id }),
  lumen,
  anAccount({ name: 'Alder', partnerId: harbor.id }),
  harbor,
  anAccount({ name: 'Zephyr' }),
]

describe('the list', () => {
  test('nests companies under their partner, in the order of names', async () => {
    await openApp({ accounts })
    expect(rowNames()).toEqual(['Harbor', 'Alder', 'Quayside', 'Lumen', 'Zephyr'])
  })

  test('tells assistive technology the shape of the tree', async () => {
    await openApp({ accounts })
    const shape = (name: string) =>
      ['aria-level', 'aria-posinset', 'aria-setsize', 'aria-expanded'].map((part) =>
        row(name).getAttribute(part),
      )
    expect(shape('Harbor')).toEqual(['1', '1', '3', 'true'])
    expect(shape('Quayside')).toEqual(['2', '2', '2', null])
    expect(shape('Lumen')).toEqual(['1', '2', '3', null])
  })

  test('names what a row is about, its name first', async () => {
    const alder = anAccount({ name: 'Alder', partnerId: harbor.id, remembersApiKey: true })
    await openApp({
      accounts: [harbor, alder, anAccount({ name: 'Quayside', pinned: true })],
      environments: [anEnvironment({ name: 'Live', production: true })],
    })
    expect(row('Alder').getAttribute('aria-label')).toBe(
      'Alder, Company of Harbor, Live, production, Live, JWT expires in 12 h',
    )
    expect(row('Quayside').getAttribute('aria-label')).toBe(
      'Quayside, pinned, Company, Live, production, Live, API key needed after expiry, JWT expires in 12 h',
    )
  })

  test.each([
    ['live', {}],
    ['renewable', { jwt: aJwt(-HOUR), remembersApiKey: true }],
    ['renewing', { renewal: { phase: 'renewing' as const } }],
    ['retrying', { renewal: { phase: 'waiting' as const, retryAt: 0 } }],
    ['needs-key', { jwt: aJwt(-HOUR) }],
    ['key-rejected', { problem: { code: 'key-refused' as const, status: 401 } }],
    ['locked', { secretsIn: 'locked' as const }],
  ])('marks an account that is %s', async (status, parts) => {
    await openApp({ accounts: [anAccount(parts)] })
    expect(row('ACME').dataset['status']).toBe(status)
  })

  test('an account that lives on time alone needs its key when its JWT ends', async () => {
    const { time } = await openApp({ accounts: [anAccount({ jwt: aJwt(2000) })] })
    expect(row('ACME').dataset['status']).toBe('live')
    time.advance(2000)
    await settle()
    expect(row('ACME').dataset['status']).toBe('needs-key')
    expect(text(get('button', /^Needs attention/u))).toContain('1')
  })

  test('offers the key where nothing can be copied, and the JWT where one can', async () => {
    await openApp({
      accounts: [
        anAccount({ name: 'Dead', jwt: aJwt(-HOUR) }),
        anAccount({ name: 'Refused but live', problem: { code: 'key-refused', status: 401 } }),
      ],
    })
    expect(query('button', 'Copy JWT', row('Dead'))).toBeNull()
    expect(query('button', 'Enter API key', row('Dead'))).not.toBeNull()
    expect(query('button', 'Copy JWT', row('Refused but live'))).not.toBeNull()
  })

  test('draws only the rows near the window of the list', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => anAccount({ name: `Company ${String(index)}` }))
    await openApp({ accounts: many })
    expect(get('treegrid').getAttribute('aria-rowcount')).toBe('10000')
    expect(queryAll('row').length).toBeLessThan(40)
  })

  test('draws those beyond the window of the list when those in it have been painted', async () => {
    const time = new FakeWindowTime()
    const whenIdle: (() => void)[] = []
    time.whenIdle = (run) => {
      whenIdle.push(run)
      return () => undefined
    }
    const many = Array.from({ length: 100 }, (_, index) => anAccount({ name: `Company ${String(index)}` }))
    mountApp({ bridge: await startMain({ accounts: many, time: time.main }), time })
    await settle()
    const atFirst = queryAll('row').length
    for (const run of whenIdle) run()
    await settle()
    expect(queryAll('row')).toHaveLength(atFirst + 8)
  })

  test('draws those beyond the window of the list again when it is no longer rushed through', async () => {
    const many = Array.from({ length: 1_000 }, (_, index) => anAccount({ name: `Company ${String(index)}` }))
    const { time } = await openApp({ accounts: many })
    const scrollTo = async (top: number): Promise<void> => {
      const scroller = get('treegrid').parentElement as HTMLElement
      scroller.scrollTop = top
      scroller.dispatchEvent(new Event('scroll'))
      await settle()
    }
    await scrollTo(10_000)
    const rushing = queryAll('row').length
    time.advance(150)
    await settle()
    expect(queryAll('row')).toHaveLength(rushing + 2 * 8)
    await scrollTo(10_054)
    expect(queryAll('row')).toHaveLength(rushing + 2 * 8)
  })

  test('follows what main tells', async () => {
    const { bridge } = await openApp({ accounts })
    bridge.publish('accountsChanged', {
      changed: [anAccount({ name: 'Bravo', partnerId: harbor.id })],
      removed: [lumen.id],
    })
    await settle()
    expect(rowNames()).toEqual(['Harbor', 'Alder', 'Bravo', 'Quayside', 'Zephyr'])
  })
})

describe('a pinned account', () => {
  async function act(name: string, action: string): Promise<void> {
    await click(get('button', 'More actions', row(name)))
    await click(get('menuitem', action))
  }

  test('comes first, with a mark that can be read', async () => {
    const { bridge } = await openApp({ accounts })
    expect(query('img', 'Pinned')).toBeNull()
    await act('Lumen', 'Pin')
    expect(bridge.asked.at(-1)).toMatchObject({ call: 'editAccount', input: { id: lumen.id, pinned: true } })
    expect(rowNames()).toEqual(['Lumen', 'Harbor', 'Alder', 'Quayside', 'Zephyr'])
    expect(query('img', 'Pinned', row('Lumen'))).not.toBeNull()
    expect(status()).toBe('Lumen pinned')
    await act('Lumen', 'Unpin')
    expect(rowNames()).toEqual(['Harbor', 'Alder', 'Quayside', 'Lumen', 'Zephyr'])
    expect(status()).toBe('Lumen unpinned')
  })

  test('stays under its partner, which comes along', async () => {
    const stone = anAccount({ name: 'Stone', partnerId: lumen.id, pinned: true })
    await openApp({ accounts: [...accounts, anAccount({ name: 'Paper', partnerId: lumen.id }), stone] })
    expect(rowNames()).toEqual(['Lumen', 'Stone', 'Paper', 'Harbor', 'Alder', 'Quayside', 'Zephyr'])
    expect(row('Lumen').getAttribute('aria-posinset')).toBe('1')
    await click(get('button', /^Companies/u))
    expect(rowNames()).toEqual(['Stone', 'Alder', 'Paper', 'Quayside', 'Zephyr'])
  })

  test('that can not be pinned says why', async () => {
    const { bridge } = await openApp({ accounts })
    bridge.failNext('editAccount', { code: 'not-found', what: 'account' })
    await act('Lumen', 'Pin')
    expect(status()).toContain('This account no longer exists')
    expect(query('img', 'Pinned')).toBeNull()
  })
})

describe('the keys of the list', () => {
  async function openAt(name: string): Promise<void> {
    await openApp({ accounts })
    row(name).focus()
    await settle()
  }
  const focused = (): string => (document.activeElement?.getAttribute('aria-label') ?? '').split(',')[0] ?? ''

  test('arrows, Home and End move', async () => {
    await openAt('Harbor')
    await press('ArrowDown')
    expect(focused()).toBe('Alder')
    await press('End')
    expect(focused()).toBe('Zephyr')
    await press('ArrowUp')
    expect(focused()).toBe('Lumen')
    await press('Home')
    expect(focused()).toBe('Harbor')
  })

  test('Left folds a partner and goes from a company to its partner; Right unfolds', async () => {
    await openAt('Quayside')
    await press('ArrowLeft')
    expect(focused()).toBe('Harbor')
    await press('ArrowLeft')
    expect(rowNames()).toEqual(['Harbor', 'Lumen', 'Zephyr'])
    expect(row('Harbor').getAttribute('aria-expanded')).toBe('false')
    await press('ArrowRight')
    expect(rowNames()).toContain('Alder')
    await press('ArrowRight')
    expect(focused()).toBe('Alder')
  })

  test('one row at a time is a stop of the Tab key', async () => {
    await openAt('Lumen')
    expect(queryAll('row').filter((element) => element.tabIndex === 0)).toEqual([row('Lumen')])
  })

  test('F2 renames, Delete asks to remove, Space shows the details', async () => {
    await openAt('Lumen')
    await press('F2')
    expect(query('dialog', 'Rename')).not.toBeNull()
    await press('Escape')
    row('Lumen').focus()
    await press('Delete')
    expect(query('alertdialog', 'Remove Lumen?')).not.toBeNull()
    await press('Escape')
    row('Lumen').focus()
    await press(' ')
    expect(text(get('complementary', 'Details'))).toContain('Lumen')
  })

  test('? shows the keys, but not while something is being typed', async () => {
    await openAt('Lumen')
    get('searchbox', 'Search accounts').focus()
    await press('?')
    expect(query('dialog', 'Keyboard shortcuts')).toBeNull()
    row('Lumen').focus()
    await press('?')
    expect(query('dialog', 'Keyboard shortcuts')).not.toBeNull()
  })
})

describe('the search', () => {
  test('is blind to case and accents, and names the partner of what it finds', async () => {
    await openApp({ accounts: [harbor, anAccount({ name: 'Café Zoë', partnerId: harbor.id }), lumen] })
    await type(get('searchbox', 'Search accounts'), 'cafe ZOE')
    expect(rowNames()).toEqual(['Café Zoë'])
    expect(row('Café Zoë').getAttribute('aria-level')).toBe('1')
    expect(text(row('Café Zoë'))).toContain('Company of Harbor')
  })

  test('looks at the environment and at the end of a remembered key too', async () => {
    await openApp({ accounts: [anAccount({ name: 'Keyed', apiKeyHint: '…7Q2f' }), lumen] })
    await type(get('searchbox'), '7q2F')
    expect(rowNames()).toEqual(['Keyed'])
    await type(get('searchbox'), 'sandb')
    expect(rowNames()).toEqual(['Keyed', 'Lumen'])
  })

  test('finds a company under a collapsed partner', async () => {
    await openApp({ accounts })
    row('Harbor').focus()
    await press('ArrowLeft')
    await type(get('searchbox'), 'quay')
    expect(rowNames()).toEqual(['Quayside'])
  })

  test('says when nothing is found, and Esc brings all back', async () => {
    await openApp({ accounts })
    await type(get('searchbox'), 'nobody')
    expect(document.body.textContent).toContain('Nothing found')
    get('searchbox').focus()
    await press('Escape')
    expect(rowNames()).toHaveLength(5)
  })
})

describe('the views', () => {
  test('show partners, companies, what needs attention, or one environment', async () => {
    const eu = anEnvironment({ id: anId('eu') as never, name: 'EU' })
    await openApp({
      accounts: [...accounts, anAccount({ name: 'Broken', environmentId: eu.id, jwt: null })],
      environments: [anEnvironment(), eu],
    })
    await click(get('button', /^Partners/u))
    expect(rowNames()).toEqual(['Harbor', 'Lumen'])
    await click(get('button', /^Companies/u))
    expect(rowNames()).toEqual(['Alder', 'Broken', 'Quayside', 'Zephyr'])
    await click(get('button', /^Needs attention/u))
    expect(rowNames()).toEqual(['Broken'])
    await click(get('button', /^EU/u))
    expect(rowNames()).toEqual(['Broken'])
  })
})

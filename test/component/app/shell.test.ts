import { describe, expect, test } from 'vitest'
import { aJwt, anAccount, anEnvironment, aPartner } from '../../support/builders'
import { startMain } from '../../support/main-in-memory'
import { mountApp, openApp, settle } from '../support/app'
import { FakeWindowTime } from '../support/fake-window-time'
import { choose, click, get, press, query, row, rowNames, status, text } from '../support/queries'

describe('the status line', () => {
  test('leads to the account whose JWT expires next', async () => {
    await openApp({ accounts: [anAccount({ name: 'ACME', jwt: aJwt(60_000) }), anAccount({ name: 'Beta' })] })
    await click(get('button', /^ACME: JWT expires/u))
    expect(text(get('complementary', 'Details'))).toContain('ACME')
  })

  test('says which JWT expires next, and which keyring is in use', async () => {
    await openApp({ accounts: [anAccount(), aPartner()] })
    expect(text(get('contentinfo'))).toContain('ACME: JWT expires in 12 h')
    expect(text(get('contentinfo'))).toContain('GNOME Keyring')
  })

  test.each([
    [120_000, false],
    [120_001, true],
    [-180_000, true],
  ])('tells of a clock that is off by %i ms: %s', async (clockSkewMs, tells) => {
    await openApp({ environments: [anEnvironment({ clockSkewMs })] })
    expect(text(get('contentinfo')).includes('Clock')).toBe(tells)
  })
})

describe('the offer to start at login', () => {
  const loginStart = { on: false, offered: false }
  const offer = () => query('complementary', 'Start at login')

  test('comes after the first account, and not before', async () => {
    const { bridge } = await openApp({ loginStart })
    expect(offer()).toBeNull()
    bridge.publish('accountsChanged', { changed: [anAccount()], removed: [] })
    await settle()
    expect(text(offer())).toContain('Start TokenDesk when you log in')
  })

  test.each([
    ['Start at login', true],
    ['Not now', false],
  ])('is answered by “%s”, and then gone for good', async (answer, on) => {
    const { bridge } = await openApp({ loginStart, accounts: [anAccount()] })
    await click(get('button', answer))
    expect(bridge.asked.at(-1)).toEqual({ call: 'startAtLogin', input: { on } })
    expect(offer()).toBeNull()
    expect(document.activeElement).toBe(row('ACME'))
  })

  test('that was answered is not made again', async () => {
    await openApp({ loginStart: { on: false, offered: true }, accounts: [anAccount()] })
    expect(offer()).toBeNull()
  })

  test('stays when the answer could not be kept, and says why', async () => {
    const { bridge } = await openApp({ loginStart, accounts: [anAccount()] })
    bridge.failNext('startAtLogin', {
      code: 'problem',
      problem: { code: 'storage-unwritable', what: 'start-at-login', afterAnswer: false, detail: 'EROFS' },
    })
    await click(get('button', 'Start at login'))
    expect(offer()).not.toBeNull()
    expect(status()).toContain('Couldn’t change what starts at login (EROFS)')
  })
})

describe('the start', () => {
  test('shows nothing for a blink, then where rows will be, then the rows', async () => {
    const time = new FakeWindowTime()
    const bridge = await startMain({ accounts: [anAccount()], environments: [anEnvironment()] })
    const answer = bridge.holdAnswers()
    mountApp({ bridge, time })
    await settle()
    time.advance(399)
    await settle()
    expect(query('progressbar')).toBeNull()
    time.advance(1)
    await settle()
    expect(query('progressbar', 'Loading accounts')).not.toBeNull()
    answer()
    await settle()
    expect(rowNames()).toEqual(['ACME'])
  })

  test('an event that overtakes the snapshot is not lost', async () => {
    const time = new FakeWindowTime()
    const bridge = await startMain({ accounts: [anAccount()], environments: [anEnvironment()] })
    const answer = bridge.holdAnswers()
    mountApp({ bridge, time })
    bridge.publish('accountsChanged', { changed: [anAccount({ name: 'Later' })], removed: [anAccount().id] })
    answer()
    await settle()
    expect(rowNames()).toEqual(['Later'])
  })

  test('that fails says so, and tries again', async () => {
    const time = new FakeWindowTime()
    const bridge = await startMain({ accounts: [anAccount()], environments: [anEnvironment()] })
    bridge.failNext('getSnapshot', { code: 'internal' })
    mountApp({ bridge, time })
    await settle()
    await click(get('button', 'Try again'))
    expect(rowNames()).toEqual(['ACME'])
  })

  test('that fails because the files could not be read offers the restart that it takes', async () => {
    const bridge = await startMain({ accounts: [anAccount()], environments: [anEnvironment()] })
    bridge.failNext('getSnapshot', { code: 'internal' })
    mountApp({ bridge, time: new FakeWindowTime() })
    await settle()
    expect(document.body.textContent).toContain('Your data is unchanged.')
    await click(get('button', 'Restart TokenDesk'))
    expect(bridge.asked.map(({ call }) => call)).toEqual(['getSnapshot', 'restart'])
  })

  test('of many accounts shows the first, and the others when they have come', async () => {
    const bridge = await startMain({
      accounts: [anAccount({ name: 'Alder' }), anAccount({ name: 'Birch' })],
      environments: [anEnvironment()],
      firstAccounts: 1,
    })
    const answer = bridge.holdAnswers('getAccounts')
    mountApp({ bridge, time: new FakeWindowTime() })
    await settle()
    expect(rowNames()).toEqual(['Alder'])
    // Nor how many there are, or that none needs attention.
    expect(text(get('button', /^All/u))).not.toContain('1')
    await click(get('button', /^Needs attention/u))
    expect(document.body.textContent).not.toContain('All caught up')
    await click(get('button', /^All/u))
    // It isn't known yet where that is.
    bridge.publish('navigate', { target: { at: 'account', id: anAccount({ name: 'Birch' }).id } })
    await settle()
    expect(query('complementary', 'Details')).toBeNull()
    answer()
    await settle()
    expect(rowNames()).toEqual(['Alder', 'Birch'])
    expect(text(get('button', /^All/u))).toContain('2')
    expect(text(get('complementary', 'Details'))).toContain('Birch')
  })

  test('of many accounts takes the first again with the others, on which they may depend', async () => {
    const partner = anAccount({ name: 'Harbor', kind: 'partner' })
    const company = anAccount({ name: 'Alder', partnerId: partner.id })
    const bridge = await startMain({
      accounts: [company, partner],
      environments: [anEnvironment()],
      firstAccounts: 1,
    })
    mountApp({ bridge, time: new FakeWindowTime() })
    await settle()
    expect(bridge.asked.at(-1)).toEqual({ call: 'getAccounts', input: { ids: [company.id, partner.id] } })
    expect(rowNames()).toEqual(['Harbor', 'Alder'])
  })

  test('of many accounts in another order than by name shows none before all have come', async () => {
    const bridge = await startMain({
      accounts: [anAccount({ name: 'Alder' })],
      environments: [anEnvironment()],
      firstAccounts: 0,
    })
    const answer = bridge.holdAnswers('getAccounts')
    mountApp({ bridge, time: new FakeWindowTime() })
    await settle()
    expect(rowNames()).toEqual([])
    expect(document.body.textContent).not.toContain('Add your first account')
    answer()
    await settle()
    expect(rowNames()).toEqual(['Alder'])
  })

  test('says so when some of them do not come, and tries again', async () => {
    const bridge = await startMain({
      accounts: [anAccount({ name: 'Alder' }), anAccount({ name: 'Birch' })],
      environments: [anEnvironment()],
      firstAccounts: 1,
    })
    bridge.failNext('getAccounts', { code: 'internal' })
    mountApp({ bridge, time: new FakeWindowTime() })
    await settle()
    await click(get('button', 'Try again'))
    expect(rowNames()).toEqual(['Alder', 'Birch'])
  })

  test('with no accounts says what this is for and how to get a key', async () => {
    await openApp()
    expect(document.body.textContent).toContain('Add your first account')
    expect(document.body.textContent).toContain('You’ll need an API key.')
    await click(get('button', 'Add an account'))
    expect(query('dialog', 'Add account')).not.toBeNull()
  })

  test('reports what it had to quarantine', async () => {
    await openApp({ notices: [{ code: 'settings-reset', keptAs: 'settings.broken.json' }] })
    expect(document.body.textContent).toContain('settings.broken.json')
    await click(get('button', 'Dismiss'))
    expect(document.body.textContent).not.toContain('settings.broken.json')
  })
})

describe('Details', () => {
  test('tell an account’s health in words and correct its type and partner', async () => {
    const harbor = aPartner({ name: 'Harbor' })
    const { bridge } = await openApp({ accounts: [harbor, anAccount({ name: 'Alder' })] })
    row('Alder').click()
    await settle()
    const details = get('complementary', 'Details')
    expect(text(details)).toContain('Live for 12 h. No refresh token and no saved API key')
    await choose('Partner', 'Harbor')
    expect(row('Alder').getAttribute('aria-level')).toBe('2')
    await choose('Type', 'Partner')
    expect(bridge.accounts().find(({ name }) => name === 'Alder')?.kind).toBe('partner')
  })

  test('explain two ends of one JWT by the offset that fits', async () => {
    const jwt = { receivedAt: 0, expiresAt: Number.MAX_SAFE_INTEGER / 1e4, claimDifferenceMs: 7_200_000 }
    await openApp({ accounts: [anAccount({ jwt })] })
    row('ACME').click()
    await settle()
    expect(text(get('complementary', 'Details'))).toContain('UTC+02:00')
  })

  test('close by Esc and give the focus back to the list', async () => {
    await openApp({ accounts: [anAccount()] })
    row('ACME').focus()
    await press(' ')
    await press('Escape')
    expect(query('complementary', 'Details')).toBeNull()
    expect(document.activeElement).toBe(row('ACME'))
  })
})

test('a dialog that is asked for before the window had time for it comes, and closes with the focus back', async () => {
  const time = new FakeWindowTime()
  time.whenIdle = () => () => undefined
  mountApp({ bridge: await startMain({ accounts: [anAccount()], time: time.main }), time })
  await settle()
  row('ACME').focus()
  await press('Delete')
  await click(get('button', 'Keep', get('alertdialog', 'Remove ACME?')))
  expect(query('alertdialog')).toBeNull()
  expect(document.activeElement).toBe(row('ACME'))
})

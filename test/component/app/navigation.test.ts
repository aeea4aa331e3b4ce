import { describe, expect, test } from 'vitest'
import { anAccount, anEnvironment, aPartner, aRefreshToken } from '../../support/builders'
import { startMain } from '../../support/main-in-memory'
import { mountApp, openApp, settle, type OpenedApp } from '../support/app'
import { FakeWindowTime } from '../support/fake-window-time'
import { click, get, press, query, queryAll, row, rowNames, text, type, valueOf } from '../support/queries'

const DAY = 86_400_000

describe('a place that something outside of the window wants', () => {
  const accounts = [
    aPartner({ name: 'Harbor' }),
    aPartner({
      name: 'ACME',
      kind: 'company',
      partnerId: aPartner({ name: 'Harbor' }).id,
      refreshToken: aRefreshToken(6 * DAY),
    }),
    aPartner({ name: 'Beta', refreshToken: aRefreshToken(5 * DAY) }),
    anAccount({ name: 'Dead', jwt: null }),
  ]
  const id = (name: string) => anAccount({ name }).id
  const details = (): HTMLElement => get('complementary', 'Details')

  async function open(): Promise<OpenedApp> {
    return await openApp({ accounts })
  }

  test('an account: its details with Renew now in focus, whatever was filtered or folded', async () => {
    const { bridge } = await open()
    row('Harbor').focus()
    await press('ArrowLeft')
    await click(get('button', /^Partners/u))
    bridge.publish('navigate', { target: { at: 'account', id: id('ACME') } })
    await settle()
    expect(row('ACME').classList.contains('active')).toBe(true)
    expect(text(details())).toContain('ACME')
    expect(document.activeElement).toBe(get('button', 'Renew now', details()))
  })

  test('an account with nothing that ends: its own Renew now', async () => {
    const { bridge } = await open()
    bridge.publish('navigate', { target: { at: 'account', id: id('Harbor') } })
    await settle()
    expect(document.activeElement).toBe(get('button', 'Renew now', details()))
  })

  test('an account that can only be helped by its key: that', async () => {
    const { bridge } = await open()
    bridge.publish('navigate', { target: { at: 'account', id: id('Dead') } })
    await settle()
    expect(document.activeElement).toBe(get('button', 'Enter API key', details()))
  })

  test('one account after another', async () => {
    const { bridge } = await open()
    for (const name of ['ACME', 'Beta', 'Beta']) {
      bridge.publish('navigate', { target: { at: 'account', id: id(name) } })
      await settle()
      expect(text(details())).toContain(name)
      expect(document.activeElement).toBe(get('button', 'Renew now', details()))
    }
  })

  test('an account that is gone: nothing', async () => {
    const { bridge } = await open()
    bridge.publish('navigate', { target: { at: 'account', id: id('Nobody') } })
    await settle()
    expect(query('complementary', 'Details')).toBeNull()
    expect(rowNames()).toHaveLength(4)
  })

  test('an account of production to be copied: the question before that', async () => {
    const production = anEnvironment({ production: true })
    const { bridge } = await openApp({ accounts, environments: [production] })
    bridge.publish('navigate', { target: { at: 'confirm-copy', id: id('Beta') } })
    await settle()
    expect(row('Beta').classList.contains('active')).toBe(true)
    const question = get('alertdialog', 'Copy a production JWT?')
    expect(bridge.asked.some(({ call }) => call === 'copyJwt')).toBe(false)
    await click(get('button', 'Copy', question))
    expect(bridge.asked.at(-1)).toEqual({ call: 'copyJwt', input: { id: id('Beta') } })
  })

  test('an account to be copied that is gone: nothing', async () => {
    const { bridge } = await open()
    bridge.publish('navigate', { target: { at: 'confirm-copy', id: id('Nobody') } })
    await settle()
    expect(query('alertdialog')).toBeNull()
  })

  test('those that need attention: the bar’s Renew now', async () => {
    const { bridge } = await open()
    row('Beta').click()
    await settle()
    bridge.publish('navigate', { target: { at: 'attention' } })
    await settle()
    expect(rowNames()).toEqual(['ACME', 'Beta', 'Dead'])
    expect(document.activeElement).toBe(
      get('button', 'Renew now', get('complementary', 'Refresh tokens that expire soon')),
    )
  })

  test('those that need attention, without a token that ends: the list', async () => {
    const { bridge } = await openApp({ accounts: [anAccount({ name: 'Dead', jwt: null })] })
    bridge.publish('navigate', { target: { at: 'attention' } })
    await settle()
    expect(document.activeElement).toBe(row('Dead'))
  })

  test('the list', async () => {
    const { bridge } = await open()
    get('searchbox').focus()
    bridge.publish('navigate', { target: { at: 'list' } })
    await settle()
    expect(document.activeElement).toBe(row('Beta'))
  })

  test('the list, when there is none', async () => {
    const { bridge } = await openApp()
    bridge.publish('navigate', { target: { at: 'list' } })
    await settle()
    expect(text(document.activeElement)).toContain('Add your first account')
  })

  test('Add account', async () => {
    const { bridge } = await open()
    bridge.publish('navigate', { target: { at: 'add-account' } })
    await settle()
    expect(query('dialog', 'Add account')).not.toBeNull()
  })

  test.each([
    { at: 'account', id: id('ACME') },
    { at: 'confirm-copy', id: id('ACME') },
    { at: 'attention' },
    { at: 'add-account' },
    { at: 'list' },
  ] as const)('$at, while a dialog is open: what was typed stays, and the focus too', async (target) => {
    const { bridge } = await open()
    await press('n', { ctrlKey: true })
    const name = get('textbox', 'Name')
    await type(name, 'New one')
    bridge.publish('navigate', { target })
    await settle()
    expect(queryAll('dialog')).toHaveLength(1)
    expect(valueOf(get('textbox', 'Name'))).toBe('New one')
    expect(document.activeElement).toBe(name)
  })

  test('wins over a menu that is open', async () => {
    const { bridge } = await open()
    row('Beta').focus()
    await press('F10', { shiftKey: true })
    expect(queryAll('menuitem').length).toBeGreaterThan(0)
    bridge.publish('navigate', { target: { at: 'account', id: id('ACME') } })
    await settle()
    expect(document.activeElement).toBe(get('button', 'Renew now', details()))
  })

  test('that is wanted before the accounts are here', async () => {
    const time = new FakeWindowTime()
    const bridge = await startMain({ accounts, environments: [anEnvironment()], time: time.main })
    const answer = bridge.holdAnswers()
    mountApp({ bridge, time })
    bridge.publish('navigate', { target: { at: 'account', id: id('ACME') } })
    await settle()
    answer()
    await settle()
    expect(document.activeElement).toBe(get('button', 'Renew now', details()))
  })
})

import { describe, expect, test } from 'vitest'
import { aJwt, anId, anAccount, anEnvironment, aPartner, aRefreshToken, NOW } from '../../../support/builders'
import { startMain, type MainStart } from '../../../support/main-in-memory'
import { mountApp, openApp, settle, type OpenedApp } from '../../support/app'
import { FakeWindowTime } from '../../support/fake-window-time'
import { click, get, press, query, queryAll, row, status, text, type, valueOf } from '../../support/queries'

const production = anEnvironment({ id: anId('prod') as never, name: 'Production', production: true })
const DAY = 86_400_000
const FIELD = 'Search accounts and commands'

async function openPalette(start: MainStart = {}): Promise<OpenedApp> {
  const app = await openApp(start)
  await press('k', { ctrlKey: true })
  return app
}
const options = (): string[] => queryAll('option').map((option) => text(option))
const commands = (): string[] => queryAll('option').map((option) => wordsOf(option))
/** A label without the keys beside it. */
function wordsOf(element: Element): string {
  const copy = element.cloneNode(true) as Element
  for (const beside of copy.querySelectorAll('kbd, .popup-keys, .current, .count')) beside.remove()
  return text(copy)
}
/** The first word of each command for this account. */
const offersFor = (name: string): (string | undefined)[] =>
  queryAll('option')
    .filter((option) => option.dataset['accountId'] === undefined && text(option).includes(name))
    .map((option) => text(option).split(' ')[0])
const active = (): string => text(document.querySelector('[role=option][aria-selected=true]'))

describe('the palette', () => {
  test('opens by Ctrl+K with its field ready, and closes by Esc with the focus where it was', async () => {
    await openApp({ accounts: [anAccount()] })
    row('ACME').focus()
    await press('k', { ctrlKey: true })
    get('dialog', 'Commands')
    const field = get('combobox', FIELD)
    expect(document.activeElement).toBe(field)
    expect(field.getAttribute('aria-controls')).toBe(get('listbox').id)
    await press('Escape')
    expect(query('dialog')).toBeNull()
    expect(document.activeElement).toBe(row('ACME'))
  })

  test('finds no account, and Enter copies none, before all are here: a better one may still come', async () => {
    const bridge = await startMain({
      accounts: [anAccount({ name: 'Alder West' }), anAccount({ name: 'West' })],
      environments: [anEnvironment()],
      firstAccounts: 1,
    })
    const answer = bridge.holdAnswers('getAccounts')
    mountApp({ bridge, time: new FakeWindowTime() })
    await settle()
    const search = get('searchbox', 'Search accounts')
    await type(search, 'west')
    await press('Enter')
    expect(bridge.asked.map(({ call }) => call)).not.toContain('copyJwt')
    await press('k', { ctrlKey: true })
    await type(get('combobox', FIELD), 'west')
    expect(queryAll('option').map((option) => option.dataset['accountId'])).not.toContainEqual(
      expect.any(String),
    )
    answer()
    await settle()
    expect(active()).toContain('West')
    expect(active()).not.toContain('Alder')
  })

  test('has every command of the row’s menu and of the details', async () => {
    const ending = aPartner({ refreshToken: aRefreshToken(5 * DAY) })
    await openApp({ accounts: [ending] })
    await click(get('button', 'More actions', row(ending.name)))
    const actions = queryAll('menuitem').map((item) => wordsOf(item))
    expect(actions.length).toBeGreaterThan(6)
    await click(get('menuitem', /^Copy as/u))
    const forms = queryAll('menuitem', undefined, get('menu', `Copy as, for ${ending.name}`)).map(wordsOf)
    await press('Escape')
    await press('Escape')
    await press('k', { ctrlKey: true })
    expect(forms.length).toBeGreaterThan(6)
    for (const form of forms) expect(commands()).toContain(`Copy ${form} of ${ending.name}`)
    for (const action of actions) expect(offersFor(ending.name)).toContain(action.split(' ')[0])
    expect(offersFor(ending.name)).toEqual(expect.arrayContaining(['Snooze', 'View', 'Tag']))
  })

  test('moves a company, and unpins what is pinned', async () => {
    const { bridge } = await openApp({ accounts: [aPartner(), anAccount({ pinned: true })] })
    row('ACME').focus()
    await press('k', { ctrlKey: true })
    expect(offersFor('ACME')).toContain('Move')
    await click(get('option', 'Unpin ACME'))
    expect(bridge.asked.at(-1)).toEqual({ call: 'editAccount', input: { id: anId('ACME'), pinned: false } })
    await press('k', { ctrlKey: true })
    await click(get('option', 'Move ACME to partner…'))
    get('dialog', 'Move to partner')
  })

  test('has every view of the rail', async () => {
    await openApp({
      accounts: [anAccount({ tags: ['payroll'] })],
      environments: [anEnvironment(), production],
    })
    const rail = get('navigation', 'Views')
    const views = queryAll('button', undefined, rail)
      .filter((button) => !button.hasAttribute('aria-haspopup'))
      .map((button) => text(button.querySelector('.label')))
    expect(views.length).toBeGreaterThan(6)
    await press('k', { ctrlKey: true })
    for (const view of views.filter((each) => !['Identify JWT…', 'Settings'].includes(each)))
      expect(commands()).toContain(`View: ${view}`)
    await click(get('option', 'View: payroll'))
    expect(rail.querySelector('[aria-current]')?.textContent).toContain('payroll')
  })

  test('has every button and every section of the settings that does something on its own', async () => {
    await openApp({ storage: { backend: 'basic_text', protected: false, mode: 'memory' } })
    await click(get('button', 'Settings'))
    const settings = get('dialog', 'Settings')
    const buttons = ['about', 'transfer'].flatMap((section) =>
      queryAll('button', undefined, settings.querySelector(`[data-section=${section}]`) ?? undefined),
    )
    const names = buttons.map((button) => text(button))
    expect(names).toContain('Copy diagnostics')
    await press('Escape')
    await press('k', { ctrlKey: true })
    const words = (label: string): string => label.replace('…', '').split(' ').slice(0, 2).join(' ')
    const offered = commands().map(words)
    for (const name of names) expect(offered.some((each) => words(name).startsWith(each))).toBe(true)
    expect(offered).toEqual(
      expect.arrayContaining([
        'Add account',
        'New environment',
        'Environments',
        'Identify JWT',
        'Quick pick',
        'Storage',
      ]),
    )
    expect(offered).toEqual(
      expect.arrayContaining(['Theme: Dark', 'Density: Compact', 'Sort by', 'Keyboard shortcuts', 'Quit']),
    )
  })

  test('asks before it resets the settings, and opens them at the quick pick', async () => {
    const { bridge } = await openPalette()
    await click(get('option', 'Quick pick shortcut…'))
    get('dialog', 'Settings')
    await press('Escape')
    await press('k', { ctrlKey: true })
    await click(get('option', 'Reset settings…'))
    await click(get('button', 'Reset', get('alertdialog', 'Reset settings?')))
    expect(bridge.asked.at(-1)?.call).toBe('resetSettings')
    expect(query('alertdialog')).toBeNull()
  })

  test('copies the account that Enter is pressed on, and says so', async () => {
    const { bridge } = await openPalette({ accounts: [anAccount(), anAccount({ name: 'Beta' })] })
    await type(get('combobox', FIELD), 'beta')
    expect(active()).toContain('Beta')
    await press('Enter')
    expect(bridge.clipboard()).toBe('jwt of Beta')
    expect(status()).toBe('JWT of Beta copied')
    expect(query('dialog')).toBeNull()
  })

  test('says which accounts are production, and asks before a copy where that is set', async () => {
    const { bridge } = await openPalette({
      environments: [production],
      accounts: [anAccount({ environmentId: production.id })],
      settings: { confirmsProductionCopy: true },
    })
    expect(active()).toContain('(production)')
    await press('Enter')
    expect(bridge.clipboard()).toBeNull()
    await click(get('button', 'Copy', get('alertdialog', 'Copy a production JWT?')))
    expect(bridge.clipboard()).toBe('jwt of ACME')
  })

  test('begins with the accounts used lately', async () => {
    const used = (name: string, ago: number) => anAccount({ name, usage: { lastAt: NOW - ago, copies: 1 } })
    await openPalette({ accounts: [anAccount({ name: 'Aaa' }), used('Mmm', 5000), used('Zzz', 1000)] })
    expect(options()[0]).toContain('Zzz')
    expect(options()[1]).toContain('Mmm')
  })

  test('is moved through by the arrows, around its ends', async () => {
    await openPalette({ accounts: [anAccount(), anAccount({ name: 'Beta' })] })
    const field = get('combobox', FIELD)
    await press('ArrowDown')
    expect(active()).toContain('Beta')
    const selected = document.querySelector('[aria-selected=true]')
    expect(field.getAttribute('aria-activedescendant')).toBe(selected?.id)
    await press('ArrowUp')
    await press('ArrowUp')
    expect(active()).toContain('Quit')
    await press('ArrowDown')
    expect(active()).toContain('ACME')
  })

  test('puts a command first when its name is typed', async () => {
    await openPalette({ accounts: [anAccount({ name: 'Sunset Bakery', note: 'settings' })] })
    await type(get('combobox', FIELD), 'settings')
    expect(active()).toBe('Settings')
    await press('Enter')
    get('dialog', 'Settings')
  })

  test('renews the account that is named', async () => {
    const { bridge } = await openPalette({
      accounts: [aPartner({ name: 'Harbor' }), aPartner({ name: 'Lumen' })],
    })
    await type(get('combobox', FIELD), 'renew lum')
    expect(active()).toBe('Renew Lumen')
    await press('Enter')
    expect(bridge.asked.at(-1)).toEqual({ call: 'renewAccount', input: { id: anId('Lumen') } })
    expect(status()).toBe('Lumen renewed')
  })

  test('changes settings, and shows what is set', async () => {
    const { bridge } = await openPalette({ settings: { theme: 'light' } })
    await type(get('combobox', FIELD), 'theme')
    expect(options()).toContain('Theme: Lightcurrent')
    await click(get('option', 'Theme: Dark'))
    expect(bridge.asked.at(-1)).toEqual({ call: 'changeSettings', input: { theme: 'dark' } })
    expect(document.documentElement.dataset['theme']).toBe('dark')
  })

  test('says that nothing is found', async () => {
    await openPalette({ accounts: [anAccount()] })
    await type(get('combobox', FIELD), 'qqqqqqq')
    expect(text(get('dialog', 'Commands'))).toContain('Nothing found.')
    expect(query('listbox')).toBeNull()
    await press('Enter')
    get('dialog', 'Commands')
  })

  test('of many accounts shows the best, and how many more there are', async () => {
    const accounts = Array.from({ length: 300 }, (_, nth) => anAccount({ name: `Shop ${String(nth)}` }))
    await openPalette({ accounts })
    await type(get('combobox', FIELD), 'shop')
    expect(queryAll('option').length).toBeLessThan(60)
    expect(text(get('listbox'))).toContain('250 more. Keep typing to narrow the list.')
  })
})

describe('the quick pick', () => {
  async function openQuickPick(start: MainStart = {}): Promise<OpenedApp> {
    window.location.hash = '#quick-pick'
    try {
      return await openApp({ accounts: [anAccount(), anAccount({ name: 'Beta' })], ...start })
    } finally {
      window.location.hash = ''
    }
  }
  const hidden = ({ bridge }: OpenedApp): boolean => bridge.asked.some(({ call }) => call === 'hideQuickPick')

  test('copies by Enter, says so briefly, and is gone', async () => {
    const app = await openQuickPick()
    expect(query('treegrid')).toBeNull()
    expect(document.activeElement).toBe(get('combobox', 'Search accounts'))
    await type(get('combobox'), 'bet')
    await press('Enter')
    expect(app.bridge.clipboard()).toBe('jwt of Beta')
    expect(queryAll('status').map((each) => text(each))).toContain('JWT of Beta copied')
    expect(hidden(app)).toBe(false)
    app.time.advance(700)
    expect(hidden(app)).toBe(true)
  })

  test('stays long enough to read that the JWT expires sooner than promised', async () => {
    const accounts = [aPartner({ name: 'Beta', jwt: aJwt(-3_600_000) })]
    const app = await openQuickPick({ accounts, jwtLifeMs: 3 * 60_000 })
    await press('Enter')
    expect(queryAll('status').map((each) => text(each))).toContain('JWT of Beta copied. It expires in 3 min.')
    app.time.advance(2_000)
    expect(hidden(app)).toBe(false)
    app.time.advance(1_500)
    expect(hidden(app)).toBe(true)
  })

  test('hides by Esc', async () => {
    const app = await openQuickPick()
    await press('Escape')
    expect(hidden(app)).toBe(true)
  })

  test('starts afresh each time it gets the focus', async () => {
    const app = await openQuickPick()
    await type(get('combobox'), 'bet')
    await press('Enter')
    app.time.advance(700)
    window.dispatchEvent(new Event('focus'))
    await settle()
    expect(valueOf(get('combobox'))).toBe('')
    expect(
      queryAll('status')
        .map((each) => text(each))
        .join(''),
    ).not.toContain('copied')
    expect(text(queryAll('option')[0])).toContain('Beta')
  })

  test('tells a failure in place, with a way to the account', async () => {
    // It has nothing to renew with.
    const app = await openQuickPick({ accounts: [anAccount({ jwt: aJwt(-60_000) })] })
    await press('Enter')
    app.time.advance(5000)
    await settle()
    expect(hidden(app)).toBe(false)
    expect(text(get('alert'))).toContain('ACME: There is no refresh token or saved API key')
    await click(get('button', 'Open'))
    expect(app.bridge.asked.find(({ call }) => call === 'showAccount')?.input).toEqual({ id: anId('ACME') })
    expect(hidden(app)).toBe(true)
  })

  test('asks before a production copy where that is set', async () => {
    const app = await openQuickPick({
      environments: [production],
      accounts: [anAccount({ environmentId: production.id })],
      settings: { confirmsProductionCopy: true },
    })
    await press('Enter')
    await press('Escape')
    expect(query('alertdialog')).toBeNull()
    expect(hidden(app)).toBe(false)
    await press('Enter')
    await click(get('button', 'Copy', get('alertdialog')))
    expect(app.bridge.clipboard()).toBe('jwt of ACME')
    app.time.advance(700)
    expect(hidden(app)).toBe(true)
  })

  test('without any account says where to add one', async () => {
    await openQuickPick({ accounts: [] })
    expect(text(document.body)).toContain('No accounts yet.')
  })
})

import { beforeEach, describe, expect, test } from 'vitest'
import { aJwt, anAccount, anEnvironment, aPartner, aRefreshToken } from '../../support/builders'
import { openApp, settle, type OpenedApp } from '../support/app'
import { choose, click, get, press, query, queryAll, row, status, text } from '../support/queries'

/** As the mouse does it: what it presses takes the focus, unless the press is prevented. */
async function clickByMouse(element: HTMLElement): Promise<void> {
  const parts = { bubbles: true, cancelable: true, button: 0 }
  if (element.dispatchEvent(new PointerEvent('pointerdown', parts))) {
    if (element.dispatchEvent(new MouseEvent('mousedown', parts))) element.focus()
  }
  element.dispatchEvent(new MouseEvent('click', { ...parts, detail: 1 }))
  await settle()
}

async function rightClick(name: string): Promise<void> {
  const parts = { bubbles: true, cancelable: true, button: 2, clientX: 5, clientY: 5 }
  row(name).dispatchEvent(new PointerEvent('pointerdown', parts))
  row(name).dispatchEvent(new MouseEvent('contextmenu', parts))
  await settle()
}

function calls({ bridge }: OpenedApp): string[] {
  return bridge.asked.map(({ call }) => call).filter((call) => call !== 'getSnapshot')
}

describe('the click that closes a menu', () => {
  let app: OpenedApp

  beforeEach(async () => {
    app = await openApp({ accounts: [anAccount({ name: 'ACME' }), anAccount({ name: 'Beta' })] })
    row('ACME').focus()
  })

  test('copies nothing of the row that it hits, and opens no details', async () => {
    await rightClick('ACME')
    await clickByMouse(get('button', 'Copy JWT', row('Beta')))
    expect(query('menu')).toBeNull()
    expect(calls(app)).toEqual([])
    await rightClick('ACME')
    await clickByMouse(row('Beta'))
    expect(query('complementary', 'Details')).toBeNull()
    expect(document.activeElement).toBe(row('ACME'))
  })

  test('is the only one that does nothing', async () => {
    await rightClick('ACME')
    await clickByMouse(row('Beta'))
    await clickByMouse(get('button', 'Copy JWT', row('Beta')))
    expect(calls(app)).toEqual(['copyJwt'])
  })

  test('that is dragged away leaves the next click to work, and a key as well', async () => {
    await rightClick('ACME')
    row('Beta').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, cancelable: true }))
    await settle()
    get('button', 'Copy JWT', row('Beta')).focus()
    await press('Enter')
    expect(calls(app)).toEqual(['copyJwt'])
    await clickByMouse(get('button', 'Copy JWT', row('Beta')))
    expect(calls(app)).toEqual(['copyJwt', 'copyJwt'])
  })

  test('closes a list of choices in the same way', async () => {
    await press('n', { ctrlKey: true })
    get('combobox', 'Environment').focus()
    await press('Enter')
    await clickByMouse(get('button', 'Cancel'))
    expect(query('listbox')).toBeNull()
    expect(query('dialog', 'Add account')).not.toBeNull()
  })

  test('may ask for the menu of another row instead', async () => {
    await rightClick('ACME')
    await rightClick('Beta')
    expect(get('menu').getAttribute('aria-label')).toBe('Actions for Beta')
  })
})

describe('a context menu', () => {
  beforeEach(async () => {
    await openApp({ accounts: [anAccount({ name: 'ACME' }), anAccount({ name: 'Beta' })] })
    await rightClick('ACME')
  })

  test('closes when the list scrolls, but not when it scrolls itself', async () => {
    get('menu').dispatchEvent(new Event('scroll'))
    await settle()
    expect(query('menu')).not.toBeNull()
    get('treegrid').parentElement?.dispatchEvent(new Event('scroll'))
    await settle()
    expect(query('menu')).toBeNull()
    expect(document.activeElement).toBe(row('ACME'))
  })

  test('closes when the window loses the focus', async () => {
    window.dispatchEvent(new Event('blur'))
    await settle()
    expect(query('menu')).toBeNull()
  })
})

describe('the menu of one of several selected rows', () => {
  const accounts = ['Alder', 'Birch', 'Cedar'].map((name) => anAccount({ name, remembersApiKey: true }))
  let app: OpenedApp

  beforeEach(async () => {
    app = await openApp({ accounts: [...accounts, aPartner({ name: 'Harbor' })] })
    for (const name of ['Alder', 'Birch']) {
      row(name).dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey: true }))
    }
    await settle()
  })

  test('acts on all of them, and says how many', async () => {
    await rightClick('Birch')
    expect(get('menu').getAttribute('aria-label')).toBe('Actions for 2 accounts')
    expect(queryAll('menuitem').map((item) => text(item).replace(/(?:Del|Esc)$/u, ''))).toEqual([
      'Renew 2 accounts',
      'Tag…',
      'Move to partner…',
      'Clear selection',
      'Remove 2 accounts…',
    ])
    await click(get('menuitem', 'Renew 2 accounts'))
    expect(calls(app)).toEqual(['renewAccount', 'renewAccount'])
    expect(status()).toBe('2 accounts renewed')
    await rightClick('Alder')
    await click(get('menuitem', /^Remove 2 accounts/u))
    expect(query('alertdialog', 'Remove 2 accounts?')).not.toBeNull()
  })

  test('is the same when it is opened by its button or by a key', async () => {
    await click(get('button', 'More actions', row('Alder')))
    expect(query('menu', 'Actions for 2 accounts')).not.toBeNull()
    await press('Escape')
    row('Alder').focus()
    await press('F10', { shiftKey: true })
    expect(query('menu', 'Actions for 2 accounts')).not.toBeNull()
  })

  test('of a row that is not selected is about that row alone', async () => {
    await rightClick('Cedar')
    expect(query('menu', 'Actions for Cedar')).not.toBeNull()
  })
})

describe('the focus returns to where it was', () => {
  let app: OpenedApp

  beforeEach(async () => {
    app = await openApp({
      accounts: [anAccount({ name: 'ACME' }), anAccount({ name: 'Beta' })],
      environments: [anEnvironment({ name: 'Staging' })],
    })
  })

  test('after a dialog that followed another', async () => {
    const settings = get('button', 'Settings')
    settings.focus()
    await press('k', { ctrlKey: true })
    await choosePalette('Keyboard shortcuts')
    expect(query('dialog', 'Keyboard shortcuts')).not.toBeNull()
    await press('Escape')
    expect(document.activeElement).toBe(settings)
  })

  test('after a dialog that a dialog above another one followed', async () => {
    const settings = get('button', 'Settings')
    settings.focus()
    await press('n', { ctrlKey: true })
    await choose('Environment', 'New environment…')
    await press('Escape')
    expect(document.activeElement).toBe(get('combobox', 'Environment'))
    await press('Escape')
    expect(document.activeElement).toBe(settings)
  })

  test('or to its row, when its button has gone meanwhile', async () => {
    const dead = anAccount({ name: 'Dead', jwt: aJwt(-1) })
    app.bridge.publish('accountsChanged', { changed: [dead], removed: [] })
    await settle()
    await click(get('button', 'Enter API key', row('Dead')))
    expect(query('dialog')).not.toBeNull()
    app.bridge.publish('accountsChanged', { changed: [{ ...dead, jwt: aJwt(1_000_000) }], removed: [] })
    await settle()
    await press('Escape')
    expect(document.activeElement).toBe(row('Dead'))
  })

  test('after the palette, when it was in the details', async () => {
    row('Beta').focus()
    await press(' ')
    const inDetails = get('button', 'Copy JWT', get('complementary', 'Details'))
    inDetails.focus()
    await press('k', { ctrlKey: true })
    await press('Escape')
    expect(document.activeElement).toBe(inDetails)
  })
})

async function choosePalette(command: string): Promise<void> {
  const option = queryAll('option').find((each) => text(each).startsWith(command))
  if (option === undefined) throw new Error(`no command ${command}`)
  await click(option)
}

describe('the time left', () => {
  const HOUR = 3_600_000

  test('is told to a screen reader by the name of the row', async () => {
    const { time } = await openApp({
      accounts: [
        anAccount({
          name: 'ACME',
          jwt: aJwt(2 * HOUR + 60_000),
          refreshToken: aRefreshToken(29.5 * 24 * HOUR),
        }),
        anAccount({ name: 'Beta', jwt: null }),
      ],
    })
    const label = (name: string): string => row(name).getAttribute('aria-label') ?? ''
    expect(label('ACME')).toContain(', JWT expires in 2 h, refresh token expires in 29 days')
    expect(label('Beta')).toContain(', no JWT')
    time.advance(1.5 * HOUR)
    await settle()
    expect(label('ACME')).toContain(', JWT expires in 31 min, ')
    time.advance(HOUR)
    await settle()
    expect(label('ACME')).toContain(', JWT expired, ')
  })
})

test('Settings is a stop of the Tab key', async () => {
  await openApp({ accounts: [anAccount({ name: 'ACME' })] })
  expect(get('button', 'Settings').tabIndex).toBe(0)
})

import { beforeEach, describe, expect, test } from 'vitest'
import type { AccountId } from '../../../electron/shared/account'
import { anAccount, anEnvironment, aPartner, anId } from '../../support/builders'
import { openApp, settle, type OpenedApp } from '../support/app'
import { choose, click, get, press, query, queryAll, row, text, type } from '../support/queries'

const focused = (): string => text(document.activeElement)

/** Moves the mouse onto it. */
async function pointAt(element: HTMLElement): Promise<void> {
  element.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }))
  await settle()
}

async function pressBeside(): Promise<void> {
  document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
  await settle()
}

describe('the menu of a row', () => {
  let app: OpenedApp

  beforeEach(async () => {
    app = await openApp({ accounts: [anAccount({ name: 'ACME' }), anAccount({ name: 'Beta' })] })
    row('ACME').focus()
  })

  const accountOf = (name: string): AccountId => row(name).dataset['accountId'] as AccountId
  const byKeys = (): Promise<void> => press('F10', { shiftKey: true })
  const button = (): HTMLElement => get('button', 'More actions', row('ACME'))

  test('opened by a key begins at its first choice, and keys go through it', async () => {
    await byKeys()
    expect(focused()).toMatch(/^Renew now/u)
    await press('ArrowDown')
    expect(focused()).toMatch(/^Details/u)
    await press('End')
    expect(focused()).toMatch(/^Remove/u)
    await press('p')
    expect(focused()).toBe('Pin')
  })

  test('opened by the mouse has no choice yet; the one pointed at is the one that is meant', async () => {
    button().focus()
    button().dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }))
    await settle()
    expect(document.activeElement).toBe(get('menu'))
    await pointAt(get('menuitem', 'Pin'))
    expect(focused()).toBe('Pin')
    get('menu').dispatchEvent(new PointerEvent('pointerleave'))
    expect(document.activeElement).toBe(get('menu'))
  })

  test.each([
    ['Esc', () => press('Escape')],
    ['Tab', () => press('Tab')],
    ['a press beside it', pressBeside],
  ])('%s closes it, and the focus is back where it was', async (_what, close) => {
    await byKeys()
    expect(button().getAttribute('aria-expanded')).toBe('true')
    await close()
    expect(query('menu')).toBeNull()
    expect(document.activeElement).toBe(row('ACME'))
    expect(button().getAttribute('aria-expanded')).toBe('false')
  })

  test('its button closes it again, and keeps the focus', async () => {
    await click(button())
    expect(query('menu')).not.toBeNull()
    await click(button())
    expect(query('menu')).toBeNull()
    expect(document.activeElement).toBe(button())
  })

  test('opened at a point gives the focus back to the row', async () => {
    row('Beta').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, clientX: 5, clientY: 5 }))
    await settle()
    await press('Escape')
    expect(document.activeElement).toBe(row('Beta'))
  })

  test('a dialog that it opens returns the focus to where it was before the menu', async () => {
    await byKeys()
    await click(get('menuitem', /^Rename/u))
    expect(query('menu')).toBeNull()
    await press('Escape')
    expect(document.activeElement).toBe(row('ACME'))
  })

  test('a submenu opens and closes by the arrows', async () => {
    await byKeys()
    await press('c')
    await press('ArrowRight')
    const submenu = get('menu', 'Copy as, for ACME')
    expect(document.activeElement).toBe(get('menuitem', undefined, submenu))
    await press('ArrowDown')
    expect(document.activeElement).toBe(queryAll('menuitem', undefined, submenu)[1])
    await press('ArrowLeft')
    expect(query('menu', 'Copy as, for ACME')).toBeNull()
    expect(focused()).toMatch(/^Copy as/u)
    expect(query('menu', 'Actions for ACME')).not.toBeNull()
  })

  test('Esc closes a submenu first, Tab both', async () => {
    await byKeys()
    await press('c')
    await press('Enter')
    await press('Escape')
    expect(queryAll('menu')).toHaveLength(1)
    await press('ArrowRight')
    await press('Tab')
    expect(queryAll('menu')).toHaveLength(0)
    expect(document.activeElement).toBe(row('ACME'))
  })

  test('a submenu that the mouse has opened is entered by its key', async () => {
    await byKeys()
    await pointAt(get('menuitem', /^Copy as/u))
    expect(focused()).toMatch(/^Copy as/u)
    await press('ArrowRight')
    expect(document.activeElement).toBe(get('menuitem', undefined, get('menu', 'Copy as, for ACME')))
  })

  test('a held Enter does nothing again and again', async () => {
    await byKeys()
    await press('Enter', { repeat: true })
    expect(query('menu')).not.toBeNull()
    expect(app.bridge.asked.map(({ call }) => call)).toEqual(['getSnapshot'])
  })

  test('a choice that goes leaves the focus in it; Esc closes it from anywhere', async () => {
    const acme = anAccount({ name: 'ACME', id: accountOf('ACME'), remembersApiKey: false })
    app.bridge.publish('accountsChanged', { changed: [acme], removed: [] })
    await settle()
    await byKeys()
    await press('e')
    expect(focused()).toBe('Enter API key')
    app.bridge.publish('accountsChanged', { changed: [{ ...acme, remembersApiKey: true }], removed: [] })
    await settle()
    expect(document.activeElement).toBe(get('menu'))
    ;(document.activeElement as HTMLElement).blur()
    await press('Escape')
    expect(query('menu')).toBeNull()
  })

  test('closes with its account, and the list has the focus', async () => {
    await byKeys()
    app.bridge.publish('accountsChanged', { changed: [], removed: [accountOf('ACME')] })
    await settle()
    expect(query('menu')).toBeNull()
    expect(document.activeElement).toBe(row('Beta'))
  })

  test('pointed at, a submenu opens; choices that are crossed on the way into it don’t close it', async () => {
    await byKeys()
    const opener = get('menuitem', /^Copy as/u)
    await pointAt(opener)
    const submenu = get('menu', 'Copy as, for ACME')
    await pointAt(get('menuitem', 'Pin'))
    await pointAt(get('menuitem', undefined, submenu))
    app.time.advance(1_000)
    await settle()
    expect(query('menu', 'Copy as, for ACME')).not.toBeNull()
    await pointAt(get('menuitem', 'Pin'))
    app.time.advance(1_000)
    await settle()
    expect(query('menu', 'Copy as, for ACME')).toBeNull()
    expect(focused()).toBe('Pin')
  })
})

describe('a list of choices', () => {
  const environments = [
    anEnvironment({ name: 'Staging' }),
    anEnvironment({ id: anId('prod') as never, name: 'Production' }),
  ]

  beforeEach(async () => {
    await openApp({ environments, accounts: [aPartner({ name: 'Harbor' })] })
    await press('n', { ctrlKey: true })
  })

  const environment = (): HTMLElement => get('combobox', 'Environment')

  test.each(['ArrowDown', 'ArrowUp', 'Enter', ' '])('opens by %s at what is chosen', async (key) => {
    await choose('Environment', 'Production')
    environment().focus()
    await press(key)
    expect(focused()).toBe('Production')
    expect(get('option', 'Production').getAttribute('aria-selected')).toBe('true')
    expect(environment().getAttribute('aria-controls')).toBe(get('listbox', 'Environment').id)
  })

  test('with nothing chosen begins at the first; a letter finds, Enter takes', async () => {
    environment().focus()
    await press('ArrowDown')
    expect(focused()).toBe('Staging')
    await press('p')
    await press('Enter')
    expect(text(environment())).toContain('Production')
    expect(document.activeElement).toBe(environment())
  })

  test('Esc closes the list alone, and nothing is chosen', async () => {
    environment().focus()
    await press('ArrowDown')
    await press('ArrowDown')
    await press('Escape')
    expect(query('listbox')).toBeNull()
    expect(query('dialog', 'Add account')).not.toBeNull()
    expect(text(environment())).toBe('Select an environment')
    expect(document.activeElement).toBe(environment())
  })

  test('its last choice does something instead, and the focus comes back', async () => {
    await choose('Environment', 'New environment…')
    await press('Escape')
    expect(query('dialog', 'New environment')).toBeNull()
    expect(document.activeElement).toBe(environment())
  })
})

describe('a dialog', () => {
  const behind = (): HTMLElement => get('main').parentElement as HTMLElement

  test('leaves nothing else to be used, but what is said is still heard', async () => {
    await openApp({ accounts: [anAccount({ name: 'ACME' })] })
    await press('n', { ctrlKey: true })
    expect(behind().hasAttribute('inert')).toBe(true)
    expect(get('status').closest('[inert]')).toBeNull()
    await press('Escape')
    expect(behind().hasAttribute('inert')).toBe(false)
  })

  test('above another one leaves that one to wait', async () => {
    await openApp()
    await press('n', { ctrlKey: true })
    await choose('Environment', 'New environment…')
    expect(get('dialog', 'Add account').hasAttribute('inert')).toBe(true)
    expect(get('dialog', 'New environment').hasAttribute('inert')).toBe(false)
    await press('Escape')
    expect(query('dialog', 'New environment')).toBeNull()
    expect(get('dialog', 'Add account').hasAttribute('inert')).toBe(false)
  })

  test('is closed by Esc wherever the focus is', async () => {
    await openApp()
    await press('n', { ctrlKey: true })
    ;(document.activeElement as HTMLElement).blur()
    expect(document.activeElement).toBe(document.body)
    await press('Escape')
    expect(query('dialog')).toBeNull()
  })

  test('a click beside it does not close; one beside the palette does', async () => {
    await openApp()
    await press('n', { ctrlKey: true })
    await type(get('textbox', 'Name'), 'ACME')
    await click(document.querySelector('.scrim') as HTMLElement)
    expect(query('dialog', 'Add account')).not.toBeNull()
    await press('Escape')
    await press('Escape')
    await press('k', { ctrlKey: true })
    await click(document.querySelector('.scrim') as HTMLElement)
    expect(query('dialog')).toBeNull()
  })

  test('gives the focus to what it has made, not back', async () => {
    await openApp({ accounts: [anAccount({ name: 'ACME' })] })
    row('ACME').focus()
    await press('n', { ctrlKey: true })
    await type(get('textbox', 'Name'), 'Beta')
    await type(get('textbox', 'API key'), 'partner-key-0123456789')
    await click(get('button', 'Add'))
    expect(document.activeElement).toBe(row('Beta'))
  })

  test('that a lock closes leaves no focus to be had after it', async () => {
    const { bridge } = await openApp({ accounts: [anAccount({ name: 'ACME' })] })
    await press('n', { ctrlKey: true })
    const lock = { isSet: true, isUnusable: false, opensByTouch: false, waitMs: 0 }
    bridge.publish('lockChanged', { lock: { ...lock, isLocked: true } })
    await settle()
    bridge.publish('lockChanged', { lock: { ...lock, isLocked: false } })
    await settle()
    expect(document.activeElement).toBe(document.body)
  })

  test('that has lost its opener gives the focus to the list', async () => {
    const acme = anAccount({ name: 'ACME' })
    const { bridge } = await openApp({ accounts: [acme, anAccount({ name: 'Beta' })] })
    row('ACME').focus()
    await press('n', { ctrlKey: true })
    bridge.publish('accountsChanged', { changed: [], removed: [acme.id] })
    await settle()
    await press('Escape')
    expect(document.activeElement).toBe(row('Beta'))
  })
})

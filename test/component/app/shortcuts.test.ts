import { afterEach, describe, expect, test, vi } from 'vitest'
import { anAccount } from '../../support/builders'
import { openApp } from '../support/app'
import { get, press, query, queryAll, row } from '../support/queries'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** What the key in this place types on each layout: of a US keyboard, by its letter. */
const LAYOUTS = {
  ru: {
    f: ['KeyF', 'а'],
    n: ['KeyN', 'т'],
    k: ['KeyK', 'л'],
    l: ['KeyL', 'д'],
    a: ['KeyA', 'ф'],
    ',': ['Comma', 'б'],
  },
  gr: {
    f: ['KeyF', 'φ'],
    n: ['KeyN', 'ν'],
    k: ['KeyK', 'κ'],
    l: ['KeyL', 'λ'],
    a: ['KeyA', 'α'],
    ',': ['Comma', ','],
  },
  il: {
    f: ['KeyF', 'כ'],
    n: ['KeyN', 'מ'],
    k: ['KeyK', 'ל'],
    l: ['KeyL', 'ך'],
    a: ['KeyA', 'ש'],
    ',': ['Comma', 'ת'],
  },
  ara: {
    f: ['KeyF', 'ب'],
    n: ['KeyN', 'ى'],
    k: ['KeyK', 'ن'],
    l: ['KeyL', 'م'],
    a: ['KeyA', 'ش'],
    ',': ['Comma', 'و'],
  },
  dvorak: {
    f: ['KeyY', 'f'],
    n: ['KeyL', 'n'],
    k: ['KeyV', 'k'],
    l: ['KeyP', 'l'],
    a: ['KeyA', 'a'],
    ',': ['KeyW', ','],
  },
  fr: {
    f: ['KeyF', 'f'],
    n: ['KeyN', 'n'],
    k: ['KeyK', 'k'],
    l: ['KeyL', 'l'],
    a: ['KeyQ', 'a'],
    ',': ['KeyM', ','],
  },
} as const

describe.each(Object.entries(LAYOUTS))('with Ctrl on %s', (_, layout) => {
  const pressed = async (letter: keyof typeof layout): Promise<void> => {
    const [code, key] = layout[letter]
    await press(key, { code, ctrlKey: true })
  }

  test('F goes to the search', async () => {
    await openApp({ accounts: [anAccount()] })
    await pressed('f')
    expect(document.activeElement).toBe(get('searchbox', 'Search accounts'))
  })

  test('N adds an account', async () => {
    await openApp()
    await pressed('n')
    expect(query('dialog', 'Add account')).not.toBeNull()
  })

  test('K opens the palette and closes it', async () => {
    await openApp()
    await pressed('k')
    expect(query('dialog', 'Commands')).not.toBeNull()
    await pressed('k')
    expect(query('dialog', 'Commands')).toBeNull()
  })

  test('L locks', async () => {
    const { bridge } = await openApp({ lock: { isSet: true } })
    await pressed('l')
    expect(bridge.office.useCases.lock.isLocked).toBe(true)
  })

  test('A selects all', async () => {
    await openApp({ accounts: [anAccount(), anAccount({ name: 'Other' })] })
    row('ACME').focus()
    await pressed('a')
    expect(queryAll('row').map((each) => each.getAttribute('aria-selected'))).toEqual(['true', 'true'])
  })

  test('the comma opens Settings', async () => {
    await openApp()
    await pressed(',')
    expect(query('dialog', 'Settings')).not.toBeNull()
  })
})

test.each([
  ['typed', '/', { code: 'KeyQ' }],
  ['in its place on a Russian keyboard', '.', { code: 'Slash' }],
  ['typed with Shift on a French keyboard', '/', { code: 'Period', shiftKey: true }],
])('the slash %s goes to the search', async (_, key, parts) => {
  await openApp({ accounts: [anAccount()] })
  row('ACME').focus()
  await press(key, parts)
  expect(document.activeElement).toBe(get('searchbox', 'Search accounts'))
})

test.each([
  ['typed on a French keyboard', '?', { code: 'KeyM', shiftKey: true }],
  ['in its place on a Russian keyboard', ',', { code: 'Slash', shiftKey: true }],
  ['of Arabic', '؟', { code: 'Slash', shiftKey: true }],
])('the question mark %s shows the shortcuts', async (_, key, parts) => {
  await openApp({ accounts: [anAccount()] })
  row('ACME').focus()
  await press(key, parts)
  expect(query('dialog', 'Keyboard shortcuts')).not.toBeNull()
})

describe('Backspace on a row', () => {
  test('does nothing on Linux and Windows', async () => {
    await openApp({ accounts: [anAccount()] })
    row('ACME').focus()
    await press('Backspace')
    expect(query('alertdialog')).toBeNull()
  })

  test('removes on macOS, whose Delete key it is, and asks first', async () => {
    vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)' })
    await openApp({ accounts: [anAccount()] })
    row('ACME').focus()
    await press('Backspace')
    expect(query('alertdialog', 'Remove ACME?')).not.toBeNull()
  })
})

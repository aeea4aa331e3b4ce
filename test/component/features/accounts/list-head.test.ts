import { describe, expect, test } from 'vitest'
import { DEFAULT_COLUMN_WIDTHS } from '../../../../electron/shared/columns'
import { aJwt, anAccount, anEnvironment, anId, aPartner, aRefreshToken } from '../../../support/builders'
import { openApp, settle, type OpenedApp } from '../../support/app'
import { click, get, press, query, queryAll, row, rowNames, text, type } from '../../support/queries'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const sandbox = anEnvironment({ name: 'Sandbox' })
const live = anEnvironment({ id: anId('live') as never, name: 'Live' })
const accounts = [
  aPartner({ name: 'Alder', jwt: aJwt(3 * HOUR), refreshToken: aRefreshToken(9 * DAY) }),
  aPartner({ name: 'Birch', jwt: aJwt(HOUR), refreshToken: aRefreshToken(20 * DAY), environmentId: live.id }),
  anAccount({ name: 'Cedar', jwt: aJwt(2 * HOUR) }),
]

const columns = (): HTMLElement => get('toolbar', 'Columns')
const head = (name: string): HTMLElement => get('button', new RegExp(`^${name}`, 'u'), columns())
const template = (): string =>
  document.querySelector<HTMLElement>('.list')?.style.getPropertyValue('--list-columns') ?? ''

async function open(): Promise<OpenedApp> {
  return await openApp({ accounts, environments: [sandbox, live] })
}

describe('the head of a column', () => {
  test.each([
    ['Account', ['Cedar', 'Birch', 'Alder']],
    ['Environment', ['Birch', 'Alder', 'Cedar']],
    ['JWT', ['Birch', 'Cedar', 'Alder']],
    ['Refresh', ['Alder', 'Birch', 'Cedar']],
  ])('%s sorts, and turns the order around when it is clicked again', async (name, expected) => {
    const { bridge } = await open()
    await click(head(name))
    expect(rowNames()).toEqual(expected)
    expect(head(name).getAttribute('aria-pressed')).toBe('true')
    const isReversed = text(head(name)).includes('reversed')
    await click(head(name))
    expect(rowNames()).toEqual([...expected].reverse())
    expect(text(head(name)).includes('reversed')).toBe(!isReversed)
    expect(bridge.office.settingsStore.current.sortReversed).toBe(!isReversed)
  })

  test('leaves the order of what is searched for alone', async () => {
    const { bridge } = await open()
    await type(get('searchbox'), 'a')
    expect(head('JWT').getAttribute('aria-disabled')).toBe('true')
    await click(head('JWT'))
    expect(bridge.asked.map(({ call }) => call)).not.toContain('changeSettings')
  })

  test('is reached by one stop of the Tab key and the arrows', async () => {
    await open()
    expect(queryAll('button', undefined, columns()).map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1, -1])
    head('Account').focus()
    await press('ArrowRight')
    expect(document.activeElement).toBe(head('Environment'))
    expect(head('Environment').tabIndex).toBe(0)
    await press('ArrowLeft')
    await press('ArrowLeft')
    expect(document.activeElement).toBe(head('Account'))
  })
})

describe('the width of a column', () => {
  function grip(nth: number): HTMLElement {
    const all = [...columns().querySelectorAll<HTMLElement>('.grip')]
    const found = all[nth]
    if (found === undefined) throw new Error('no grip')
    found.setPointerCapture = () => undefined
    return found
  }

  async function drag(nth: number, by: number): Promise<void> {
    const point = (type: string, clientX: number): PointerEvent =>
      new PointerEvent(type, { bubbles: true, cancelable: true, button: 0, clientX })
    grip(nth).dispatchEvent(point('pointerdown', 500))
    grip(nth).dispatchEvent(point('pointermove', 500 + by))
    await settle()
    grip(nth).dispatchEvent(point('pointerup', 500 + by))
    await settle()
  }

  test('follows the mouse, and is kept by main', async () => {
    const { bridge } = await open()
    await drag(0, -40)
    expect(template()).toContain('minmax(48px, 146px) minmax(48px, 112px)')
    expect(bridge.office.settingsStore.current.columnWidths).toEqual({
      ...DEFAULT_COLUMN_WIDTHS,
      environment: 146,
    })
  })

  test('stays within what can be read and what leaves room for the name', async () => {
    const { bridge } = await open()
    await drag(1, 1_000)
    await drag(2, -1_000)
    expect(bridge.office.settingsStore.current.columnWidths).toEqual({
      environment: 106,
      jwt: 48,
      refresh: 400,
    })
    expect(template()).toMatch(/^minmax\(140px, 1fr\)/u)
  })

  test('is set by keys as well, and set back by a double click', async () => {
    const { bridge } = await open()
    head('JWT').focus()
    await press('ArrowLeft', { shiftKey: true })
    expect(bridge.office.settingsStore.current.columnWidths.jwt).toBe(120)
    await press('ArrowRight', { shiftKey: true })
    await press('ArrowRight', { shiftKey: true })
    expect(bridge.office.settingsStore.current.columnWidths.jwt).toBe(104)
    grip(1).dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
    await settle()
    expect(bridge.office.settingsStore.current.columnWidths).toEqual(DEFAULT_COLUMN_WIDTHS)
  })

  test('is there again at the next start', async () => {
    const columnWidths = { environment: 90, jwt: 130, refresh: 70 }
    await openApp({ accounts, environments: [sandbox, live], settings: { columnWidths } })
    expect(template()).toContain('minmax(48px, 90px) minmax(48px, 130px) minmax(48px, 70px)')
  })
})

describe('the list', () => {
  test('opens details by a double click, but not by one on a button', async () => {
    await open()
    const doubleClick = async (element: HTMLElement): Promise<void> => {
      element.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
      await settle()
    }
    await doubleClick(get('button', 'More actions', row('Birch')))
    expect(query('complementary', 'Details')).toBeNull()
    await doubleClick(row('Birch'))
    expect(text(get('complementary', 'Details'))).toContain('Birch')
  })

  test('has a double click on a row mean the row, even where the details come to lie above it', async () => {
    const { bridge } = await open()
    const press = async (element: HTMLElement, detail: number): Promise<void> => {
      const parts = { bubbles: true, cancelable: true, detail }
      element.dispatchEvent(new MouseEvent('mousedown', parts))
      element.dispatchEvent(new MouseEvent('click', parts))
      await settle()
    }
    const copies = (): number => bridge.asked.filter(({ call }) => call === 'copyJwt').length
    await press(row('Birch'), 1)
    const inDetails = get('button', 'Copy JWT', get('complementary', 'Details'))
    await press(inDetails, 2)
    expect(copies()).toBe(0)
    await press(inDetails, 1)
    expect(copies()).toBe(1)
  })

  test('starts the search when one types on it', async () => {
    await open()
    for (const key of ['b', 'Ж', '7']) {
      row('Birch').focus()
      await press(key)
      expect(document.activeElement).toBe(get('searchbox'))
    }
  })

  test('leaves shortcuts, keys with a modifier and what an input method composes alone', async () => {
    await open()
    for (const [key, parts] of [
      ['b', { ctrlKey: true }],
      ['b', { altKey: true }],
      ['b', { isComposing: true }],
      ['Process', {}],
      ['F5', {}],
    ] as const) {
      row('Birch').focus()
      await press(key, parts)
      expect(document.activeElement).toBe(row('Birch'))
    }
  })
})

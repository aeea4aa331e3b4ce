import { describe, expect, test } from 'vitest'
import { anAccount } from '../../support/builders'
import { openApp, settle, type OpenedApp } from '../support/app'
import { get, press, query, row, status, type, valueOf } from '../support/queries'

/** A key of an input method, which the page gets as well. */
const COMPOSING: KeyboardEventInit = { isComposing: true }
/** What the last key of a composition has on a Mac. */
// eslint-disable-next-line @typescript-eslint/no-deprecated -- as base/keys.ts reads it
const PROCESSED: KeyboardEventInit = { keyCode: 229 }

const calls = ({ bridge }: OpenedApp): string[] => bridge.asked.map(({ call }) => call)
const acme = anAccount({ name: 'ACME', tags: ['billing'] })

describe.each([
  ['of a composition', COMPOSING],
  ['that an input method has processed', PROCESSED],
])('a key %s', (_, composing) => {
  test('copies nothing when it is Enter in the search; the next Enter does', async () => {
    const app = await openApp({ accounts: [acme] })
    await type(get('searchbox', 'Search accounts'), 'acm')
    await press('Enter', composing)
    expect(calls(app)).not.toContain('copyJwt')
    await press('Enter')
    expect(calls(app)).toContain('copyJwt')
  })

  test('keeps what was searched for when it is Escape', async () => {
    await openApp({ accounts: [acme] })
    const search = get('searchbox', 'Search accounts')
    await type(search, 'acm')
    await press('Escape', composing)
    expect(valueOf(search)).toBe('acm')
    await press('Escape')
    expect(valueOf(search)).toBe('')
  })

  test('keeps a dialog open with what was typed when it is Escape', async () => {
    await openApp({ accounts: [acme] })
    await press('n', { ctrlKey: true })
    const name = get('textbox', 'Name')
    await type(name, 'Harbor')
    await press('Escape', composing)
    await press('Escape', composing)
    expect(valueOf(name)).toBe('Harbor')
    expect(query('dialog', 'Add account')).not.toBeNull()
  })

  test('neither picks in the palette nor closes it', async () => {
    const app = await openApp({ accounts: [acme] })
    await press('k', { ctrlKey: true })
    await press('Enter', composing)
    await press('ArrowDown', composing)
    await press('Escape', composing)
    expect(calls(app)).not.toContain('copyJwt')
    expect(query('dialog', 'Commands')).not.toBeNull()
    await press('Enter')
    expect(calls(app)).toContain('copyJwt')
  })

  test('adds no tag, and removes none', async () => {
    const app = await openApp({ accounts: [acme] })
    row('ACME').focus()
    await press(' ')
    const tags = get('textbox', 'Tags')
    tags.focus()
    await press('Backspace', composing)
    await type(tags, 'vip')
    await press('Enter', composing)
    expect(app.bridge.accounts()[0]?.tags).toEqual(['billing'])
    expect(valueOf(tags)).toBe('vip')
    await press('Enter')
    expect(status()).toBe('Tags of ACME saved')
  })

  test('leaves an open menu open', async () => {
    await openApp({ accounts: [acme] })
    row('ACME').focus()
    await press('F10', { shiftKey: true })
    await press('Escape', composing)
    expect(query('menu')).not.toBeNull()
    await press('Escape')
    expect(query('menu')).toBeNull()
  })

  test('locks nothing with Ctrl+L', async () => {
    const app = await openApp({ accounts: [acme], lock: { isSet: true } })
    await press('l', { ctrlKey: true, ...composing })
    expect(calls(app)).not.toContain('lock')
  })
})

test('no listener of the page sees a key of a composition, whenever and wherever it was added', async () => {
  await openApp()
  const seen: string[] = []
  const see = (event: Event): void => void seen.push(event.type)
  const kinds = ['keydown', 'keypress', 'keyup']
  for (const kind of kinds)
    for (const target of [window, document, document.body]) {
      target.addEventListener(kind, see, true)
      target.addEventListener(kind, see)
    }
  for (const kind of kinds)
    document.body.dispatchEvent(new KeyboardEvent(kind, { key: 'a', bubbles: true, isComposing: true }))
  await settle()
  expect(seen).toEqual([])
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }))
  expect(seen).toHaveLength(6)
  for (const kind of kinds)
    for (const target of [window, document, document.body]) {
      target.removeEventListener(kind, see, true)
      target.removeEventListener(kind, see)
    }
})

test('what the browser does with Enter and Escape by itself is left out in a composition, and nothing else is', async () => {
  await openApp()
  const isLeftOut = (key: string): boolean =>
    !document.body.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, isComposing: true }),
    )
  expect(['Enter', 'Escape', 'a', 'ArrowLeft', 'Process'].filter(isLeftOut)).toEqual(['Enter', 'Escape'])
})

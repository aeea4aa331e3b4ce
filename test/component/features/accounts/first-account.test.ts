import { beforeEach, describe, expect, test } from 'vitest'
import { openApp, settle, type OpenedApp } from '../../support/app'
import { anEnvironment } from '../../../support/builders'
import { click, get, press, query, rowNames, text, type, valueOf } from '../../support/queries'

const URL_TYPED = 'https://api.example.com'

describe('the first account', () => {
  let app: OpenedApp

  beforeEach(async () => {
    app = await openApp({ environments: [] })
    await click(get('button', 'Add an account'))
  })

  const dialog = (): HTMLElement => get('dialog', 'Add account')
  const calls = (): string[] =>
    app.bridge.asked.map(({ call }) => call).filter((call) => call !== 'getSnapshot')

  async function fill(apiKey = 'company-key-0123456789'): Promise<void> {
    await type(get('textbox', 'Name'), 'ACME')
    await type(get('textbox', 'Environment name'), 'Sandbox')
    await type(get('textbox', 'Base URL'), URL_TYPED)
    get('textbox', 'Base URL').dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
    await settle()
    await type(get('textbox', 'API key'), apiKey)
  }

  async function add(): Promise<void> {
    await click(get('button', 'Add', dialog()))
  }

  test('asks for its environment in place, without a dialog over a dialog', async () => {
    expect(query('combobox', 'Environment')).toBeNull()
    await fill()
    await click(get('checkbox', 'Production'))
    await add()
    expect(query('dialog')).toBeNull()
    expect(rowNames()).toEqual(['ACME'])
    expect(app.bridge.office.environmentStore.all).toMatchObject([
      { name: 'Sandbox', baseUrl: URL_TYPED, production: true },
    ])
  })

  test('says at each field what is missing, and sends nothing', async () => {
    await add()
    for (const words of ['Enter a name.', 'Enter the base URL', 'Enter the API key.']) {
      expect(text(dialog())).toContain(words)
    }
    expect(document.activeElement).toBe(get('textbox', 'Name'))
    await type(get('textbox', 'Name'), 'ACME')
    await add()
    expect(document.activeElement).toBe(get('textbox', 'Environment name'))
    expect(calls()).toEqual([])
  })

  test('keeps everything typed, the environment too, when the service rejects the key', async () => {
    app.bridge.serviceSays({ kind: 'refused', status: 401 })
    await fill()
    await add()
    expect(text(get('alert'))).toContain('rejected the API key')
    expect(valueOf(get('textbox', 'Environment name'))).toBe('Sandbox')
    expect(valueOf(get('textbox', 'Base URL'))).toBe(URL_TYPED)
    expect(query('button', /^Sandbox/u, get('navigation'))).toBeNull()
    app.bridge.serviceSays(null)
    await add()
    expect(rowNames()).toEqual(['ACME'])
  })

  test('tries the base URL while the key is typed, once, and says what came of it', async () => {
    await fill()
    expect(calls()).toEqual(['testConnection'])
    expect(text(dialog())).toContain('Connected (HTTP')
    get('textbox', 'Base URL').dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
    await settle()
    expect(calls()).toEqual(['testConnection'])
    await type(get('textbox', 'Base URL'), 'https://other.example.com')
    expect(text(dialog())).not.toContain('Connected (HTTP')
  })

  test('can be added although nothing was found there', async () => {
    app.bridge.serviceSays({ code: 'unreachable', reason: 'dns', detail: '' })
    await fill()
    expect(text(dialog())).toContain('The host name in the base URL wasn’t found')
    app.bridge.serviceSays(null)
    await add()
    expect(rowNames()).toEqual(['ACME'])
  })

  test('asks before it discards what was typed of the environment', async () => {
    await type(get('textbox', 'Base URL'), URL_TYPED)
    await press('Escape')
    expect(text(dialog())).toContain('Press Esc again to discard')
  })
})

test.each([
  'partner_live_0123456789',
  'company-0123456789',
  'sk_live_0123456789',
  'eyJhbGciOiJIUzI1NiJ9.e30.x',
])('the prefix or shape of a key suggests nothing that the service has not told: %s', async (key) => {
  await openApp({ environments: [anEnvironment()] })
  await press('n', { ctrlKey: true })
  const dialog = get('dialog', 'Add account')
  const before = text(dialog)
  await type(get('textbox', 'API key'), key)
  expect(text(dialog)).toBe(before)
  expect((get('radio', 'Detect') as HTMLInputElement).checked).toBe(true)
})

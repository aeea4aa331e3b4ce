import { describe, expect, test } from 'vitest'
import { apiKeyHint } from '../../../../electron/shared/api-key'
import { keyOf } from '../../../support/back-office'
import { anAccount, anEnvironment, aPartner, anId } from '../../../support/builders'
import { openApp, settle, type OpenedApp } from '../../support/app'
import {
  choose,
  click,
  get,
  press,
  query,
  queryAll,
  row,
  rowNames,
  status,
  text,
  type,
  valueOf,
} from '../../support/queries'

const KEY = 'partner-key-0123456789'
async function openAdd(start: Parameters<typeof openApp>[0] = {}): Promise<OpenedApp> {
  const app = await openApp(start)
  await press('n', { ctrlKey: true })
  return app
}

describe('Add account', () => {
  test.each([
    ['keyring', 'undecided', 'Encrypted with the system keyring'],
    ['memory', 'memory-only', 'Kept in memory until TokenDesk quits'],
    ['unprotected-file', 'accepted', 'Stored unencrypted'],
  ] as const)('says what a remembered key goes into: %s', async (mode, decided, words) => {
    const start = {
      settings: { unprotectedStorage: decided },
      storage: { backend: 'x', protected: mode === 'keyring', mode },
      accounts: [anAccount({ secretsIn: mode })],
    }
    await openAdd(start)
    expect(text(get('dialog', 'Add account'))).toContain(words)
    await press('Escape')
    await click(get('button', 'More actions', row('ACME')))
    await click(get('menuitem', /^Enter API key/u))
    expect(text(get('dialog', 'Enter API key'))).toContain(words)
  })

  test('logs in and shows the new account, focused', async () => {
    const { bridge } = await openAdd()
    await type(get('textbox', 'Name'), '  ACME ')
    await type(get('textbox', 'API key'), KEY)
    await click(get('button', 'Add'))
    expect(query('dialog')).toBeNull()
    expect(rowNames()).toEqual(['ACME'])
    expect(document.activeElement).toBe(row('ACME'))
    expect(status()).toBe('ACME added')
    expect(bridge.asked.at(-1)).toMatchObject({
      call: 'addAccount',
      input: { kind: 'detect', rememberApiKey: false },
    })
  })

  test('of an API key that another account has adds it, and names that account', async () => {
    const key = keyOf('Beta')
    await openAdd({
      accounts: [anAccount({ name: 'Beta', remembersApiKey: true, apiKeyHint: apiKeyHint(key) })],
    })
    await type(get('textbox', 'Name'), 'ACME')
    await type(get('textbox', 'API key'), key)
    await click(get('button', 'Add'))
    expect(rowNames()).toEqual(['ACME', 'Beta'])
    expect(status()).toBe(
      'ACME added. It has the same API key as Beta; if you didn’t intend that, remove one of them.',
    )
  })

  test('has each field empty or at its safe default', async () => {
    await openAdd({
      environments: [anEnvironment(), anEnvironment({ id: anId('prod') as never, name: 'Production' })],
    })
    expect(text(get('combobox', 'Environment'))).toBe('Select an environment')
    expect((get('checkbox', 'Remember API key') as HTMLInputElement).checked).toBe(false)
    expect((get('radio', 'Detect') as HTMLInputElement).checked).toBe(true)
    expect(get('textbox', 'API key')).toHaveProperty('type', 'password')
  })

  test('says at each field what is missing, and sends nothing', async () => {
    const live = anEnvironment({ id: anId('live') as never, name: 'Live' })
    const { bridge } = await openAdd({ environments: [anEnvironment(), live] })
    await click(get('button', 'Add'))
    const dialog = get('dialog', 'Add account')
    for (const words of ['Enter a name.', 'Select an environment.', 'Enter the API key.']) {
      expect(text(dialog)).toContain(words)
    }
    const name = get('textbox', 'Name')
    expect(text(document.getElementById(name.getAttribute('aria-describedby') ?? ''))).toBe('Enter a name.')
    expect(document.activeElement).toBe(name)
    // Seen at its field, and announced once beside it.
    expect(get('alert', undefined, dialog).classList.contains('visually-hidden')).toBe(true)
    expect(bridge.asked.map(({ call }) => call)).toEqual(['getSnapshot'])
  })

  test('lets the shown API key be copied by mouse, as the secret that it is, and nothing else', async () => {
    const { bridge } = await openAdd()
    await type(get('textbox', 'API key'), KEY)
    await click(get('button', 'Show API key'))
    const shown = get('group', 'API key as text')
    shown.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))
    await settle()
    expect(queryAll('menuitem').map((item) => text(item))).toEqual(['Copy'])
    await click(get('menuitem', 'Copy'))
    expect(bridge.clipboard()).toBe(KEY)
    expect(bridge.asked.at(-1)?.call).toBe('copyShown')
    expect(status()).toBe('API key copied')
    expect(document.activeElement).toBe(shown)
  })

  test.each([
    ['a refused key', { kind: 'refused', status: 401 }, 'rejected the API key'],
    ['no answer', { code: 'no-answer', reason: 'timeout', detail: '' }, 'didn’t respond within 10 seconds'],
    [
      'a redirect',
      { kind: 'redirected', status: 302, target: 'https://evil.example' },
      'https://evil.example',
    ],
    ['invalid-response', { code: 'invalid-response', reason: 'no-jwt' }, 'contains no JWT'],
  ] as const)('keeps everything typed on %s', async (_what, problem, words) => {
    const { bridge } = await openAdd()
    bridge.serviceSays(problem)
    await type(get('textbox', 'Name'), 'ACME')
    await type(get('textbox', 'API key'), KEY)
    await click(get('radio', 'Company'))
    await click(get('checkbox', 'Remember API key'))
    await click(get('button', 'Add'))
    expect(text(get('alert'))).toContain(words)
    expect(get('alert').classList.contains('visually-hidden')).toBe(false)
    expect(valueOf(get('textbox', 'Name'))).toBe('ACME')
    expect(valueOf(get('textbox', 'API key'))).toBe(KEY)
    expect((get('radio', 'Company') as HTMLInputElement).checked).toBe(true)
    expect((get('checkbox', 'Remember API key') as HTMLInputElement).checked).toBe(true)
    bridge.serviceSays(null)
    await click(get('button', 'Add'))
    expect(rowNames()).toEqual(['ACME'])
  })

  test('shows main’s refusal of a field at the field', async () => {
    await openAdd({ accounts: [anAccount({ name: 'acme' })] })
    await type(get('textbox', 'Name'), 'ACME')
    await type(get('textbox', 'API key'), KEY)
    await click(get('button', 'Add'))
    const name = get('textbox', 'Name')
    expect(text(document.getElementById(name.getAttribute('aria-describedby') ?? ''))).toContain(
      'already in use',
    )
  })

  test.each([
    ['“some-key”', 'Removed around the API key: quotation marks.'],
    ['="some-key"', 'Removed around the API key: the equals sign of a formula and quotation marks.'],
    ['apiKey: some-key;', 'Removed around the API key: a label and a comma or semicolon.'],
  ])('takes off what surrounds a pasted key and says so: %s', async (pasted, said) => {
    await openAdd()
    const field = get('textbox', 'API key')
    await paste(field, pasted)
    expect(valueOf(field)).toBe('some-key')
    expect(text(get('dialog'))).toContain(said)
  })

  test('says that Excel has changed a key, and sends nothing', async () => {
    const { bridge } = await openAdd()
    await type(get('textbox', 'Name'), 'Beta')
    await type(get('textbox', 'API key'), '1.23457E+17')
    await click(get('button', 'Add'))
    expect(text(get('dialog'))).toContain('Excel has changed this API key. Export the column as text.')
    expect(bridge.asked.some(({ call }) => call === 'addAccount')).toBe(false)
  })

  test('cuts line breaks around a pasted key and says so; one inside is refused', async () => {
    await openAdd()
    const field = get('textbox', 'API key')
    await paste(field, '\r\n  some-key\n')
    expect(valueOf(field)).toBe('some-key')
    expect(text(get('dialog'))).toContain(
      'Spaces, line breaks, or invisible characters around the API key were removed.',
    )
    await type(field, '')
    await paste(field, 'some\nkey')
    await click(get('button', 'Add'))
    expect(text(get('dialog'))).toContain('contains a space or a line break')
  })

  test('names an invisible character inside of the key, sends nothing, and keeps what was typed', async () => {
    const { bridge } = await openAdd()
    await type(get('textbox', 'Name'), 'ACME')
    await type(get('textbox', 'API key'), UNSEEN_KEY)
    await click(get('button', 'Add'))
    expect(text(get('dialog'))).toContain(UNSEEN_SAID)
    expect(valueOf(get('textbox', 'API key'))).toBe(UNSEEN_KEY)
    expect(bridge.asked.filter(({ call }) => call === 'addAccount')).toEqual([])
  })

  test('asks once, however often it is pressed', async () => {
    const { bridge } = await openAdd()
    const answer = bridge.holdAnswers()
    await type(get('textbox', 'Name'), 'ACME')
    await type(get('textbox', 'API key'), KEY)
    for (let times = 0; times < 5; times += 1) await click(get('button', 'Add'))
    answer()
    await settle()
    expect(bridge.asked.filter(({ call }) => call === 'addAccount')).toHaveLength(1)
  })

  test('Esc neither drops a request under way nor, at first, what was typed', async () => {
    const { bridge } = await openAdd()
    const answer = bridge.holdAnswers()
    await type(get('textbox', 'Name'), 'ACME')
    await type(get('textbox', 'API key'), KEY)
    bridge.serviceSays({ code: 'service-unavailable', status: 503 })
    await click(get('button', 'Add'))
    await press('Escape')
    expect(query('dialog', 'Add account')).not.toBeNull()
    answer()
    await settle()
    await press('Escape')
    expect(text(get('dialog', 'Add account'))).toContain('Press Esc again')
    expect(valueOf(get('textbox', 'API key'))).toBe(KEY)
    await press('Escape')
    expect(query('dialog', 'Add account')).toBeNull()
  })

  test('puts a company under the partner chosen for it', async () => {
    const harbor = aPartner({ name: 'Harbor' })
    const { bridge } = await openAdd({ accounts: [harbor] })
    await type(get('textbox', 'Name'), 'Alder')
    await type(get('textbox', 'API key'), 'company-key-0123456789')
    await choose('Partner', 'Harbor')
    await click(get('button', 'Add'))
    expect(bridge.asked.at(-1)?.input).toMatchObject({ partnerId: harbor.id })
    expect(row('Alder').getAttribute('aria-level')).toBe('2')
  })
})

describe('New environment', () => {
  test('comes back to Add account with everything typed, and itself chosen', async () => {
    await openAdd()
    await type(get('textbox', 'Name'), 'ACME')
    await type(get('textbox', 'API key'), KEY)
    await choose('Environment', 'New environment…')
    const dialog = get('dialog', 'New environment')
    await type(get('textbox', 'Name', dialog), 'Production')
    await type(get('textbox', 'Base URL', dialog), 'https://api.example.com/')
    expect(text(dialog)).toContain('The slash at the end will be removed.')
    await click(get('checkbox', 'Production', dialog))
    await click(get('button', 'Save', dialog))
    expect(query('dialog', 'New environment')).toBeNull()
    expect(valueOf(get('textbox', 'Name'))).toBe('ACME')
    expect(valueOf(get('textbox', 'API key'))).toBe(KEY)
    expect(text(get('combobox', 'Environment'))).toContain('Production')
    expect(text(get('combobox', 'Environment'))).toContain('https://api.example.com')
  })

  test.each([
    ['', 'Enter the base URL'],
    ['api.example.com', 'Start with https://'],
    ['http://api.example.com', 'Use https://'],
    ['https://me:secret@api.example.com', 'Remove the user name'],
    ['https://api.example.com?x=1', 'Remove everything from ? or #'],
    ['https://api.example.com/auth/login', 'Remove /auth/login'],
    ['ftp://api.example.com', 'Only https:// addresses'],
  ])('refuses the base URL “%s” in words at its field', async (baseUrl, words) => {
    const { bridge } = await openAdd()
    await choose('Environment', 'New environment…')
    const dialog = get('dialog', 'New environment')
    await type(get('textbox', 'Name', dialog), 'X')
    await type(get('textbox', 'Base URL', dialog), baseUrl)
    await click(get('button', 'Save', dialog))
    expect(text(dialog)).toContain(words)
    expect(valueOf(get('textbox', 'Base URL', dialog))).toBe(baseUrl)
    expect(bridge.asked.map(({ call }) => call)).toEqual(['getSnapshot'])
  })
})

const UNSEEN_KEY = 'some\u200Bkey'
const UNSEEN_SAID = 'Character 5 of the API key is invisible: a zero-width space (U+200B).'
async function paste(field: HTMLElement, pasted: string): Promise<void> {
  field.focus()
  const event = new Event('paste', { bubbles: true, cancelable: true })
  Object.defineProperty(event, 'clipboardData', { value: { getData: () => pasted } })
  field.dispatchEvent(event)
  await settle()
}

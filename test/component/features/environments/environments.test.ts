import { describe, expect, test } from 'vitest'
import { anId, anAccount, anEnvironment } from '../../../support/builders'
import { openApp, settle, type OpenedApp } from '../../support/app'
import { click, get, query, queryAll, row, status, text, type, valueOf } from '../../support/queries'

const MINUTE = 60_000

async function openSettings(start: Parameters<typeof openApp>[0] = {}): Promise<OpenedApp> {
  const app = await openApp(start)
  await click(get('button', 'Settings'))
  return app
}

/** The dialog on top. */
function dialog(name: string): HTMLElement {
  return get('dialog', name)
}

describe('environments in Settings', () => {
  test('are added there, too', async () => {
    await openSettings()
    await click(get('button', 'New environment…', dialog('Settings')))
    expect(query('dialog', 'New environment')).not.toBeNull()
  })

  test('tell name, address, production and clock of each', async () => {
    await openSettings({
      environments: [
        anEnvironment({ clockSkewMs: 3 * MINUTE, defaultTimeZone: 'Europe/Berlin' }),
        anEnvironment({
          id: anId('live') as never,
          name: 'Live',
          baseUrl: 'https://live.example.com',
          production: true,
          clockSkewMs: null,
        }),
      ],
    })
    const items = [...dialog('Settings').querySelectorAll('li.item')].map((item) => text(item))
    expect(items[0]).toContain('https://sandbox.example.com')
    expect(items[0]).toContain('default time zone: Europe/Berlin')
    expect(items[0]).toContain('Server clock is 3 min ahead')
    expect(items[0]).not.toContain('Production')
    expect(items[1]).toContain('LiveProduction')
    expect(items[1]).not.toContain('clock')
    expect(items[1]).not.toContain('zone')
    expect(text(get('button', 'Test connection of Live'))).toBe('Test connection')
  })

  test('are changed in a dialog of their own, and the list shows it at once', async () => {
    const { bridge } = await openSettings({ accounts: [anAccount()] })
    await click(get('button', 'Edit Sandbox'))
    const edit = dialog('Edit environment')
    await type(get('textbox', 'Name', edit), 'Staging')
    await click(get('radio', 'Pink', edit))
    await click(get('checkbox', 'Production', edit))
    await type(get('textbox', 'Default time zone', edit), ' +02:00 ')
    await click(get('button', 'Save', edit))
    expect(query('dialog', 'Edit environment')).toBeNull()
    expect(bridge.asked.at(-1)).toEqual({
      call: 'editEnvironment',
      input: {
        id: anId('sandbox'),
        name: 'Staging',
        baseUrl: 'https://sandbox.example.com',
        production: true,
        colour: 'pink',
        defaultTimeZone: '+02:00',
      },
    })
    const chip = row('ACME').querySelector('.chip')
    expect(text(chip)).toBe('PRODStaging (production)')
    expect(chip?.classList).toContain('env-pink')
  })

  test('warn where tokens and keys go before another address is saved', async () => {
    await openSettings({ accounts: [anAccount(), anAccount({ name: 'Beta' })] })
    await click(get('button', 'Edit Sandbox'))
    const edit = dialog('Edit environment')
    expect(query('alert', undefined, edit)).toBeNull()
    await type(get('textbox', 'Base URL', edit), 'https://elsewhere.example.com/')
    expect(text(get('alert', undefined, edit))).toContain(
      'From now on, the API keys and tokens of its 2 accounts are sent to https://elsewhere.example.com.',
    )
    expect(text(edit)).toContain('The slash at the end will be removed.')
  })

  test.each([
    ['Name', '', 'Enter a name.'],
    ['Base URL', 'http://api.example.com', 'Use https://.'],
    ['Default time zone', 'Berlin time', 'Use UTC, an offset such as +02:00'],
  ])('keep what was typed where %s is “%s”', async (field, value, words) => {
    const { bridge } = await openSettings()
    await click(get('button', 'Edit Sandbox'))
    const edit = dialog('Edit environment')
    await type(get('textbox', field, edit), value)
    await click(get('button', 'Save', edit))
    expect(text(edit)).toContain(words)
    expect(valueOf(get('textbox', field, edit))).toBe(value)
    expect(document.activeElement).toBe(get('textbox', field, edit))
    expect(bridge.asked.some(({ call }) => call === 'editEnvironment')).toBe(false)
  })

  test('tell main’s refusal of a name that is taken at its field', async () => {
    await openSettings({
      environments: [anEnvironment(), anEnvironment({ id: anId('live') as never, name: 'Live' })],
    })
    await click(get('button', 'Edit Sandbox'))
    await type(get('textbox', 'Name', dialog('Edit environment')), 'live')
    await click(get('button', 'Save', dialog('Edit environment')))
    expect(text(dialog('Edit environment'))).toContain('This name is already in use.')
  })

  test('that are empty are removed after asking', async () => {
    const { bridge } = await openSettings()
    await click(get('button', 'Remove Sandbox'))
    const ask = get('alertdialog', 'Remove Sandbox?')
    expect(document.activeElement).toBe(get('button', 'Keep', ask))
    await click(get('button', 'Remove', ask))
    expect(bridge.asked.at(-1)).toEqual({ call: 'removeEnvironment', input: { id: anId('sandbox') } })
    expect(query('button', 'Edit Sandbox')).toBeNull()
    expect(status()).toBe('Environment Sandbox removed')
  })

  test('with accounts in them can’t be removed, and that is said', async () => {
    await openSettings({ accounts: [anAccount()] })
    await click(get('button', 'Remove Sandbox'))
    const ask = get('alertdialog', 'Remove Sandbox?')
    expect(text(ask)).toContain('1 account uses this environment. Remove them first')
    expect(query('button', 'Remove', ask)).toBeNull()
  })

  test('tell when main finds an account in one that looks empty', async () => {
    const { bridge } = await openSettings()
    await click(get('button', 'Remove Sandbox'))
    bridge.failNext('removeEnvironment', { code: 'in-use' })
    await click(get('button', 'Remove', get('alertdialog')))
    expect(text(get('alert', undefined, get('alertdialog')))).toContain(
      'Accounts still use this environment.',
    )
  })
})

describe('testing a connection', () => {
  test('says that something answers, and how its clock goes', async () => {
    const { bridge } = await openSettings()
    const answer = bridge.holdAnswers()
    await click(get('button', 'Test connection of Sandbox'))
    const item = dialog('Settings').querySelector('li.item')
    expect(text(item)).toContain('Testing…')
    answer()
    await settle()
    expect(text(item)).toContain('Connected (HTTP 405). Server clock in sync.')
    expect(bridge.asked.at(-1)).toEqual({
      call: 'testConnection',
      input: { baseUrl: 'https://sandbox.example.com' },
    })
  })

  test('says why nothing was reached', async () => {
    const { bridge } = await openSettings()
    bridge.serviceSays({ code: 'unreachable', reason: 'dns', detail: '' })
    await click(get('button', 'Test connection of Sandbox'))
    expect(text(dialog('Settings'))).toContain('The host name in the base URL wasn’t found')
  })

  test('takes the address as it is typed, and forgets its answer with the next letter', async () => {
    const { bridge } = await openSettings()
    await click(get('button', 'Edit Sandbox'))
    const edit = dialog('Edit environment')
    await type(get('textbox', 'Base URL', edit), 'https://new.example.com')
    await click(get('button', 'Test connection', edit))
    expect(bridge.asked.at(-1)?.input).toEqual({ baseUrl: 'https://new.example.com' })
    expect(text(edit)).toContain('Connected')
    await type(get('textbox', 'Base URL', edit), 'https://new.example.co')
    expect(text(edit)).not.toContain('Connected')
  })
})

describe('production', () => {
  test.each([
    ['Live', 'PRODLive (production)'],
    ['Production', 'Production (production)'],
    ['EU-Prod', 'EU-Prod (production)'],
  ])('is said in the chip of %s', async (name, words) => {
    await openApp({ accounts: [anAccount()], environments: [anEnvironment({ name, production: true })] })
    expect(text(row('ACME').querySelector('.chip'))).toBe(words)
    expect(queryAll('row', /production/u)).toHaveLength(1)
  })

  test('is not said of others', async () => {
    await openApp({ accounts: [anAccount()], environments: [anEnvironment({ name: 'Products' })] })
    expect(text(row('ACME').querySelector('.chip'))).toBe('Products')
  })
})

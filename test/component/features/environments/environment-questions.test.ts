/** What is to be decided about an environment, above the list and in Settings. */
import { describe, expect, test } from 'vitest'
import type { EnvironmentId } from '../../../../electron/shared/environment'
import { anAccount, anEnvironment, aPartner } from '../../../support/builders'
import type { MainInMemory } from '../../../support/main-in-memory'
import { openApp, settle } from '../../support/app'
import { click, get, query, row, status, text, type, valueOf } from '../../support/queries'

const OLD_URL = 'https://sandbox.example.com'
const OTHER = '00000000-0000-4000-8000-0000000000e2' as EnvironmentId

const toConfirm = {
  environments: [anEnvironment({ addressConfirmed: false })],
  accounts: [anAccount({ problem: { code: 'address-to-confirm' }, jwt: null, remembersApiKey: true })],
} as const

describe('a base URL to be confirmed', () => {
  test('is one line above the list, and its accounts show that they wait', async () => {
    await openApp(toConfirm)
    const bar = get('complementary', 'Base URL of Sandbox')
    expect(text(bar)).toContain('was restored from a copy and may be an old one')
    expect(text(bar)).toContain(`Nothing is sent to ${OLD_URL} until you confirm it.`)
    expect(row('ACME').dataset['status']).toBe('renewable')
    expect(text(row('ACME'))).toContain('Base URL not confirmed')
  })

  test('can be confirmed as it is, and the line goes', async () => {
    const { bridge } = await openApp(toConfirm)
    await click(get('button', 'Confirm base URL…'))
    const dialog = get('dialog', 'Confirm base URL')
    expect(valueOf(get('textbox', 'Base URL', dialog))).toBe(OLD_URL)
    await click(get('button', 'Use this base URL', dialog))
    expect(bridge.asked.at(-1)).toEqual({
      call: 'confirmAddress',
      input: { id: anEnvironment().id, baseUrl: OLD_URL },
    })
    expect(status()).toBe('Base URL of Sandbox confirmed')
    expect(query('dialog')).toBeNull()
    expect(query('complementary', 'Base URL of Sandbox')).toBeNull()
    expect(text(row('ACME'))).not.toContain('to be confirmed')
  })

  test('can be corrected there; a wrong one is reported at the field and stays', async () => {
    const { bridge } = await openApp(toConfirm)
    await click(get('button', 'Confirm base URL…'))
    const field = get('textbox', 'Base URL')
    await type(field, 'http://new.example.com')
    await click(get('button', 'Use this base URL'))
    expect(text(get('dialog', 'Confirm base URL'))).toContain('Use https://')
    expect(valueOf(field)).toBe('http://new.example.com')
    expect(bridge.asked.map(({ call }) => call)).not.toContain('confirmAddress')
    await type(field, 'https://new.example.com')
    await click(get('button', 'Use this base URL'))
    expect(bridge.asked.at(-1)).toEqual({
      call: 'confirmAddress',
      input: { id: anEnvironment().id, baseUrl: 'https://new.example.com' },
    })
  })

  test('is shown and confirmed in Settings, too', async () => {
    await openApp(toConfirm)
    await click(get('button', 'Settings'))
    await click(get('button', 'Confirm base URL…', get('dialog', 'Settings')))
    await click(get('button', 'Use this base URL', get('dialog', 'Confirm base URL')))
    expect(text(get('dialog', 'Settings'))).not.toContain('restored from a copy')
  })
})

describe.each([
  ['refused-together', 'rejected 2 accounts within a minute (HTTP 401)', 'Rejected with others'],
  ['wrong-address', 'responds, but not like the service (HTTP 404)', 'Wrong base URL?'],
] as const)('an environment in doubt: %s', (why, words, inShort) => {
  const answered = why === 'wrong-address' ? 404 : 401
  const problem = { code: why, status: answered }
  const start = {
    environments: [anEnvironment({ doubt: { why, status: answered } })],
    accounts: [aPartner({ name: 'ACME', problem }), aPartner({ name: 'Beta', problem })],
  }

  test('is one question above the list, and no account’s status changes', async () => {
    await openApp(start)
    expect(text(get('complementary', 'Check Sandbox'))).toContain(words)
    expect(text(get('complementary', 'Check Sandbox'))).toContain(OLD_URL)
    for (const name of ['ACME', 'Beta']) {
      expect(row(name).dataset['status']).toBe('live')
      expect(text(row(name))).toContain(inShort)
    }
  })

  test('can be tried again, which says how it went', async () => {
    const { bridge } = await openApp(start)
    bridge.serviceSays({ kind: 'refused', status: answered })
    await click(get('button', 'Retry'))
    expect(status()).toContain(why === 'wrong-address' ? 'probably wrong' : 'Check the environment first')
    bridge.serviceSays(null)
    await click(get('button', 'Retry'))
    expect(bridge.asked.at(-1)).toEqual({ call: 'retryEnvironment', input: { id: anEnvironment().id } })
    expect(status()).toBe('Sandbox accepts tokens again')
    expect(query('complementary', 'Check Sandbox')).toBeNull()
  })

  test('can be corrected from there, and is shown in Settings as well', async () => {
    await openApp(start)
    await click(get('button', 'Edit environment…'))
    expect(valueOf(get('textbox', 'Base URL', get('dialog', 'Edit environment')))).toBe(OLD_URL)
    await click(get('button', 'Cancel'))
    await click(get('button', 'Settings'))
    const settings = get('dialog', 'Settings')
    expect(text(settings)).toContain(words)
    await click(get('button', 'Edit environment…', settings))
    expect(get('dialog', 'Edit environment')).toBeTruthy()
  })

  test('asks for API keys only where tokens were refused, and when the user says so', async () => {
    const { bridge } = await openApp(start)
    if (why === 'wrong-address') {
      expect(query('button', 'Ask for API keys')).toBeNull()
      return
    }
    await click(get('button', 'Ask for API keys'))
    expect(bridge.asked.at(-1)).toEqual({ call: 'trustRefusals', input: { id: anEnvironment().id } })
    expect(row('ACME').dataset['status']).toBe('needs-key')
  })
})

describe('a passing message that points to the question above the list', () => {
  const refusedTogether = { code: 'refused-together', status: 401 } as const
  const inDoubt = {
    environments: [anEnvironment({ doubt: { why: 'refused-together', status: 401 } })],
    accounts: [
      anAccount({ problem: refusedTogether, remembersApiKey: true }),
      anAccount({ name: 'Beta', problem: refusedTogether, remembersApiKey: true }),
    ],
  } as const

  async function renewed(...names: readonly string[]): Promise<MainInMemory> {
    const { bridge } = await openApp(inDoubt)
    bridge.serviceSays({ kind: 'refused', status: 401 })
    for (const name of names) {
      await click(get('button', 'More actions', row(name)))
      await click(get('menuitem', /^Renew now/u))
    }
    expect(status()).toContain('the bar above the list')
    return bridge
  }

  test('goes with the question when API keys are asked for', async () => {
    await renewed('ACME')
    await click(get('button', 'Ask for API keys'))
    expect(query('complementary', 'Check Sandbox')).toBeNull()
    expect(status()).toBe('')
  })

  test('goes with the question that ends on its own', async () => {
    const bridge = await renewed('Beta')
    bridge.publish('environmentsChanged', { environments: [anEnvironment()] })
    await settle()
    expect(status()).toBe('')
  })

  test('goes with the question when it came of a retry', async () => {
    const { bridge } = await openApp(inDoubt)
    bridge.serviceSays({ kind: 'refused', status: 401 })
    await click(get('button', 'Retry'))
    expect(status()).toContain('the bar above the list')
    await click(get('button', 'Ask for API keys'))
    expect(status()).toBe('')
  })

  test('stays while the question does, and when another one goes', async () => {
    const bridge = await renewed('ACME')
    const other = anEnvironment({ id: OTHER, name: 'Other', doubt: { why: 'wrong-address', status: 404 } })
    bridge.publish('environmentsChanged', { environments: [...inDoubt.environments, other] })
    await settle()
    bridge.publish('environmentsChanged', { environments: [...inDoubt.environments] })
    await settle()
    expect(status()).toContain('the bar above the list')
  })

  test('takes no newer message with it', async () => {
    const bridge = await renewed('ACME')
    bridge.serviceSays({ code: 'service-unavailable', status: 503 })
    await click(get('button', 'More actions', row('Beta')))
    await click(get('menuitem', /^Renew now/u))
    await click(get('button', 'Ask for API keys'))
    expect(status()).toContain('503')
  })
})

test('a row that was refused before the others says so no longer once the environment is in doubt', async () => {
  const { bridge } = await openApp({ accounts: [anAccount({ remembersApiKey: true })] })
  bridge.serviceSays({ kind: 'refused', status: 401 })
  await click(get('button', 'More actions', row('ACME')))
  await click(get('menuitem', /^Renew now/u))
  expect(text(row('ACME'))).toMatch(/refresh token|API key/u)
  const [account] = bridge.accounts()
  if (account === undefined) throw new Error('no account')
  const problem = { code: 'refused-together', status: 401 } as const
  bridge.publish('accountsChanged', { changed: [{ ...account, problem }], removed: [] })
  await settle()
  expect(text(row('ACME'))).toContain('Rejected with others: check the environment')
  expect(text(row('ACME'))).not.toContain('no longer accepts')
})

test('an environment with a request in flight is not removed, and that is said', async () => {
  const { bridge } = await openApp({ environments: [anEnvironment()] })
  bridge.failNext('removeEnvironment', { code: 'environment-busy' })
  await click(get('button', 'Settings'))
  await click(get('button', 'Remove Sandbox'))
  await click(get('button', 'Remove'))
  expect(text(get('alert'))).toContain('waiting for a response from this environment')
})

test('an answer that an environment’s old base URL gave is not used: what was typed stays', async () => {
  const { bridge } = await openApp()
  bridge.office.service.hold()
  await click(get('button', 'Add account'))
  await type(get('textbox', 'Name'), 'ACME')
  await type(get('textbox', 'API key'), 'some-api-key')
  await click(get('button', 'Add'))
  await bridge.editEnvironment({ id: anEnvironment().id, baseUrl: 'https://new.example.com' })
  bridge.office.service.release()
  await settle()
  expect(text(get('alert'))).toContain('environment’s base URL changed')
  expect(valueOf(get('textbox', 'API key'))).toBe('some-api-key')
})

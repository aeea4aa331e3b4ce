/** A proxy that wants a user name and a password: the window asks once, as a browser does. */
import { describe, expect, test } from 'vitest'
import { anAccount, aPartner } from '../../support/builders'
import { openApp, settle, type OpenedApp } from '../support/app'
import type { MainStart } from '../../support/main-in-memory'
import { click, get, press, query, row, status, text, type, valueOf } from '../support/queries'

const HOST = 'proxy.example.com:3128'
const TURNED_AWAY = { code: 'unreachable', reason: 'proxy-password', detail: 'HTTP 407' } as const

const dialog = (): HTMLElement | null => query('dialog', 'Proxy password')

async function openAsking(start: MainStart = { accounts: [anAccount()] }): Promise<OpenedApp> {
  const app = await openApp(start)
  await asks(app)
  return app
}

async function asks({ bridge }: OpenedApp, isRefused = false): Promise<void> {
  bridge.office.proxyGate.asks({ host: HOST, isRefused })
  await settle()
}

async function answer(remember = false): Promise<void> {
  await type(get('textbox', 'User name'), 'ada')
  await type(get('textbox', 'Password'), 'pa ss')
  if (remember) await click(get('checkbox', 'Remember user name and password'))
  await click(get('button', 'Use'))
}

describe('the dialog', () => {
  test('names the proxy, and gives it what is typed, letter by letter', async () => {
    const { bridge } = await openAsking()
    expect(text(dialog())).toContain(HOST)
    expect(document.activeElement).toBe(get('textbox', 'User name'))
    await answer()
    expect(dialog()).toBeNull()
    expect(bridge.office.proxyGate.gets).toEqual({ host: HOST, userName: 'ada', password: 'pa ss' })
    expect(bridge.office.proxyStore.text).toBeNull()
  })

  test('saves it where that is wanted', async () => {
    const { bridge } = await openAsking()
    await answer(true)
    expect(bridge.office.proxyStore.text).toContain(HOST)
  })

  test('offers no saving where no keyring protects it, and says so', async () => {
    await openAsking({ storage: { backend: 'basic_text', protected: false, mode: 'memory' } })
    expect(query('checkbox', 'Remember user name and password')).toBeNull()
    expect(text(dialog())).toContain('No keyring can protect them here')
  })

  test('closed without an answer stays closed, and is a click away above the list', async () => {
    const app = await openAsking()
    await press('Escape')
    expect(dialog()).toBeNull()
    await asks(app)
    expect(dialog()).toBeNull()
    const bar = get('complementary', 'Proxy password')
    expect(text(bar)).toContain(`The proxy ${HOST} wants a user name and a password.`)
    await click(get('button', 'Enter password…', bar))
    expect(dialog()).not.toBeNull()
  })

  test('comes back when the proxy refuses what it got, and says that', async () => {
    const app = await openAsking()
    await answer()
    await asks(app, true)
    expect(text(get('alert', undefined, dialog() ?? undefined))).toContain(`The proxy ${HOST} didn’t accept`)
  })

  test('says when it could not be saved; it is used all the same', async () => {
    const { bridge } = await openAsking()
    bridge.office.proxyStore.full = true
    await answer(true)
    expect(status()).toContain('Couldn’t save the proxy’s password (ENOSPC)')
    expect(bridge.office.proxyGate.gets).not.toBeNull()
  })

  test('doesn’t come up over a dialog that somebody types in, whose message leads to it', async () => {
    const app = await openApp()
    await click(get('button', 'Add account'))
    const add = get('dialog', 'Add account')
    await type(get('textbox', 'Name', add), 'New')
    await type(get('textbox', 'API key', add), 'partner-key')
    app.bridge.serviceSays(TURNED_AWAY)
    await asks(app)
    await click(get('button', 'Add', add))
    expect(dialog()).toBeNull()
    expect(add.classList.contains('covered')).toBe(false)
    expect(text(get('alert', undefined, add))).toContain('proxy wants a user name and a password')
    await click(get('button', 'Enter password…', add))
    expect(add.classList.contains('covered')).toBe(true)
    await answer()
    expect(add.classList.contains('covered')).toBe(false)
    expect(valueOf(get('textbox', 'API key', add))).toBe('partner-key')
    app.bridge.serviceSays(null)
    await click(get('button', 'Add', add))
    expect(row('New')).not.toBeNull()
  })
})

test('the list says what is wrong, and the details lead to the dialog', async () => {
  const app = await openApp({ accounts: [aPartner({ name: 'ACME' })] })
  app.bridge.serviceSays(TURNED_AWAY)
  await app.bridge.renewAccount({ id: aPartner({ name: 'ACME' }).id })
  await settle()
  expect(text(row('ACME'))).toContain('Proxy wants a password')
  await asks(app)
  await press('Escape')
  row('ACME').focus()
  await press(' ')
  await click(get('button', 'Enter password…', get('complementary', 'Details')))
  expect(dialog()).not.toBeNull()
})

test('Settings tell which proxy gets a password, and forget it', async () => {
  const { bridge } = await openAsking()
  await answer(true)
  await click(get('button', 'Settings'))
  expect(text(get('dialog', 'Settings'))).toContain(
    `The proxy ${HOST} gets your saved user name and password.`,
  )
  await click(get('button', 'Forget', get('dialog', 'Settings')))
  expect(text(get('dialog', 'Settings'))).toContain('No proxy has asked for a password.')
  expect(bridge.office.proxyGate.gets).toBeNull()
  expect(bridge.office.proxyStore.text).toBeNull()
})

test('a locked window tells nothing of it', async () => {
  const app = await openAsking({ accounts: [anAccount()], lock: { isSet: true } })
  await app.bridge.lock(undefined)
  await settle()
  expect(text(document.body)).not.toContain(HOST)
})

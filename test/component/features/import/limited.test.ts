/** The window while a service limits, and what it shows of an import that ended unseen. */
import { describe, expect, test } from 'vitest'
import { PASSPHRASE } from '../../../support/main-in-memory'
import { limits } from '../../../support/limiting-service'
import { anAccount } from '../../../support/builders'
import { mountApp, openApp, settle, type OpenedApp } from '../../support/app'
import { dialog, lines, openImport, paste } from '../../support/import'
import { click, get, press, query, row, status, text, type } from '../../support/queries'

const NAMES = Array.from({ length: 60 }, (_, nth) => `Account ${String(nth)}`)
const CSV = [
  'name,environment,apiKey',
  ...NAMES.map((name, nth) => `${name},Sandbox,key-${String(nth)}`),
].join('\n')

/** As `settle`, for work that waits for many logins. */
async function settleAll(): Promise<void> {
  for (let round = 0; round < 40; round += 1) await settle()
}

async function pass(time: OpenedApp['time'], ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1_000) {
    time.advance(1_000)
    await settleAll()
  }
}

describe('an import by a service that limits', () => {
  test('says how long it waits, and goes on by itself until all are added', async () => {
    const { bridge, time } = await openImport()
    limits(bridge.office.service, bridge.office.time)
    await paste(CSV)
    await click(get('button', 'Import 60 accounts'))
    await settleAll()
    expect(text(get('status', /rows/u, dialog()))).toBe('20 of 60 rows Waiting 5 s, as the service asks.')
    await pass(time, 2_000)
    expect(text(get('status', /rows/u, dialog()))).toContain('Waiting 3 s')
    await pass(time, 30_000)
    expect(text(get('status', /added/u, dialog()))).toBe('60 accounts added.')
  })

  test('is paused and continued by a button', async () => {
    const { bridge, time } = await openImport()
    limits(bridge.office.service, bridge.office.time)
    await paste(CSV)
    await click(get('button', 'Import 60 accounts'))
    await settleAll()
    await click(get('button', 'Pause', dialog()))
    expect(text(get('status', /rows/u, dialog()))).toContain('Paused.')
    await pass(time, 20_000)
    expect(text(get('status', /rows/u, dialog()))).toContain('20 of 60 rows')
    await click(get('button', 'Resume', dialog()))
    await pass(time, 30_000)
    expect(text(get('status', /added/u, dialog()))).toBe('60 accounts added.')
  })

  test('is cancelled while it waits', async () => {
    const { bridge } = await openImport()
    limits(bridge.office.service, bridge.office.time)
    await paste(CSV)
    await click(get('button', 'Import 60 accounts'))
    await settleAll()
    await click(get('button', 'Cancel', dialog()))
    await settleAll()
    expect(text(get('status', /added/u, dialog()))).toBe(
      '20 accounts added, 40 canceled. 40 rows can be retried without the file.',
    )
  })

  test('retries what failed without a file', async () => {
    const { bridge } = await openImport()
    bridge.serviceSays({ code: 'service-unavailable', status: 503 })
    await paste('name,environment,apiKey\nACME,Sandbox,key-of-acme-0123')
    await click(get('button', 'Import 1 account'))
    expect(text(get('status', /added/u, dialog()))).toBe(
      '0 accounts added, 1 failed. 1 row can be retried without the file.',
    )
    bridge.serviceSays(null)
    await click(get('button', 'Retry failed (1)'))
    expect(text(get('status', /added/u, dialog()))).toBe('1 account added.')
    expect(query('button', /Retry failed/u)).toBeNull()
  })
})

describe('an import that ends unseen', () => {
  const ONE = 'name,environment,apiKey\nACME,Sandbox,key-of-acme-0123'

  test('while the app was locked: its result is shown after unlocking, until it is closed', async () => {
    const { bridge } = await openApp()
    await bridge.setPassphrase({ wanted: PASSPHRASE, current: '' })
    await click(get('button', 'Settings'))
    await click(get('button', 'Import accounts…'))
    await paste(ONE)
    bridge.office.service.hold()
    await click(get('button', 'Import 1 account'))
    await bridge.lock(undefined)
    await settle()
    expect(query('dialog')).toBeNull()
    bridge.office.service.release()
    await settleAll()
    await type(get('textbox', 'Passphrase'), PASSPHRASE)
    await click(get('button', 'Unlock'))
    await settle()
    expect(text(get('status', /added/u, dialog()))).toBe('1 account added.')
    expect(lines('Results')).toEqual(['2 | ACME | Added'])
    await click(get('button', 'Done'))
    expect(await bridge.getImport(undefined)).toEqual({ ok: true, value: { is: 'none' } })
  })

  test('in a closed window: another one shows how far it is, then its result', async () => {
    const app = await openImport()
    await paste(ONE)
    app.bridge.office.service.hold()
    await click(get('button', 'Import 1 account'))
    document.body.innerHTML = ''
    mountApp(app)
    await settle()
    expect(text(get('status', /1 row/u, dialog()))).toContain('0 of 1 row')
    app.bridge.office.service.release()
    await settleAll()
    expect(text(get('status', /added/u, dialog()))).toBe('1 account added.')
  })
})

describe('renewing several by a service that limits', () => {
  const accounts = Array.from({ length: 30 }, (_, nth) =>
    anAccount({ name: `Account ${String(nth)}`, remembersApiKey: true }),
  )

  async function renewAll(): Promise<OpenedApp> {
    const app = await openApp({ accounts })
    limits(app.bridge.office.service, app.bridge.office.time)
    row('Account 0').focus()
    await press('a', { ctrlKey: true })
    await click(get('button', 'Renew', get('region', 'Selected accounts')))
    await settleAll()
    return app
  }

  test('waits and says so, then renews the rest', async () => {
    const { time } = await renewAll()
    expect(text(get('region', 'Selected accounts'))).toContain(
      'Renewing 21 of 30. Waiting 5 s, as the service asks',
    )
    for (let seconds = 0; status() === '' && seconds < 20; seconds += 1) await pass(time, 1_000)
    expect(status()).toBe('30 accounts renewed')
  })

  test('can be cancelled while it waits', async () => {
    const { bridge, time } = await renewAll()
    const sent = bridge.asked.filter(({ call }) => call === 'renewAccount').length
    await click(get('button', 'Cancel', get('region', 'Selected accounts')))
    await settleAll()
    expect(status()).toBe('20 accounts renewed. Canceled: 10 accounts unchanged.')
    await pass(time, 20_000)
    expect(bridge.asked.filter(({ call }) => call === 'renewAccount')).toHaveLength(sent)
  })
})

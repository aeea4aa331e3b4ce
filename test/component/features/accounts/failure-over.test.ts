/** A failure that is over leaves every place that told it. */
import { describe, expect, test } from 'vitest'
import type { TransientProblem } from '../../../../electron/shared/problem'
import { aJwt, anAccount, aPartner } from '../../../support/builders'
import { openApp, settle, type OpenedApp } from '../../support/app'
import { click, get, press, query, row, text, type } from '../../support/queries'

const OFFLINE: TransientProblem = {
  code: 'unreachable',
  reason: 'offline',
  detail: 'ERR_INTERNET_DISCONNECTED',
}
const QUARTER_MS = 15 * 60_000

/** Its JWT has expired, so that copying renews. */
const expired = (name: string) => aPartner({ name, jwt: aJwt(-60_000) })

function tellsOffline(): boolean {
  return /offline/iu.test(text(document.body))
}

/** The service is reached again, and what waits is retried automatically. */
async function recover({ bridge, time }: OpenedApp): Promise<void> {
  bridge.serviceSays(null)
  time.advance(QUARTER_MS)
  await settle()
}

async function select(...names: string[]): Promise<void> {
  for (const name of names) {
    row(name).dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true }))
    await settle()
  }
}

describe('a failure that is over', () => {
  test('leaves row, details and message after the automatic retry has succeeded', async () => {
    const app = await openApp({ accounts: [expired('ACME')] })
    app.bridge.serviceSays(OFFLINE)
    await click(get('button', 'Copy JWT', row('ACME')))
    row('ACME').focus()
    await press('i')
    expect(text(row('ACME'))).toMatch(/offline/iu)
    await recover(app)
    expect(row('ACME').dataset['status']).toBe('live')
    expect(tellsOffline()).toBe(false)
  })

  test('leaves the message at once, not only when its time is over', async () => {
    const app = await openApp({ accounts: [expired('ACME')] })
    app.bridge.serviceSays(OFFLINE)
    await click(get('button', 'Copy JWT', row('ACME')))
    expect(text(document.body)).toContain('ACME: This computer is offline')
    app.bridge.serviceSays(null)
    await app.bridge.networkIsBack(undefined)
    await settle()
    expect(tellsOffline()).toBe(false)
  })

  test('makes way for another one, of which the message no longer tells', async () => {
    const app = await openApp({ accounts: [expired('ACME')] })
    app.bridge.serviceSays(OFFLINE)
    await click(get('button', 'Copy JWT', row('ACME')))
    expect(text(document.body)).toContain('ACME: This computer is offline')
    app.bridge.serviceSays({ code: 'service-unavailable', status: 503 })
    await app.bridge.networkIsBack(undefined)
    await settle()
    expect(text(row('ACME'))).toContain('Service unavailable')
    expect(tellsOffline()).toBe(false)
  })

  test('is not told by the row where it was over before the window heard of it', async () => {
    const { bridge } = await openApp({ accounts: [anAccount({ name: 'ACME' })] })
    bridge.failNext('copyJwt', { code: 'problem', problem: OFFLINE })
    await click(get('button', 'Copy JWT', row('ACME')))
    expect(text(row('ACME'))).not.toMatch(/offline/iu)
  })

  test('leaves rows and message after a bulk renewal', async () => {
    const app = await openApp({ accounts: [expired('Alder'), expired('Birch')] })
    app.bridge.serviceSays(OFFLINE)
    await select('Alder', 'Birch')
    await click(get('button', 'Renew', get('region', 'Selected accounts')))
    expect(text(document.body)).toContain('2 couldn’t be renewed')
    app.bridge.serviceSays(null)
    await app.bridge.networkIsBack(undefined)
    await settle()
    expect(tellsOffline()).toBe(false)
  })

  test('leaves the quick pick, which tells it until then', async () => {
    window.location.hash = '#quick-pick'
    const app = await openApp({ accounts: [expired('ACME')] })
    app.bridge.serviceSays(OFFLINE)
    await type(get('combobox'), 'ACME')
    await press('Enter')
    expect(text(get('alert'))).toContain('This computer is offline')
    await recover(app)
    window.location.hash = ''
    expect(query('alert')).toBeNull()
  })

  test('of the clipboard leaves the row when anything is copied', async () => {
    const { bridge } = await openApp({ accounts: [anAccount({ name: 'ACME' }), anAccount({ name: 'Beta' })] })
    bridge.failNext('copyJwt', { code: 'clipboard-refused' })
    await click(get('button', 'Copy JWT', row('ACME')))
    expect(text(row('ACME'))).toContain('Couldn’t copy')
    await click(get('button', 'Copy JWT', row('Beta')))
    expect(text(row('ACME'))).not.toContain('Couldn’t copy')
  })

  test('of a JWT that had expired when it was granted leaves the row with one that lives', async () => {
    const app = await openApp({ accounts: [expired('ACME')] })
    Object.assign(app.bridge.office.service, { grantsExpired: true, jwtLifeMs: -60_000 })
    await click(get('button', 'Copy JWT', row('ACME')))
    expect(text(row('ACME'))).toContain('already expired')
    Object.assign(app.bridge.office.service, { grantsExpired: false, jwtLifeMs: 86_400_000 })
    await app.bridge.renewAccount({ id: expired('ACME').id })
    await settle()
    expect(text(row('ACME'))).not.toContain('already expired')
  })
})

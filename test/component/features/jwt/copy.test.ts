import { describe, expect, test } from 'vitest'
import { aJwt, anAccount, anEnvironment, aPartner, anId } from '../../../support/builders'
import { keyOf } from '../../../support/back-office'
import { openApp, settle } from '../../support/app'
import { click, get, press, query, queryAll, row, status, text, type } from '../../support/queries'

const HOUR = 3_600_000
const production = anEnvironment({
  id: anId('prod') as never,
  name: 'Production',
  production: true,
  colour: 'orange',
})

describe('Copy JWT', () => {
  test('by its button copies and says so in one status region', async () => {
    const { bridge } = await openApp({ accounts: [anAccount()] })
    await click(get('button', 'Copy JWT', row('ACME')))
    expect(bridge.clipboard()).toBe('jwt of ACME')
    expect(status()).toBe('JWT of ACME copied')
    expect(queryAll('status')).toHaveLength(1)
  })

  test('by Enter on the row does the same, once for a held key', async () => {
    const { bridge } = await openApp({ accounts: [anAccount()] })
    row('ACME').focus()
    await press('Enter')
    await press('Enter', { repeat: true })
    expect(bridge.asked.filter(({ call }) => call === 'copyJwt')).toHaveLength(1)
    expect(status()).toBe('JWT of ACME copied')
  })

  test('of a production account names the environment', async () => {
    await openApp({ accounts: [anAccount({ environmentId: production.id })], environments: [production] })
    await click(get('button', 'Copy JWT'))
    expect(status()).toBe('JWT of ACME (Production) copied')
  })

  test('says how long it lives when the service grants less than the settings promise', async () => {
    const harbor = aPartner({ name: 'Harbor', jwt: aJwt(-HOUR) })
    const { time } = await openApp({ accounts: [harbor], jwtLifeMs: 4 * 60_000 })
    await click(get('button', 'Copy JWT', row('Harbor')))
    expect(status()).toBe('JWT of Harbor copied. It expires in 4 min.')
    time.advance(2000)
    await click(get('button', 'More actions', row('Harbor')))
    await click(get('menuitem', /^Copy as/u))
    await click(get('menuitem', 'curl (bash)'))
    expect(status()).toBe('curl command for Harbor copied. It expires in 4 min.')
  })

  test('does not say of one that is past its date that it will expire', async () => {
    const harbor = aPartner({ name: 'Harbor', jwt: aJwt(-HOUR) })
    await openApp({ accounts: [harbor], jwtLifeMs: -HOUR })
    await click(get('button', 'Copy JWT', row('Harbor')))
    expect(status()).toBe('JWT of Harbor copied. According to its expiration date, it has already expired.')
  })

  test('clicked ten times asks once, and shows that it renews meanwhile', async () => {
    const { bridge } = await openApp({ accounts: [aPartner({ name: 'Harbor', jwt: aJwt(-HOUR) })] })
    const answer = bridge.holdAnswers()
    for (let times = 0; times < 10; times += 1) await click(get('button', 'Copy JWT', row('Harbor')))
    expect(row('Harbor').dataset['status']).toBe('renewing')
    answer()
    await settle()
    expect(bridge.asked.filter(({ call }) => call === 'copyJwt')).toHaveLength(1)
    expect(row('Harbor').dataset['status']).toBe('live')
    expect(status()).toBe('JWT of Harbor copied')
  })

  test('that the clipboard refuses is an alert, since what would be pasted is something else', async () => {
    const { bridge } = await openApp({ accounts: [anAccount()] })
    bridge.failNext('copyJwt', { code: 'clipboard-refused' })
    await click(get('button', 'Copy JWT', row('ACME')))
    expect(text(get('alert'))).toBe('Couldn’t copy the JWT of ACME. Open TokenDesk to copy it.')
  })

  test('that fails says what happened and what to do, in the row and as a message', async () => {
    const { bridge } = await openApp({ accounts: [aPartner({ name: 'Harbor', jwt: aJwt(-HOUR) })] })
    bridge.serviceSays({ code: 'unreachable', reason: 'offline', detail: '' })
    await click(get('button', 'Copy JWT', row('Harbor')))
    expect(status()).toBe(
      'Harbor: This computer is offline, so nothing was sent. Connect to the network and try again.',
    )
    expect(text(row('Harbor'))).toContain('Offline, retrying')
    expect(bridge.clipboard()).toBeNull()
  })

  test('that needs the key makes the row ask for it, and copies as soon as it is accepted', async () => {
    const { bridge } = await openApp({ accounts: [anAccount({ jwt: aJwt(60_000) })] })
    await click(get('button', 'Copy JWT', row('ACME')))
    expect(query('dialog')).toBeNull()
    expect(row('ACME').dataset['status']).toBe('needs-key')
    await click(get('button', 'Enter API key', row('ACME')))
    const dialog = get('dialog', 'Enter API key')
    expect(text(dialog)).toContain('no refresh token or saved API key')
    await type(get('textbox', 'API key', dialog), keyOf('ACME'))
    await click(get('button', 'Log in', dialog))
    expect(query('dialog')).toBeNull()
    expect(bridge.clipboard()).toBe('jwt of ACME')
    expect(status()).toBe('JWT of ACME copied')
  })

  test('shows when the clipboard will be emptied', async () => {
    const { time } = await openApp({ accounts: [anAccount()] })
    await click(get('button', 'Copy JWT'))
    time.advance(6000)
    await settle()
    expect(text(get('contentinfo'))).toContain('Clipboard clears in 24 s')
  })

  test('passing messages pass', async () => {
    const { time } = await openApp({ accounts: [anAccount()] })
    await click(get('button', 'Copy JWT'))
    time.advance(4000)
    await settle()
    expect(status()).toBe('')
  })
})

describe('Renew now', () => {
  test('by Ctrl+Enter renews', async () => {
    const { bridge } = await openApp({ accounts: [aPartner({ name: 'Harbor', jwt: aJwt(HOUR) })] })
    row('Harbor').focus()
    await press('Enter', { ctrlKey: true })
    expect(bridge.asked.at(-1)?.call).toBe('renewAccount')
    expect(status()).toBe('Harbor renewed')
  })
})

describe('the menu of a row', () => {
  test('offers what can be done, with the key only where it helps', async () => {
    await openApp({
      accounts: [anAccount({ remembersApiKey: true }), anAccount({ name: 'Dead', jwt: null })],
    })
    const choices = () =>
      queryAll('menuitem').map((item) =>
        text(item)
          .replace(/(Ctrl Enter|Space|F2|Del)$/u, '')
          .trim(),
      )
    await click(get('button', 'More actions', row('ACME')))
    expect(choices()).toEqual(['Renew now', 'Details', 'Copy as…', 'Pin', 'Rename', 'Remove'])
    await press('Escape')
    await click(get('button', 'More actions', row('Dead')))
    expect(choices()).toEqual([
      'Renew now',
      'Details',
      'Copy as…',
      'Enter API key',
      'Pin',
      'Rename',
      'Remove',
    ])
  })
})

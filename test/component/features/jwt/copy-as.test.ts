import { describe, expect, test } from 'vitest'
import { anId, anAccount, anEnvironment, NOW } from '../../../support/builders'
import { openApp, settle } from '../../support/app'
import { click, get, press, query, queryAll, row, status, text } from '../../support/queries'

const production = anEnvironment({ id: anId('prod') as never, name: 'Production', production: true })

async function openCopyAs(account: string): Promise<HTMLElement> {
  await click(get('button', 'More actions', row(account)))
  await click(get('menuitem', 'Copy as…'))
  return get('menu', `Copy as, for ${account}`)
}

async function openDetails(account: string): Promise<HTMLElement> {
  row(account).focus()
  await press(' ')
  return get('complementary', 'Details')
}

describe('Copy as…', () => {
  test('in the menu of a row copies in that form, and says in which', async () => {
    const { bridge } = await openApp({ accounts: [anAccount()] })
    const menu = await openCopyAs('ACME')
    await click(get('menuitem', 'curl (bash)', menu))
    expect(bridge.clipboard()).toMatch(/^curl --header 'R-Auth: jwt of ACME' 'https:\/\/sandbox/u)
    expect(status()).toBe('curl command for ACME copied')
    expect(query('menu')).toBeNull()
  })

  test('offers the last choice of the account first, and marks it', async () => {
    await openApp({ accounts: [anAccount({ copyFormat: 'httpie', usage: { lastAt: NOW, copies: 1 } })] })
    const menu = await openCopyAs('ACME')
    const forms = queryAll('menuitem', undefined, menu).map((item) => text(item))
    expect(forms[0]).toBe('HTTPie (bash)last used')
    expect(forms.filter((form) => form.includes('last used'))).toHaveLength(1)
    expect(forms).toHaveLength(9)
  })

  test('in the details is beside Copy JWT, the last choice first, and gives the focus back', async () => {
    const { bridge } = await openApp({
      accounts: [anAccount({ copyFormat: 'bruno', usage: { lastAt: NOW, copies: 1 } })],
    })
    const details = await openDetails('ACME')
    const split = get('button', 'Copy as…', details)
    expect(split.previousElementSibling).toBe(get('button', 'Copy JWT', details))
    await click(split)
    expect(split.getAttribute('aria-expanded')).toBe('true')
    await click(split)
    expect(query('menu')).toBeNull()
    await click(split)
    expect(text(queryAll('menuitem')[0])).toBe('Bruno environmentlast used')
    await click(get('menuitem', /^Postman environment/u))
    expect(query('menu')).toBeNull()
    expect(document.activeElement).toBe(split)
    expect(bridge.asked).toContainEqual({ call: 'copyJwt', input: { id: anId('ACME'), format: 'postman' } })
    expect(status()).toBe('Postman environment for ACME copied')
  })

  test('by Ctrl+Shift+C copies in the form used last', async () => {
    const { bridge } = await openApp({
      accounts: [anAccount({ copyFormat: 'header', usage: { lastAt: NOW, copies: 1 } })],
    })
    row('ACME').focus()
    await press('C', { ctrlKey: true, shiftKey: true })
    expect(bridge.clipboard()).toBe('R-Auth: jwt of ACME')
    expect(status()).toBe('R-Auth header for ACME copied')
  })

  test('that cannot be written in the form says what to do instead', async () => {
    await openApp({ accounts: [anAccount()], jwtOf: () => 'two\nlines' })
    const menu = await openCopyAs('ACME')
    await click(get('menuitem', 'R-Auth header', menu))
    expect(status()).toBe(
      'ACME: This JWT contains characters that a header can’t carry, such as a line break. Copy the JWT alone.',
    )
  })
})

describe('where production copies are confirmed', () => {
  const start = {
    environments: [anEnvironment(), production],
    accounts: [
      anAccount({ name: 'Live Inc', environmentId: production.id }),
      anAccount({ name: 'Test Inc' }),
    ],
    settings: { confirmsProductionCopy: true },
  }

  test('a copy of production waits for the answer, whichever way it was asked for', async () => {
    const { bridge } = await openApp(start)
    await click(get('button', 'Copy JWT', row('Live Inc')))
    const ask = get('alertdialog', 'Copy a production JWT?')
    expect(text(ask)).toContain('Live Inc')
    expect(document.activeElement).toBe(get('button', 'Cancel', ask))
    await click(get('button', 'Cancel', ask))
    row('Live Inc').focus()
    await press('Enter')
    await press('Escape')
    await press('C', { ctrlKey: true, shiftKey: true })
    await press('Escape')
    expect(query('alertdialog')).toBeNull()
    expect(bridge.clipboard()).toBeNull()
  })

  test('Copy copies in the form that was asked for', async () => {
    const { bridge } = await openApp(start)
    const menu = await openCopyAs('Live Inc')
    await click(get('menuitem', 'R-Auth header', menu))
    await click(get('button', 'Copy', get('alertdialog', 'Copy a production JWT?')))
    await settle()
    expect(bridge.clipboard()).toBe('R-Auth: jwt of Live Inc')
    expect(status()).toBe('R-Auth header for Live Inc (Production) copied')
    expect(query('alertdialog')).toBeNull()
  })

  test('a sandbox is copied at once', async () => {
    const { bridge } = await openApp(start)
    await click(get('button', 'Copy JWT', row('Test Inc')))
    expect(bridge.clipboard()).toBe('jwt of Test Inc')
  })
})

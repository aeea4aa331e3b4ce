import { describe, expect, test } from 'vitest'
import type { AccountSummary } from '../../../../electron/shared/account'
import { anAccount, anEnvironment, aPartner, anId } from '../../../support/builders'
import { openApp, settle, type OpenedApp } from '../../support/app'
import { choose, click, get, press, query, queryAll, row, status, text, type } from '../../support/queries'

const harbor = aPartner({ name: 'Harbor' })
const lumen = aPartner({ name: 'Lumen' })
const companies = ['Alder', 'Birch', 'Cedar', 'Dogwood', 'Elm', 'Fir'].map((name) =>
  anAccount({ name, remembersApiKey: true }),
)
const accounts = [...companies, harbor, lumen]

function selected(): string[] {
  return queryAll('row')
    .filter((element) => element.getAttribute('aria-selected') === 'true')
    .map((element) => (element.getAttribute('aria-label') ?? '').split(',')[0] ?? '')
}

async function clickWith(name: string, keys: MouseEventInit): Promise<void> {
  row(name).dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...keys }))
  await settle()
}

async function select(...names: string[]): Promise<void> {
  for (const name of names) await clickWith(name, { ctrlKey: true })
}

function asked(app: OpenedApp, call: string): unknown[] {
  return app.bridge.asked.flatMap((each) => (each.call === call ? each.input : []))
}

function byName(app: OpenedApp, name: string): AccountSummary {
  const account = app.bridge.accounts().find((each) => each.name === name)
  if (account === undefined) throw new Error(`There is no ${name}.`)
  return account
}

describe('selecting', () => {
  test('several can be, and the list says so', async () => {
    await openApp({ accounts })
    expect(get('treegrid').getAttribute('aria-multiselectable')).toBe('true')
    await select('Alder', 'Cedar')
    expect(selected()).toEqual(['Alder', 'Cedar'])
    expect(text(get('region', 'Selected accounts'))).toContain('2 selected')
    await select('Alder')
    expect(selected()).toEqual(['Cedar'])
  })

  test('a click with Shift takes all between, and lets go of what is beyond', async () => {
    await openApp({ accounts })
    await select('Birch')
    await clickWith('Elm', { shiftKey: true })
    expect(selected()).toEqual(['Birch', 'Cedar', 'Dogwood', 'Elm'])
    await clickWith('Cedar', { shiftKey: true })
    expect(selected()).toEqual(['Birch', 'Cedar'])
  })

  test('a click with Shift after a plain one takes all from there', async () => {
    await openApp({ accounts })
    await clickWith('Birch', {})
    // The mouse gives the row the focus before it clicks.
    row('Dogwood').dispatchEvent(new MouseEvent('mousedown', { bubbles: true, shiftKey: true }))
    row('Dogwood').focus()
    await clickWith('Dogwood', { shiftKey: true })
    expect(selected()).toEqual(['Birch', 'Cedar', 'Dogwood'])
  })

  test('a plain click shows details and leaves the selection alone', async () => {
    await openApp({ accounts })
    await select('Birch')
    await clickWith('Fir', {})
    expect(selected()).toEqual(['Birch'])
    expect(text(get('complementary', 'Details'))).toContain('Fir')
  })

  test('Shift and arrows take rows in and let them go', async () => {
    await openApp({ accounts })
    row('Birch').focus()
    await press('ArrowDown', { shiftKey: true })
    await press('ArrowDown', { shiftKey: true })
    expect(selected()).toEqual(['Birch', 'Cedar', 'Dogwood'])
    await press('ArrowUp', { shiftKey: true })
    expect(selected()).toEqual(['Birch', 'Cedar'])
  })

  test('Ctrl+Space takes one more, Ctrl+A all that are shown, Esc none', async () => {
    await openApp({ accounts })
    row('Birch').focus()
    await press(' ', { ctrlKey: true })
    await press('ArrowDown')
    await press('ArrowDown')
    await press(' ', { ctrlKey: true })
    expect(selected()).toEqual(['Birch', 'Dogwood'])
    await press('a', { ctrlKey: true })
    expect(selected()).toHaveLength(8)
    await press('Escape')
    expect(selected()).toEqual([])
    expect(query('region', 'Selected accounts')).toBeNull()
  })

  test('the box of a row selects it, and shows whether it is', async () => {
    await openApp({ accounts })
    const box = get('checkbox', 'Select Cedar') as HTMLInputElement
    await click(box)
    expect(selected()).toEqual(['Cedar'])
    expect(box.checked).toBe(true)
    await press('Escape')
    expect(box.checked).toBe(false)
    expect(query('complementary', 'Details')).toBeNull()
  })

  test('outlasts a search, and what is out of sight is counted', async () => {
    await openApp({ accounts })
    await select('Alder', 'Cedar')
    await type(get('searchbox'), 'cedar')
    expect(text(get('region', 'Selected accounts'))).toContain('2 selected, 1 not shown')
  })

  test('what is removed elsewhere is selected no more', async () => {
    const { bridge } = await openApp({ accounts })
    await select('Alder', 'Cedar')
    bridge.publish('accountsChanged', { changed: [], removed: [companies[0]?.id ?? harbor.id] })
    await settle()
    expect(text(get('region', 'Selected accounts'))).toContain('1 selected')
  })
})

describe('several at once', () => {
  const many = Array.from({ length: 40 }, (_, nth) =>
    anAccount({ name: `Company ${String(nth).padStart(2, '0')}`, remembersApiKey: nth !== 3 }),
  )

  async function selectAll(app: OpenedApp): Promise<OpenedApp> {
    row('Company 00').focus()
    await press('a', { ctrlKey: true })
    return app
  }

  test('are renewed 8 at a time, with progress and one message', async () => {
    const app = await selectAll(await openApp({ accounts: many }))
    const release = app.bridge.holdAnswers()
    await click(get('button', 'Renew'))
    expect(asked(app, 'renewAccount')).toHaveLength(8)
    expect(text(get('region', 'Selected accounts'))).toContain('Renewing 1 of 40')
    release()
    await settle()
    await settle()
    expect(asked(app, 'renewAccount')).toHaveLength(40)
    expect(status()).toBe(
      '39 accounts renewed. Company 03: There is no refresh token or saved API key to renew with. Enter the API key to continue.',
    )
  })

  test('are left as they were once it is cancelled', async () => {
    const app = await selectAll(
      await openApp({ accounts: many.filter(({ remembersApiKey }) => remembersApiKey) }),
    )
    const release = app.bridge.holdAnswers()
    await click(get('button', 'Renew'))
    await click(get('button', 'Cancel'))
    release()
    await settle()
    expect(asked(app, 'renewAccount')).toHaveLength(8)
    expect(status()).toBe('8 accounts renewed. Canceled: 31 accounts unchanged.')
  })

  test('are renewed once each: one that renews already is left out', async () => {
    const app = await openApp({ accounts: many.slice(0, 2) })
    const release = app.bridge.holdAnswers()
    row('Company 00').focus()
    await press('Enter', { ctrlKey: true })
    await selectAll(app)
    await click(get('button', 'Renew'))
    release()
    await settle()
    expect(asked(app, 'renewAccount')).toHaveLength(2)
    expect(status()).toBe('Company 01 renewed')
  })

  test('that fail alike are reported together, with the reason', async () => {
    const app = await openApp({ accounts })
    await select('Alder', 'Birch')
    app.bridge.serviceSays({ code: 'service-unavailable', status: 503 })
    await click(get('button', 'Renew'))
    expect(status()).toMatch(/^2 couldn’t be renewed\. Alder, Birch: /u)
  })

  test('get a tag and lose another one; their other tags stay', async () => {
    const app = await openApp({
      accounts: [
        anAccount({ name: 'Alder', tags: ['old', 'kept'] }),
        anAccount({ name: 'Birch', tags: ['Old'] }),
        anAccount({ name: 'Cedar', tags: ['new'] }),
      ],
    })
    await select('Alder', 'Birch', 'Cedar')
    await click(get('button', 'Tag'))
    const dialog = get('dialog', 'Tag 3 accounts')
    const old = get('checkbox', 'old', dialog) as HTMLInputElement
    expect(old.indeterminate).toBe(true)
    await click(old)
    await click(old)
    await type(get('textbox', 'New tag', dialog), 'New')
    await press('Enter')
    await type(get('textbox', 'New tag', dialog), 'later')
    await click(get('button', 'Save', dialog))
    expect(byName(app, 'Alder').tags).toEqual(['kept', 'later', 'new'])
    expect(byName(app, 'Birch').tags).toEqual(['later', 'new'])
    expect(byName(app, 'Cedar').tags).toEqual(['new', 'later'])
    expect(status()).toBe('3 accounts tagged')
  })

  test('that have the tag already stay as they are, and that is said', async () => {
    const app = await openApp({
      accounts: [anAccount({ name: 'Alder', tags: ['old'] }), anAccount({ name: 'Birch', tags: ['Old'] })],
    })
    await select('Alder', 'Birch')
    await click(get('button', 'Tag'))
    const dialog = get('dialog', 'Tag 2 accounts')
    await type(get('textbox', 'New tag', dialog), 'OLD')
    await click(get('button', 'Save', dialog))
    expect(query('dialog')).toBeNull()
    expect(status()).toBe('Nothing to change')
    expect(app.bridge.asked.some(({ call }) => call === 'editAccount')).toBe(false)
  })

  test('are moved to a partner of their own environment; others stay where they are', async () => {
    const eu = anEnvironment({ id: anId('eu') as never, name: 'EU' })
    const abroad = anAccount({ name: 'Abroad', environmentId: eu.id })
    const app = await openApp({ accounts: [...accounts, abroad], environments: [anEnvironment(), eu] })
    await select('Alder', 'Abroad', 'Lumen')
    await click(get('button', 'Move to partner'))
    await choose('Partner', 'Harbor (Sandbox)')
    await settle()
    const dialog = get('dialog', 'Move to partner')
    expect(text(dialog)).toContain('1 selected partner stays')
    expect(text(dialog)).toContain('1 company uses a different environment')
    await click(get('button', 'Move', dialog))
    expect(byName(app, 'Alder').partnerId).toBe(harbor.id)
    expect(asked(app, 'editAccount')).toHaveLength(1)
  })

  test('are removed after a question that names five of them', async () => {
    const app = await openApp({ accounts })
    await select('Alder', 'Birch', 'Cedar', 'Dogwood', 'Elm', 'Fir')
    await click(get('button', 'Remove'))
    const question = get('alertdialog', 'Remove 6 accounts?')
    expect(text(question)).toContain('Alder, Birch, Cedar, Dogwood, Elm and 1 more.')
    await click(get('button', 'Remove', question))
    expect(app.bridge.accounts().map(({ name }) => name)).toEqual(['Harbor', 'Lumen'])
    expect(status()).toContain('6 accounts removed.')
    expect(query('region', 'Selected accounts')).toBeNull()
  })

  test('stay when the question is answered so', async () => {
    const app = await openApp({ accounts })
    await select('Alder', 'Birch')
    row('Birch').focus()
    await press('Delete')
    await click(get('button', 'Keep', get('alertdialog', 'Remove 2 accounts?')))
    expect(app.bridge.accounts()).toHaveLength(8)
    expect(selected()).toEqual(['Alder', 'Birch'])
  })
})

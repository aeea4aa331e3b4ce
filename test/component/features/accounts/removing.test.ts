import { beforeEach, describe, expect, test } from 'vitest'
import { UNDO_REMOVAL_MS } from '../../../../electron/shared/undo'
import { anAccount, aPartner } from '../../../support/builders'
import { openApp, settle, type OpenedApp } from '../../support/app'
import { click, get, press, query, row, rowNames, status, text, type } from '../../support/queries'

const harbor = aPartner({ name: 'Harbor' })
const accounts = [
  harbor,
  ...['Alder', 'Birch', 'Cedar'].map((name) => anAccount({ name, partnerId: harbor.id })),
]

describe('removing', () => {
  let app: OpenedApp

  beforeEach(async () => {
    app = await openApp({ accounts })
  })

  async function remove(name: string): Promise<void> {
    row(name).focus()
    await press('Delete')
    await click(get('button', 'Remove', get('alertdialog', `Remove ${name}?`)))
  }

  async function removeSeveral(...names: string[]): Promise<void> {
    for (const name of names) {
      row(name).dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey: true }))
    }
    await settle()
    row(names[0] ?? '').focus()
    await press('Delete')
    await click(get('button', 'Remove', get('alertdialog', `Remove ${String(names.length)} accounts?`)))
  }

  async function wait(ms: number): Promise<void> {
    app.time.advance(ms)
    await settle()
  }

  test('says before what is deleted, and when', async () => {
    row('Alder').focus()
    await press('Delete')
    expect(text(get('alertdialog'))).toContain(
      'You can undo this for 10 s. Then its JWT is deleted from this computer.',
    )
  })

  test('can be undone for ten seconds, and the account is back with the focus', async () => {
    await remove('Birch')
    expect(rowNames()).toEqual(['Harbor', 'Alder', 'Cedar'])
    expect(status()).toContain('Birch removed. Its tokens are deleted in 10 s.')
    await wait(UNDO_REMOVAL_MS - 1)
    await click(get('button', 'Undo'))
    expect(rowNames()).toEqual(['Harbor', 'Alder', 'Birch', 'Cedar'])
    expect(document.activeElement).toBe(row('Birch'))
    expect(status()).toBe('Birch restored')
    await wait(UNDO_REMOVAL_MS)
    expect(app.bridge.accounts()).toHaveLength(4)
  })

  test('passing messages can be dismissed, and the focus goes back to the list', async () => {
    await remove('Birch')
    await click(get('button', 'Undo'))
    await click(get('button', 'Dismiss'))
    expect(status()).toBe('')
    expect(document.activeElement).toBe(row('Birch'))
  })

  test('is undone by Ctrl+Z, the latest first, but not while one types', async () => {
    await remove('Alder')
    await remove('Birch')
    get('searchbox').focus()
    await press('z', { ctrlKey: true })
    expect(rowNames()).toEqual(['Harbor', 'Cedar'])
    row('Cedar').focus()
    await press('z', { ctrlKey: true })
    expect(rowNames()).toEqual(['Harbor', 'Birch', 'Cedar'])
    await press('z', { ctrlKey: true })
    expect(rowNames()).toEqual(['Harbor', 'Alder', 'Birch', 'Cedar'])
  })

  test('is said once more when the record is wiped, and can’t be undone any more', async () => {
    await remove('Birch')
    await wait(UNDO_REMOVAL_MS)
    expect(query('button', 'Undo')).toBeNull()
    expect(status()).toBe('Birch deleted from this computer')
    expect(app.bridge.accounts()).toHaveLength(3)
  })

  test('stays to be undone beside what is said meanwhile', async () => {
    await remove('Birch')
    row('Alder').focus()
    await press('Enter')
    expect(status()).toContain('JWT of Alder copied')
    expect(query('button', 'Undo')).not.toBeNull()
  })

  test('of several is undone together', async () => {
    await removeSeveral('Harbor', 'Alder')
    expect(status()).toBe('2 accounts removed. Their tokens are deleted in 10 s.Undo')
    await click(get('button', 'Undo'))
    expect(rowNames()).toEqual(['Harbor', 'Alder', 'Birch', 'Cedar'])
    expect(status()).toBe('2 accounts restored')
  })

  test('one after the other is undone one by one', async () => {
    await remove('Alder')
    await remove('Birch')
    const [first] = [...document.querySelectorAll<HTMLElement>('.removal')]
    await click(get('button', 'Undo', first))
    expect(rowNames()).toEqual(['Harbor', 'Alder', 'Cedar'])
    expect(status()).toContain('Birch removed.')
  })

  test('can’t be undone while another account has the name, and says so', async () => {
    await remove('Birch')
    await press('n', { ctrlKey: true })
    await type(get('textbox', 'Name'), 'Birch')
    await type(get('textbox', 'API key'), 'company-key-0123456789')
    await click(get('button', 'Add', get('dialog', 'Add account')))
    await click(get('button', 'Undo'))
    expect(status()).toContain('Couldn’t restore Birch. Another account has this name.')
    expect(query('button', 'Undo')).not.toBeNull()
    await wait(UNDO_REMOVAL_MS)
    expect(app.bridge.accounts().filter(({ name }) => name === 'Birch')).toHaveLength(1)
  })

  test('that the disk refuses brings the account back and says what to do', async () => {
    await remove('Birch')
    app.bridge.office.records.full = true
    await wait(UNDO_REMOVAL_MS)
    expect(status()).toContain('Couldn’t delete Birch from the disk. It’s back in the list.')
    expect(rowNames()).toContain('Birch')
  })

  test('can be undone in a window that comes back meanwhile', async () => {
    await remove('Alder')
    await remove('Birch')
    const lock = { isSet: true, isUnusable: false, opensByTouch: false, waitMs: 0 }
    app.bridge.publish('lockChanged', { lock: { ...lock, isLocked: true } })
    await settle()
    app.bridge.publish('lockChanged', { lock: { ...lock, isLocked: false } })
    await settle()
    expect(rowNames()).toEqual(['Harbor', 'Cedar'])
    expect(status()).toContain('2 accounts removed.')
    await click(get('button', 'Undo'))
    expect(rowNames()).toEqual(['Harbor', 'Alder', 'Birch', 'Cedar'])
  })

  test('leaves no name in a window that locks', async () => {
    await remove('Birch')
    const lock = { isSet: true, isUnusable: false, opensByTouch: false, waitMs: 0, isLocked: true }
    app.bridge.publish('lockChanged', { lock })
    await settle()
    expect(document.body.textContent).not.toContain('Birch')
  })
})

import { describe, expect, test } from 'vitest'
import { aJwt, anAccount, aPartner } from '../../../support/builders'
import { openApp } from '../../support/app'
import { click, get, press, query, row, rowNames, status, text, type, valueOf } from '../../support/queries'

const HOUR = 3_600_000
const KEY = 'partner-key-0123456789'

describe('Remove', () => {
  test('asks first, and Keep keeps', async () => {
    const { bridge } = await openApp({ accounts: [anAccount()] })
    row('ACME').focus()
    await press('Delete')
    expect(document.activeElement).toBe(get('button', 'Keep', get('alertdialog', 'Remove ACME?')))
    await click(get('button', 'Keep'))
    expect(query('alertdialog')).toBeNull()
    expect(bridge.accounts()).toHaveLength(1)
    expect(document.activeElement).toBe(row('ACME'))
  })

  test('says that companies stay, and continues with the neighbor', async () => {
    const harbor = aPartner({ name: 'Harbor' })
    await openApp({ accounts: [harbor, anAccount({ name: 'Alder', partnerId: harbor.id })] })
    row('Harbor').focus()
    await press('Delete')
    expect(text(get('alertdialog'))).toContain('Its 1 company is kept without a partner.')
    await click(get('button', 'Remove', get('alertdialog')))
    expect(rowNames()).toEqual(['Alder'])
    expect(row('Alder').getAttribute('aria-level')).toBe('1')
    expect(document.activeElement).toBe(row('Alder'))
    expect(status()).toContain('Harbor removed.')
  })

  test('that fails stays open and says why', async () => {
    const { bridge } = await openApp({ accounts: [anAccount()] })
    bridge.failNext('removeAccount', {
      code: 'problem',
      problem: { code: 'storage-unwritable', what: 'removal', afterAnswer: false, detail: 'EROFS' },
    })
    row('ACME').focus()
    await press('Delete')
    await click(get('button', 'Remove', get('alertdialog')))
    expect(text(get('alert', undefined, get('alertdialog')))).toContain('EROFS')
    expect(rowNames()).toEqual(['ACME'])
  })
})

describe('Rename', () => {
  test('changes the name and keeps the row', async () => {
    await openApp({ accounts: [anAccount()] })
    row('ACME').focus()
    await press('F2')
    expect(valueOf(get('textbox', 'Name'))).toBe('ACME')
    await type(get('textbox', 'Name'), 'Apex')
    await click(get('button', 'Save'))
    expect(rowNames()).toEqual(['Apex'])
    expect(document.activeElement).toBe(row('Apex'))
  })
})

describe('Enter API key', () => {
  test('makes the account live again, and leaves the key nowhere in the window', async () => {
    await openApp({ accounts: [anAccount({ jwt: aJwt(-HOUR) })] })
    await click(get('button', 'Enter API key', row('ACME')))
    await type(get('textbox', 'API key'), KEY)
    await click(get('button', 'Log in'))
    expect(row('ACME').dataset['status']).toBe('live')
    expect(document.documentElement.outerHTML).not.toContain(KEY)
  })

  test('names an invisible character inside of the key, and keeps what was typed', async () => {
    await openApp({ accounts: [anAccount({ jwt: aJwt(-HOUR) })] })
    await click(get('button', 'Enter API key', row('ACME')))
    await type(get('textbox', 'API key'), UNSEEN_KEY)
    await click(get('button', 'Log in'))
    expect(text(get('dialog'))).toContain(UNSEEN_SAID)
    expect(valueOf(get('textbox', 'API key'))).toBe(UNSEEN_KEY)
  })
})

const UNSEEN_KEY = 'some\u200Bkey'
const UNSEEN_SAID = 'Character 5 of the API key is invisible: a zero-width space (U+200B).'

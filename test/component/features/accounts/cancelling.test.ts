import { describe, expect, test } from 'vitest'
import { anAccount, aJwt } from '../../../support/builders'
import { openApp, settle, type OpenedApp } from '../../support/app'
import { click, get, press, query, queryAll, row, rowNames, text, type, valueOf } from '../../support/queries'

const KEY = 'partner-key-0123456789'

async function whileAdding(): Promise<OpenedApp & { release: () => void }> {
  const app = await openApp()
  app.bridge.office.service.hold()
  await press('n', { ctrlKey: true })
  await type(get('textbox', 'Name'), 'ACME')
  await type(get('textbox', 'API key'), KEY)
  await click(get('button', 'Add'))
  return {
    ...app,
    release: () => {
      app.bridge.office.service.release()
    },
  }
}

function statusIn(dialog: Element): string {
  return queryAll('status', undefined, dialog).map(text).join(' ')
}

describe('Add account while the service is asked', () => {
  test.each([
    ['Cancel', () => click(get('button', 'Cancel'))],
    ['Esc', () => press('Escape')],
  ])('is cancelled by %s: the dialog and all that was typed stay', async (_by, cancel) => {
    const { bridge, release } = await whileAdding()
    await cancel()
    await settle()
    const dialog = get('dialog', 'Add account')
    expect(bridge.asked.at(-1)?.call).toBe('cancelLogin')
    expect(valueOf(get('textbox', 'Name'))).toBe('ACME')
    expect(valueOf(get('textbox', 'API key'))).toBe(KEY)
    expect(statusIn(dialog)).toBe('Canceled. No account was added.')
    expect(query('alert', undefined, dialog)).toBeNull()

    release()
    await settle()
    expect(rowNames()).toEqual([])
    await click(get('button', 'Add'))
    expect(query('dialog')).toBeNull()
    expect(rowNames()).toEqual(['ACME'])
  })

  test('closes by a second Cancel', async () => {
    await whileAdding()
    await click(get('button', 'Cancel'))
    await settle()
    await click(get('button', 'Cancel'))
    expect(query('dialog')).toBeNull()
  })
})

describe('Enter API key while the service is asked', () => {
  test('is cancelled: the key stays typed, the account as it was', async () => {
    const { bridge } = await openApp({ accounts: [anAccount({ jwt: aJwt(3_600_000) })] })
    bridge.office.service.hold()
    await click(get('button', 'More actions', row('ACME')))
    await click(get('menuitem', /^Enter API key/u))
    await type(get('textbox', 'API key'), KEY)
    await click(get('button', 'Log in'))
    await click(get('button', 'Cancel'))
    await settle()
    const dialog = get('dialog', 'Enter API key')
    expect(statusIn(dialog)).toBe('Canceled. The account is unchanged.')
    expect(valueOf(get('textbox', 'API key'))).toBe(KEY)
  })
})

describe('the status line', () => {
  test('says that the clipboard could not be cleared, until it is', async () => {
    const { bridge } = await openApp()
    bridge.publish('clipboardChanged', { clearsAt: null, couldNotClear: true })
    await settle()
    expect(text(get('contentinfo'))).toContain('Clipboard not cleared')
    expect(text(get('contentinfo'))).toContain('It may still contain what TokenDesk copied.')
    bridge.publish('clipboardChanged', { clearsAt: null, couldNotClear: false })
    await settle()
    expect(text(get('contentinfo'))).not.toContain('Clipboard not cleared')
  })
})

import { describe, expect, test } from 'vitest'
import type { AccountId } from '../../electron/shared/account'
import { anAccount } from '../support/builders'
import { openDesk, settle, type Desk } from './support/desk'
import { click, get, press, query, text, type } from './support/queries'

const PASSPHRASE = 'correct horse battery staple'

async function locked(): Promise<Desk> {
  const desk = await openDesk({ accounts: [anAccount({ id: 'a' as AccountId, name: 'ACME' })] })
  await desk.bridge.setPassphrase({ wanted: PASSPHRASE, current: '' })
  await press('l', { ctrlKey: true })
  await settle()
  return desk
}

describe('a locked window', () => {
  test('has no name in it, and waits for the passphrase', async () => {
    await locked()
    expect(document.documentElement.innerHTML).not.toContain('ACME')
    expect(document.activeElement).toBe(get('textbox', 'Passphrase'))
  })

  test('says that a passphrase is wrong, keeps what was typed, and opens by the right one', async () => {
    await locked()
    await type(get('textbox', 'Passphrase'), 'wrong')
    await click(get('button', 'Unlock'))
    expect(text(get('alert'))).toContain('This is not the passphrase.')
    await type(get('textbox', 'Passphrase'), PASSPHRASE)
    await click(get('button', 'Unlock'))
    expect(text(get('treegrid', 'Accounts'))).toContain('ACME')
  })

  test('asks before it forgets', async () => {
    const { bridge } = await locked()
    await click(get('button', 'Forgot the passphrase?'))
    expect(bridge.asked.some(({ call }) => call === 'forgetPassphrase')).toBe(false)
    await click(get('button', 'Remove', get('alertdialog')))
    expect(query('textbox', 'Passphrase')).toBeNull()
  })
})

test('Settings set a passphrase, and ask for it before it goes', async () => {
  const { bridge } = await openDesk()
  await click(get('button', 'Settings'))
  await type(get('textbox', 'Lock passphrase'), 'short')
  await click(get('button', 'Set passphrase'))
  expect(text(get('alert'))).toContain('Use at least')
  await type(get('textbox', 'Lock passphrase'), PASSPHRASE)
  await click(get('button', 'Set passphrase'))
  await click(get('button', 'Remove lock'))
  expect(text(get('alert'))).toContain('This is not the passphrase.')
  await type(get('textbox', 'Current lock passphrase'), PASSPHRASE)
  await click(get('button', 'Remove lock'))
  expect(bridge.asked.at(-1)?.call).toBe('removePassphrase')
  expect(query('button', 'Remove lock')).toBeNull()
})

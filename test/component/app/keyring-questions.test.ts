import { describe, expect, test } from 'vitest'
import { anAccount } from '../../support/builders'
import { openApp, settle } from '../support/app'
import { click, get, press, query, row, status, text } from '../support/queries'

const NO_KEYRING = { backend: 'basic_text', protected: false, mode: 'memory' } as const

describe('where the keyring is another than last time', () => {
  const notices = [
    { code: 'keyring-changed', before: 'kwallet6', now: 'gnome_libsecret', accounts: 3 },
  ] as const

  test('that is shown, and asked whether to continue', async () => {
    await openApp({ notices, accounts: [anAccount()] })
    const dialog = get('alertdialog', 'Keyring changed')
    expect(text(dialog)).toContain(
      '3 accounts are encrypted with KWallet, but this session has GNOME Keyring.',
    )
    await click(get('button', 'Continue', dialog))
    expect(query('alertdialog')).toBeNull()
  })

  test('that comes before the question where to keep secrets', async () => {
    await openApp({ notices, storage: NO_KEYRING, accounts: [anAccount({ secretsIn: 'memory' })] })
    await click(get('button', 'Continue', get('alertdialog', 'Keyring changed')))
    expect(text(get('alertdialog', 'No keyring protects your tokens'))).toContain('Keep in memory')
  })

  test('that is said as well when it turns out after the window is there', async () => {
    const { bridge } = await openApp({ accounts: [anAccount()] })
    bridge.publish('noticesFound', { notices: [...notices] })
    await settle()
    expect(text(get('alertdialog', 'Keyring changed'))).toContain('3 accounts are encrypted with KWallet')
  })

  test('quitting leaves everything as it is', async () => {
    const { bridge } = await openApp({ notices, accounts: [anAccount()] })
    await click(get('button', 'Quit'))
    expect(bridge.asked.map(({ call }) => call)).toEqual(['getSnapshot', 'quit'])
  })
})

describe('where no keyring protects secrets', () => {
  test('the user is asked once there is something to keep', async () => {
    const { bridge } = await openApp({ storage: NO_KEYRING })
    expect(query('alertdialog')).toBeNull()
    bridge.publish('accountsChanged', { changed: [anAccount({ secretsIn: 'memory' })], removed: [] })
    await settle()
    const dialog = get('alertdialog', 'No keyring protects your tokens')
    expect(document.activeElement).toBe(get('button', 'Keep in memory only', dialog))
  })

  test('the answer is stored, shown in the status line, and can be changed there', async () => {
    const { bridge } = await openApp({ storage: NO_KEYRING, accounts: [anAccount({ secretsIn: 'memory' })] })
    await click(get('button', 'Keep in memory only'))
    expect(query('alertdialog')).toBeNull()
    await click(get('button', 'Not protected: kept in memory only'))
    await click(get('button', 'Store without protection'))
    expect(bridge.asked.filter(({ call }) => call === 'chooseStorage').map(({ input }) => input)).toEqual([
      { choice: 'memory-only' },
      { choice: 'accepted' },
    ])
    expect(text(get('contentinfo'))).toContain('Not protected: stored unencrypted')
  })

  test('Esc decides nothing, and it is not asked again and again', async () => {
    const { bridge } = await openApp({ storage: NO_KEYRING, accounts: [anAccount({ secretsIn: 'memory' })] })
    await press('Escape')
    expect(query('alertdialog')).toBeNull()
    bridge.publish('accountsChanged', { changed: [anAccount({ name: 'Next' })], removed: [] })
    await settle()
    expect(query('alertdialog')).toBeNull()
    expect(bridge.asked.map(({ call }) => call)).toEqual(['getSnapshot'])
  })

  test.each(['memory-only', 'accepted'] as const)(
    'an earlier “%s” is not asked for again',
    async (answer) => {
      await openApp({
        storage: NO_KEYRING,
        accounts: [anAccount()],
        settings: { unprotectedStorage: answer },
      })
      expect(query('alertdialog')).toBeNull()
    },
  )
})

describe('where the keyring is expected and not available', () => {
  const storage = { backend: 'kwallet6', protected: false, mode: 'memory', gap: 'unavailable' } as const
  const locked = ['A', 'B'].map((name) =>
    anAccount({ name, secretsIn: 'locked', problem: { code: 'locked', reason: 'keyring-unavailable' } }),
  )
  const bar = () => get('complementary', 'Keyring')

  test('that is said with the number of accounts that wait for it, and trying again opens them', async () => {
    const { bridge } = await openApp({ accounts: locked, storage })
    bridge.office.cipher.becomes = { backend: 'kwallet6', protected: true }
    expect(text(bar())).toContain('KWallet isn’t running or is locked, so 2 accounts stay locked.')
    expect(text(get('contentinfo'))).toContain('KWallet not available: kept in memory only')
    expect(text(row('A'))).toContain('Locked: keyring not available')
    await click(get('button', 'Try again', bar()))
    expect(query('complementary', 'Keyring')).toBeNull()
    expect(bridge.asked.map(({ call }) => call)).toEqual(['getSnapshot', 'retryStorage'])
    expect(row('A').dataset['status']).toBe('live')
    expect(text(get('contentinfo'))).not.toContain('not available')
  })

  test('trying again in vain says so and changes nothing', async () => {
    await openApp({ storage, accounts: locked })
    await click(get('button', 'Try again', bar()))
    expect(status()).toContain('KWallet still isn’t available.')
    expect(row('A').dataset['status']).toBe('locked')
  })

  test('a refusal that only a new process can overcome offers to restart', async () => {
    const { bridge } = await openApp({ storage: { ...storage, gap: 'needs-restart' }, accounts: locked })
    expect(text(bar())).toContain('Unlock it, then restart TokenDesk.')
    await click(get('button', 'Restart TokenDesk', bar()))
    expect(bridge.asked.map(({ call }) => call)).toEqual(['getSnapshot', 'restart'])
  })

  test('the question where to keep secrets can be answered by trying again', async () => {
    const { bridge } = await openApp({ storage, accounts: [anAccount({ secretsIn: 'memory' })] })
    bridge.office.cipher.becomes = { backend: 'kwallet6', protected: true }
    const dialog = get('alertdialog', 'KWallet isn’t available')
    expect(document.activeElement).toBe(get('button', 'Try again', dialog))
    get('button', 'Store without protection', dialog)
    await click(get('button', 'Try again', dialog))
    expect(query('alertdialog')).toBeNull()
  })
})

describe('where the disk has refused to move secrets', () => {
  test.each([
    ['memory', 'Still readable on this computer’s disk: ACME, Beta.', '(2 accounts still on disk)'],
    ['unprotected-file', 'Not saved yet: ACME, Beta.', '(2 accounts not saved)'],
    ['keyring', 'Still stored without encryption: ACME, Beta.', '(2 accounts not encrypted)'],
  ] as const)('in mode %s each is named, and can be tried again', async (mode, sentence, inShort) => {
    const misplaced = { accounts: ['ACME', 'Beta'], inCopies: false }
    const storage = { backend: 'gnome_libsecret', protected: mode === 'keyring', mode, misplaced }
    const { bridge } = await openApp({ storage })
    bridge.answerNext('retryStorage', { ok: true, value: storage })
    expect(text(get('complementary', 'Keyring'))).toContain(sentence)
    expect(text(get('contentinfo'))).toContain(inShort)
    await click(get('button', 'Try again', get('complementary', 'Keyring')))
    expect(bridge.asked.map(({ call }) => call)).toEqual(['getSnapshot', 'retryStorage'])
    expect(status()).toContain('the disk still refuses')
  })

  test('moving them at last is reported as done, though the keyring is still away', async () => {
    const misplaced = { accounts: ['ACME'], inCopies: false }
    await openApp({
      storage: { backend: 'kwallet6', protected: false, mode: 'memory', gap: 'unavailable', misplaced },
    })
    await click(get('button', 'Try again', get('complementary', 'Keyring')))
    expect(query('complementary', 'Keyring')).toBeNull()
    expect(status()).toContain('tokens and API keys moved')
    expect(status()).not.toContain('still isn’t available')
  })
})

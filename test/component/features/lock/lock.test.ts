import { describe, expect, test } from 'vitest'
import { useTransfer } from '../../../../src/stores/import'
import { anAccount } from '../../../support/builders'
import { openApp, settle, type OpenedApp } from '../../support/app'
import { click, get, press, query, text, type } from '../../support/queries'

const LOCKED = { isSet: true, isLocked: true, isUnusable: false, opensByTouch: false, waitMs: 0 }
const PASSPHRASE = 'correct horse battery staple'

async function locked(): Promise<OpenedApp> {
  const app = await openApp({ accounts: [anAccount()] })
  await app.bridge.setPassphrase({ wanted: PASSPHRASE, current: '' })
  await press('l', { ctrlKey: true })
  await settle()
  return app
}

describe('a locked window', () => {
  test('has no name in it, and waits for the passphrase', async () => {
    await locked()
    expect(document.documentElement.innerHTML).not.toContain('ACME')
    expect(document.activeElement).toBe(get('textbox', 'Passphrase'))
  })

  test('has forgotten what was open and searched for', async () => {
    const { bridge } = await openApp({ accounts: [anAccount()] })
    await bridge.setPassphrase({ wanted: PASSPHRASE, current: '' })
    await type(get('searchbox', 'Search accounts'), 'acme')
    await press('k', { ctrlKey: true })
    await press('l', { ctrlKey: true })
    await settle()
    expect(query('dialog')).toBeNull()
    await type(get('textbox', 'Passphrase'), PASSPHRASE)
    await click(get('button', 'Unlock'))
    expect(query('dialog')).toBeNull()
    expect((get('searchbox', 'Search accounts') as HTMLInputElement).value).toBe('')
  })

  test('has forgotten the import that was previewed', async () => {
    const { bridge } = await openApp()
    await bridge.setPassphrase({ wanted: PASSPHRASE, current: '' })
    const store = useTransfer()
    await store.readText('name,environment,apiKey\nOne,Sandbox,key-of-one-0123456789')
    expect(store.step).toBe('preview')
    await bridge.lock(undefined)
    expect([store.step, store.preview]).toEqual(['choose', null])
  })

  test('says nothing later of what was under way', async () => {
    const { bridge } = await openApp({ accounts: [anAccount()] })
    await bridge.setPassphrase({ wanted: PASSPHRASE, current: '' })
    const release = bridge.holdAnswers()
    await click(get('button', 'Copy JWT'))
    bridge.publish('lockChanged', { lock: LOCKED })
    release()
    await settle()
    bridge.publish('lockChanged', { lock: { ...LOCKED, isLocked: false } })
    await settle()
    expect(text(get('treegrid', 'Accounts'))).toContain('ACME')
    expect(document.body.textContent).not.toContain('JWT of ACME')
  })

  test('says that a passphrase is wrong, keeps what was typed, and opens by the right one', async () => {
    await locked()
    await type(get('textbox', 'Passphrase'), 'wrong')
    await click(get('button', 'Unlock'))
    expect(text(get('alert'))).toContain('Incorrect passphrase.')
    await type(get('textbox', 'Passphrase'), PASSPHRASE)
    await click(get('button', 'Unlock'))
    expect(text(get('treegrid', 'Accounts'))).toContain('ACME')
  })

  test('counts down how long the next try has to wait, and says it once', async () => {
    const { bridge, time } = await locked()
    // Between two ticks of the window's clock.
    time.advance(400)
    await type(get('textbox', 'Passphrase'), 'wrong')
    await click(get('button', 'Unlock'))
    expect(text(document.body)).not.toContain('Try again in')
    time.advance(600)
    bridge.failNext('unlock', { code: 'wrong-passphrase', tooEarly: true, waitMs: 5_000 })
    await type(get('textbox', 'Passphrase'), 'wrong')
    await click(get('button', 'Unlock'))
    expect(text(get('alert'))).toBe('Too many attempts.')
    expect(text(document.body).match(/5 s/gu)).toHaveLength(1)
    time.advance(2_000)
    await settle()
    expect(text(document.body)).toContain('Try again in 3 s.')
    time.advance(3_000)
    await settle()
    expect(text(document.body)).not.toContain('Try again in')
  })

  test('offers Touch ID where there is one', async () => {
    const { bridge } = await openApp({ lock: { isSet: true, isLocked: true, opensByTouch: true } })
    bridge.failNext('unlockByTouch', { code: 'internal' })
    await click(get('button', 'Unlock with Touch ID'))
    expect(text(get('alert'))).not.toBe('')
    await click(get('button', 'Unlock with Touch ID'))
    expect(query('textbox', 'Passphrase')).toBeNull()
  })

  test('offers only to remove a lock that can not be read', async () => {
    const { bridge } = await openApp({ lock: { isSet: true, isLocked: true, isUnusable: true } })
    expect(text(get('alert'))).toContain('no passphrase can unlock TokenDesk. Remove the lock to continue')
    expect([query('textbox', 'Passphrase'), query('button', 'Unlock')]).toEqual([null, null])
    await click(get('button', 'Remove lock…'))
    await click(get('button', 'Remove', get('alertdialog')))
    expect(bridge.asked.some(({ call }) => call === 'forgetPassphrase')).toBe(true)
  })

  test('asks before it forgets', async () => {
    const { bridge } = await locked()
    await click(get('button', 'Forgot passphrase?'))
    expect(bridge.asked.some(({ call }) => call === 'forgetPassphrase')).toBe(false)
    await click(get('button', 'Remove', get('alertdialog')))
    expect(query('textbox', 'Passphrase')).toBeNull()
  })
})

test('the rail locks where a passphrase is set', async () => {
  const { bridge } = await openApp()
  expect(query('button', 'Lock')).toBeNull()
  await bridge.setPassphrase({ wanted: PASSPHRASE, current: '' })
  await settle()
  await click(get('button', 'Lock'))
  expect(get('textbox', 'Passphrase')).toBeTruthy()
})

describe('a new lock passphrase', () => {
  const asked = ({ bridge }: OpenedApp, call: string): unknown[] =>
    bridge.asked.filter((each) => each.call === call).map(({ input }) => input)

  test('wants to be typed twice, and says the rule before anything is typed', async () => {
    const app = await openApp()
    await click(get('button', 'Settings'))
    expect(text(get('dialog', 'Settings'))).toContain('Use at least 12 characters.')
    await type(get('textbox', 'Lock passphrase'), PASSPHRASE)
    await click(get('button', 'Set passphrase'))
    expect(text(get('alert'))).toBe('Passphrases don’t match.')
    await type(get('textbox', 'Confirm passphrase'), `${PASSPHRASE}.`)
    await click(get('button', 'Set passphrase'))
    expect(text(get('alert'))).toBe('Passphrases don’t match.')
    expect(asked(app, 'setPassphrase')).toEqual([])
    // Nothing typed is lost, and the word goes when they match.
    expect(get('textbox', 'Lock passphrase')).toHaveProperty('value', PASSPHRASE)
    await type(get('textbox', 'Confirm passphrase'), PASSPHRASE)
    expect(query('alert')).toBeNull()
    await click(get('button', 'Set passphrase'))
    expect(asked(app, 'setPassphrase')).toEqual([{ wanted: PASSPHRASE, current: '' }])
    expect(get('textbox', 'Confirm passphrase')).toHaveProperty('value', '')
    expect(query('alert')).toBeNull()
  })

  test('wants to be typed twice when it is changed, too', async () => {
    const app = await openApp({ lock: { isSet: true } })
    await click(get('button', 'Settings'))
    await type(get('textbox', 'Current lock passphrase'), PASSPHRASE)
    await type(get('textbox', 'New lock passphrase'), 'another long passphrase')
    await click(get('button', 'Change passphrase'))
    expect(text(get('alert'))).toBe('Passphrases don’t match.')
    expect(asked(app, 'setPassphrase')).toEqual([])
  })

  test('has a meter beside it', async () => {
    await openApp()
    await click(get('button', 'Settings'))
    const said: [string, string | null][] = []
    for (const typed of ['', 'short', 'eleven char', 'aaaaaaaaaaaaaaaa', 'a passphrase', PASSPHRASE]) {
      await type(get('textbox', 'Lock passphrase'), typed)
      const meter = get('meter', 'Passphrase strength')
      expect(meter.getAttribute('aria-valuetext')).toBe(text(meter))
      said.push([text(meter), meter.getAttribute('aria-valuenow')])
    }
    expect(said).toEqual([
      ['', '0'],
      ['7 more characters', '1'],
      ['1 more character', '1'],
      ['Easy to guess', '2'],
      ['Good', '3'],
      ['Strong', '4'],
    ])
  })
})

test('says that the app was locked again while the passphrase was checked', async () => {
  const { bridge } = await openApp({ lock: { isSet: true, isLocked: true } })
  bridge.failNext('unlock', { code: 'locked' })
  await type(get('textbox', 'Passphrase'), PASSPHRASE)
  await click(get('button', 'Unlock'))
  expect(text(get('alert'))).toBe('TokenDesk locked again while checking the passphrase. Enter it again.')
  expect(get('textbox', 'Passphrase')).toHaveProperty('value', PASSPHRASE)
})

test('a reset that the disk refuses says that nothing was changed', async () => {
  const { bridge } = await openApp({ lock: { isSet: true, isLocked: true } })
  bridge.failNext('forgetPassphrase', {
    code: 'problem',
    problem: { code: 'storage-unwritable', what: 'lock', afterAnswer: false, detail: 'ENOSPC' },
  })
  await click(get('button', 'Forgot passphrase?'))
  await click(get('button', 'Remove', get('alertdialog')))
  expect(text(get('alert'))).toContain('Couldn’t save the lock (ENOSPC), so it’s unchanged.')
  expect(get('textbox', 'Passphrase')).toBeTruthy()
})

test('Settings set a passphrase, and ask for it before it goes', async () => {
  const { bridge } = await openApp()
  await click(get('button', 'Settings'))
  await type(get('textbox', 'Lock passphrase'), 'short')
  await click(get('button', 'Set passphrase'))
  expect(text(get('alert'))).toBe('Use at least 12 characters.')
  await type(get('textbox', 'Lock passphrase'), PASSPHRASE)
  await type(get('textbox', 'Confirm passphrase'), PASSPHRASE)
  await click(get('button', 'Set passphrase'))
  await click(get('button', 'Remove lock'))
  expect(text(get('alert'))).toContain('Incorrect passphrase.')
  await type(get('textbox', 'Current lock passphrase'), PASSPHRASE)
  await click(get('button', 'Remove lock'))
  expect(bridge.asked.at(-1)?.call).toBe('removePassphrase')
  expect(query('button', 'Remove lock')).toBeNull()
})

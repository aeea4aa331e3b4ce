import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { moment, writeDatesAs } from '../../../../electron/shared/wording'
import { NOW } from '../../../support/builders'
import { openApp, settle, type OpenedApp } from '../../support/app'
import { click, get, press, query, queryAll, status, text, type, valueOf } from '../../support/queries'

async function openSettings(start: Parameters<typeof openApp>[0] = {}): Promise<OpenedApp> {
  const app = await openApp(start)
  await click(get('button', 'Settings'))
  return app
}

const DAY = 86_400_000

function field(): HTMLElement {
  return get('button', /^Shortcut: /u)
}

describe('the sections of Settings', () => {
  test('are all there, each under its heading', async () => {
    await openSettings()
    const settings = get('dialog', 'Settings')
    const headings = [...settings.querySelectorAll('h3')].map((heading) => text(heading))
    const listed = [...settings.querySelectorAll('nav button')].map((button) => text(button))
    const expected = [
      ...[
        'Appearance',
        'Copying',
        'Renewal',
        'Reminders',
        'Background',
        'Lock',
        'Quick pick',
        'Environments',
        'Network',
      ],
      ...['Import, export, and backup', 'Storage', 'Updates', 'About TokenDesk'],
    ]
    expect(headings).toEqual(expected)
    expect(listed).toEqual(expected)
  })

  test('are a page each, which keeps what is typed on it, and the last one is as near as the first', async () => {
    await openSettings()
    const shown = () =>
      [...get('dialog', 'Settings').querySelectorAll<HTMLElement>('section')]
        .filter(({ style }) => style.display !== 'none')
        .map((section) => text(section.querySelector('h3')))
    expect(shown()).toEqual(['Appearance'])
    await click(get('button', 'Updates'))
    expect(shown()).toEqual(['Updates'])
    await type(get('textbox', 'Update feed URL'), 'https://updates.example')
    await click(get('button', 'About TokenDesk'))
    expect(shown()).toEqual(['About TokenDesk'])
    await click(get('button', 'Updates'))
    expect(valueOf(get('textbox', 'Update feed URL'))).toBe('https://updates.example')
  })

  test('are gone through by the arrows, as one stop of the Tab key', async () => {
    await openSettings()
    const nav = get('dialog', 'Settings').querySelector('nav') ?? document.body
    const buttons = [...nav.querySelectorAll('button')]
    expect(buttons.filter((button) => button.tabIndex === 0)).toHaveLength(1)
    buttons[0]?.focus()
    await press('ArrowDown')
    expect(document.activeElement).toBe(get('button', 'Copying', nav))
    expect(document.activeElement?.getAttribute('aria-current')).toBe('true')
    await press('End')
    expect(document.activeElement).toBe(get('button', 'About TokenDesk', nav))
  })
})

describe('a desktop', () => {
  const NOTHING = {
    shortcuts: () => Promise.resolve('none' as const),
    idleMs: () => null,
    tellsScreenLock: () => Promise.resolve(false),
  }
  const LOCKABLE = { isSet: true }

  test('that lets no app have a shortcut is said to before anybody tries, with what to bind instead', async () => {
    await openSettings({ desktop: NOTHING })
    expect(query('button', /^Shortcut: /u)).toBeNull()
    expect(text(get('dialog', 'Settings'))).toContain(
      'This desktop doesn’t let apps set shortcuts. In its keyboard settings, add a shortcut that runs this command: tokendesk --quick-pick',
    )
  })

  test('that has a portal for them is said to have the last word', async () => {
    await openSettings({ desktop: { ...NOTHING, shortcuts: () => Promise.resolve('portal') } })
    expect(text(get('dialog', 'Settings'))).toContain('Your desktop may ask you to confirm it')
    expect(query('button', /^Shortcut: /u)).not.toBeNull()
  })

  test('that tells nobody of idleness is said not to, and whose input counts instead', async () => {
    await openSettings({ desktop: NOTHING, lock: LOCKABLE })
    expect(text(get('dialog', 'Settings'))).toContain('it counts from your last input in TokenDesk.')
  })

  test('that tells it is said to count', async () => {
    await openSettings({ lock: LOCKABLE })
    expect(text(get('dialog', 'Settings'))).toContain('Counts from your last input on this computer.')
  })

  test('that tells nobody when its screen is locked offers no lock with it', async () => {
    await openSettings({ desktop: NOTHING, lock: LOCKABLE })
    expect(query('checkbox', 'Lock when the screen locks')).toBeNull()
  })

  test('that tells it offers that', async () => {
    await openSettings({ lock: LOCKABLE })
    expect(query('checkbox', 'Lock when the screen locks')).not.toBeNull()
  })
})

describe('the shortcut of the quick pick', () => {
  test('is what is pressed next, shown as people write it', async () => {
    const { bridge } = await openSettings()
    expect(text(field())).toBe('None')
    await click(field())
    await press('Control', { ctrlKey: true })
    expect(text(field())).toBe('Press the keys…')
    await press('j', { ctrlKey: true, altKey: true })
    expect(bridge.asked.at(-1)).toEqual({ call: 'chooseShortcut', input: { shortcut: 'Control+Alt+J' } })
    expect(text(field())).toBe('Ctrl+Alt+J')
    expect(status()).toBe('Ctrl+Alt+J opens the quick pick')
  })

  test('that another program has is refused in words, and the old one stays', async () => {
    const { bridge } = await openSettings({ settings: { quickPickShortcut: 'Control+Alt+K' } })
    bridge.failNext('chooseShortcut', { code: 'shortcut-refused', reason: 'taken' })
    await click(field())
    await press('j', { ctrlKey: true, altKey: true })
    expect(text(get('alert'))).toContain('Another app uses this shortcut')
    expect(text(field())).toBe('Ctrl+Alt+K')
  })

  test('needs a key like Ctrl, so that no letter is taken from all programs', async () => {
    const { bridge } = await openSettings()
    await click(field())
    await press('J', { shiftKey: true })
    expect(text(get('alert'))).toContain('This isn’t a shortcut.')
    expect(bridge.asked.some(({ call }) => call === 'chooseShortcut')).toBe(false)
  })

  test('stays as it is on Esc, which doesn’t close the settings', async () => {
    await openSettings({ settings: { quickPickShortcut: 'Control+Alt+K' } })
    await click(field())
    await press('Escape')
    expect(query('dialog', 'Settings')).not.toBeNull()
    expect(text(field())).toBe('Ctrl+Alt+K')
  })

  test('is cleared by Clear', async () => {
    const { bridge } = await openSettings({ settings: { quickPickShortcut: 'Control+Alt+K' } })
    await click(get('button', 'Clear shortcut'))
    expect(bridge.asked.at(-1)).toEqual({ call: 'chooseShortcut', input: { shortcut: null } })
    expect(text(field())).toBe('None')
    expect(query('button', 'Clear shortcut')).toBeNull()
  })
})

describe('copying production', () => {
  test('can be made to ask first', async () => {
    const { bridge } = await openSettings()
    await click(get('checkbox', 'Confirm before copying a production JWT'))
    expect(bridge.asked.at(-1)).toEqual({ call: 'changeSettings', input: { confirmsProductionCopy: true } })
  })
})

describe('resetting', () => {
  test('asks first, then everything is as it was in the beginning', async () => {
    const { bridge } = await openSettings({ settings: { theme: 'dark', quickPickShortcut: 'Control+Alt+K' } })
    await click(get('button', 'Reset settings…'))
    const ask = get('alertdialog', 'Reset settings?')
    expect(document.activeElement).toBe(get('button', 'Cancel', ask))
    expect(bridge.asked.some(({ call }) => call === 'resetSettings')).toBe(false)
    await click(get('button', 'Reset', ask))
    expect(document.documentElement.dataset['theme']).toBeUndefined()
    expect(text(field())).toBe('None')
    expect(status()).toBe('Settings reset')
  })

  test('that fails says why and stays open', async () => {
    const { bridge } = await openSettings()
    await click(get('button', 'Reset settings…'))
    bridge.failNext('resetSettings', {
      code: 'problem',
      problem: { code: 'storage-unwritable', what: 'settings', afterAnswer: false, detail: 'EROFS' },
    })
    await click(get('button', 'Reset', get('alertdialog')))
    expect(text(get('alert', undefined, get('alertdialog')))).toContain('EROFS')
  })
})

describe('updates', () => {
  test('are asked for where the field says, as it is left; empty is nowhere', async () => {
    const { bridge } = await openSettings()
    await type(get('textbox', 'Update feed URL'), ' https://updates.example.com/feed.json ')
    await press('Enter')
    expect(bridge.asked.at(-1)).toEqual({
      call: 'changeSettings',
      input: { updateFeedUrl: 'https://updates.example.com/feed.json' },
    })
    // What is said of an environment's address doesn't hold for this one.
    expect(text(get('dialog', 'Settings').querySelector('[data-section=updates]'))).not.toContain(
      'logging in',
    )
    await type(get('textbox', 'Update feed URL'), '')
    await press('Enter')
    expect(bridge.asked.at(-1)).toEqual({ call: 'changeSettings', input: { updateFeedUrl: null } })
  })

  test('are not requested unencrypted: the reason is shown, and nothing is changed', async () => {
    const { bridge } = await openSettings()
    await type(get('textbox', 'Update feed URL'), 'http://updates.example.com/feed.json')
    await press('Enter')
    expect(text(get('dialog', 'Settings').querySelector('[data-section=updates]'))).toContain('https://')
    expect(bridge.asked.map(({ call }) => call)).not.toContain('changeSettings')
  })

  test('that are there are shown with their notes and address, as text', async () => {
    const { time } = await openApp({
      update: { version: '9.9.9', url: 'https://example.com/9.9.9', notes: '<b>New.</b>' },
    })
    time.advance(10_000)
    await settle()
    await click(get('button', 'Settings'))
    const section = get('dialog', 'Settings').querySelector('[data-section=updates]') ?? document.body
    expect(text(section)).toContain('Version 9.9.9 is available.')
    expect(text(section)).toContain('<b>New.</b>')
    expect(section.querySelector('a')).toBeNull()
    expect(queryAll('button', 'Copy address', section)).toHaveLength(1)
  })
})

describe('about', () => {
  test('tells versions, where secrets are and the profile', async () => {
    await openSettings()
    const facts = text(get('dialog', 'Settings').querySelector('[data-section=about] dl'))
    for (const fact of [
      '1.2.3',
      '45.0.0',
      'linux 6.1 x64',
      'GNOME Keyring',
      '/home/user/.config/TokenDesk',
    ]) {
      expect(facts).toContain(fact)
    }
  })

  test('copies diagnostics and opens the guide', async () => {
    const { bridge } = await openSettings()
    await click(get('button', 'Copy diagnostics'))
    expect(bridge.clipboard()).toContain('TokenDesk 1.2.3')
    expect(status()).toBe('Diagnostics copied')
    await click(get('button', 'User guide'))
    expect(bridge.asked.at(-1)?.call).toBe('openGuide')
  })
})

describe('Status icons', () => {
  test('tells each status by its sign and its word', async () => {
    await openApp()
    await click(get('button', 'Status icons', get('contentinfo')))
    const rows = [...get('dialog', 'Status icons').querySelectorAll('tbody tr')]
    expect(rows.map((each) => text(each.querySelector('.sign > span')))).toEqual([
      'Live',
      'Live, expires soon',
      'Renews on copy',
      'Renewing',
      'Retrying soon',
      'API key needed',
      'API key rejected',
      'Locked',
    ])
    for (const each of rows) expect(each.querySelector('svg')).not.toBeNull()
    expect(text(get('dialog'))).toContain('Copying renews it automatically.')
  })
})

describe('dates and times', () => {
  beforeEach(() => {
    writeDatesAs('en-GB')
  })
  afterEach(() => {
    writeDatesAs('en-GB')
  })

  test.each([
    ['en-GB', '23 Dec at 09:00'],
    ['en_US.UTF-8', 'Dec 23 at 9:00 AM'],
    ['de_DE', '23.12. at 09:00'],
    ['fr-FR', '23/12 at 09:00'],
    ['ja', '12/23 at 09:00'],
    ['C', '23 Dec at 09:00'],
    ['not a locale', '23 Dec at 09:00'],
  ])('are written as %s does', (locale, words) => {
    writeDatesAs(locale)
    expect(moment(NOW + 29 * DAY, NOW, 'UTC').replaceAll('\u202f', ' ')).toBe(words)
  })

  test('are shown in Settings as the system writes them', async () => {
    await openSettings({ locale: 'de-DE' })
    expect(text(get('dialog', 'Settings'))).toMatch(
      /follow your system’s format: .*\d\d\.\d\d\.(?:\d{4})? at \d\d:\d\d\./u,
    )
    await settle()
    expect(queryAll('dialog')).toHaveLength(1)
  })
})

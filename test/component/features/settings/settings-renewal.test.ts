import { describe, expect, test } from 'vitest'
import type { MainStart } from '../../../support/main-in-memory'
import { openApp, settle, type OpenedApp } from '../../support/app'
import { choose, click, get, press, query, queryAll, status, text } from '../../support/queries'

const HOUR = 3_600_000
const DAY = 24 * HOUR

async function openSettings(start: MainStart = {}): Promise<OpenedApp> {
  const app = await openApp(start)
  await click(get('button', 'Settings'))
  return app
}

/** What main was asked to change. */
function changesOf(bridge: OpenedApp['bridge']): unknown[] {
  return bridge.asked.filter(({ call }) => call === 'changeSettings').map(({ input }) => input)
}

function isChecked(name: string): boolean {
  return (get('checkbox', name) as HTMLInputElement).checked
}

function checkedLeads(): string[] {
  return queryAll('checkbox', /\b(?:days?|hours?|min)$/u)
    .filter((box) => (box as HTMLInputElement).checked)
    .map((box) => text(document.querySelector(`label[for="${box.id}"]`)))
}

describe('Settings', () => {
  test('change at once and show in the window', async () => {
    const { bridge } = await openSettings()
    await click(get('radio', 'Dark'))
    await click(get('radio', 'Compact'))
    await choose('Clear clipboard after', 'Never')
    await choose('Minimum time left on a copied JWT', '10 min')
    expect(document.documentElement.dataset['theme']).toBe('dark')
    expect(document.documentElement.dataset['density']).toBe('compact')
    expect(changesOf(bridge)).toEqual([
      { theme: 'dark' },
      { density: 'compact' },
      { clipboardClearMs: null },
      { minimumJwtLifeMs: 600_000 },
    ])
  })

  test('of renewal and the background do so too', async () => {
    const { bridge } = await openSettings()
    await choose('JWTs', 'Renew automatically')
    await choose('Refresh tokens', 'Renew automatically in the last 7 days')
    await click(get('checkbox', 'Desktop notifications'))
    await click(get('checkbox', 'Keep running when the window is closed'))
    expect(changesOf(bridge)).toEqual([
      { jwtPolicy: 'keep-live' },
      { refreshTokenPolicy: 'renew' },
      { desktopNotifications: false },
      { staysInBackground: false },
    ])
  })

  test('that can not be saved are said, and stay as they were', async () => {
    const { bridge } = await openSettings()
    bridge.failNext('changeSettings', {
      code: 'problem',
      problem: { code: 'storage-unwritable', what: 'settings', afterAnswer: false, detail: 'ENOSPC' },
    })
    await click(get('checkbox', 'Desktop notifications'))
    expect(status()).toContain('Couldn’t save the settings (ENOSPC), so they’re unchanged.')
    expect(isChecked('Desktop notifications')).toBe(true)
  })

  test('hold for accounts that say nothing themselves', async () => {
    await openSettings()
    expect(text(get('dialog', 'Settings'))).toContain('You can override these in an account’s details.')
  })
})

describe('the lead times of reminders', () => {
  test('are taken and left out one by one', async () => {
    const { bridge } = await openSettings()
    expect(checkedLeads()).toEqual(['7 days', '3 days', '1 day'])
    await click(get('checkbox', '12 hours'))
    await click(get('checkbox', '3 days'))
    expect(changesOf(bridge)).toEqual([
      { reminderLeadsMs: [7 * DAY, 3 * DAY, DAY, 12 * HOUR] },
      { reminderLeadsMs: [7 * DAY, DAY, 12 * HOUR] },
    ])
    expect(checkedLeads()).toEqual(['7 days', '1 day', '12 hours'])
  })

  test('changed faster than main answers are all kept', async () => {
    const { bridge } = await openSettings()
    const answer = bridge.holdAnswers()
    await click(get('checkbox', '12 hours'))
    await click(get('checkbox', '30 days'))
    expect(checkedLeads()).toEqual(['30 days', '7 days', '3 days', '1 day', '12 hours'])
    answer()
    await settle()
    expect(bridge.asked.at(-1)?.input).toEqual({
      reminderLeadsMs: [30 * DAY, 7 * DAY, 3 * DAY, DAY, 12 * HOUR],
    })
    expect(checkedLeads()).toEqual(['30 days', '7 days', '3 days', '1 day', '12 hours'])
  })

  test('show what is set, however unusual', async () => {
    await openSettings({ settings: { reminderLeadsMs: [10 * DAY, 90 * 60_000] } })
    expect(checkedLeads()).toEqual(['10 days', '1 h 30 min'])
  })

  test('may be none: then only the expiry is notified', async () => {
    const { bridge } = await openSettings({ settings: { reminderLeadsMs: [DAY] } })
    await click(get('checkbox', '1 day'))
    expect(bridge.asked.at(-1)?.input).toEqual({ reminderLeadsMs: [] })
    expect(text(get('dialog', 'Settings'))).toContain('No reminders before expiry')
  })

  test('are eight at the most', async () => {
    const usual = [30, 14, 7, 3, 2, 1].map((days) => days * DAY)
    await openSettings({ settings: { reminderLeadsMs: [...usual, 10 * DAY, 5 * DAY] } })
    expect((get('checkbox', '12 hours') as HTMLInputElement).disabled).toBe(true)
    await click(get('checkbox', '5 days'))
    expect((get('checkbox', '12 hours') as HTMLInputElement).disabled).toBe(false)
  })
})

describe('Start at login', () => {
  test('shows what the system says, and changes that', async () => {
    const { bridge } = await openSettings({ loginStart: { on: true } })
    expect(isChecked('Start at login')).toBe(true)
    await click(get('checkbox', 'Start at login'))
    expect(bridge.asked.at(-1)).toEqual({ call: 'startAtLogin', input: { on: false } })
    expect(isChecked('Start at login')).toBe(false)
  })

  test('that the system refuses stays as it was', async () => {
    const { bridge } = await openSettings()
    bridge.failNext('startAtLogin', { code: 'internal' })
    await click(get('checkbox', 'Start at login'))
    expect(isChecked('Start at login')).toBe(false)
    expect(status()).not.toBe('')
  })
})

describe('the dialog Settings', () => {
  test('closes by Esc and gives the focus back', async () => {
    await openSettings()
    await press('Escape')
    expect(query('dialog')).toBeNull()
    expect(document.activeElement).toBe(get('button', 'Settings'))
  })
})

import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../../../electron/shared/policy'
import { aJwt, anAccount, anEnvironment, aPartner, aRefreshToken, NOW } from '../../../support/builders'
import { refreshTokenOf } from '../../../support/stored-profile'
import { openApp, settle, type OpenedApp } from '../../support/app'
import { choose, click, get, query, queryAll, row, rowNames, status, text } from '../../support/queries'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const MUTED = { ...DEFAULT_POLICY, muted: true }

function ending(name: string, leftMs: number, parts: Parameters<typeof aPartner>[0] = {}) {
  return aPartner({ name, refreshToken: aRefreshToken(leftMs), ...parts })
}

const attention = (): string => text(get('button', /^Needs attention/u)).replace('Needs attention', '')
const details = (): HTMLElement => get('complementary', 'Details')
const bar = (): HTMLElement | null => query('complementary', 'Refresh tokens that expire soon')

async function showDetails(name: string): Promise<void> {
  row(name).click()
  await settle()
}

async function showAttention(): Promise<void> {
  await click(get('button', /^Needs attention/u))
}

describe('Needs attention', () => {
  test('counts an account from the second on in which its refresh token comes into its last 7 days', async () => {
    const { time } = await openApp({ accounts: [ending('ACME', 7 * DAY + 2 * SECOND)] })
    expect(attention()).toBe('0')
    time.advance(SECOND)
    await settle()
    expect(attention()).toBe('0')
    time.advance(SECOND)
    await settle()
    expect(attention()).toBe('1')
  })

  test('goes by the server’s clock, and by the lead times in the settings', async () => {
    const { bridge } = await openApp({
      accounts: [ending('ACME', 7 * DAY + HOUR)],
      environments: [anEnvironment({ clockSkewMs: 2 * HOUR })],
    })
    expect(attention()).toBe('1')
    await bridge.changeSettings({ reminderLeadsMs: [DAY] })
    await settle()
    expect(attention()).toBe('0')
  })

  test('counts a snoozed one from the second on until which it was', async () => {
    const { time } = await openApp({
      accounts: [ending('ACME', 6 * DAY, { remindAgainAt: NOW + 10 * SECOND })],
    })
    expect(attention()).toBe('0')
    time.advance(10 * SECOND)
    await settle()
    expect(attention()).toBe('1')
  })

  test.each([
    ['is muted', { policy: MUTED }],
    ['is renewed by itself', { policy: { ...DEFAULT_POLICY, refreshToken: 'renew' } as const }],
    ['is kept live', { policy: { ...DEFAULT_POLICY, jwt: 'keep-live' } as const }],
    ['goes on by its API key', { refreshToken: aRefreshToken(-DAY), remembersApiKey: true }],
  ])('leaves out one that %s', async (_what, parts) => {
    await openApp({ accounts: [ending('ACME', 6 * DAY, parts)] })
    expect(attention()).toBe('0')
  })

  test('is right at once when the window is shown again', async () => {
    const { time } = await openApp({ accounts: [ending('ACME', 8 * DAY)] })
    time.hide()
    time.advance(2 * DAY)
    await settle()
    expect(attention()).toBe('0')
    time.show()
    await settle()
    expect(attention()).toBe('1')
  })
})

describe('the row of an account whose refresh token expires soon', () => {
  test('says so in words, beside a sign and in its name', async () => {
    await openApp({ accounts: [ending('ACME', 6.9 * DAY)] })
    expect(text(row('ACME'))).toContain('Refresh token expires in 6 days')
    expect(query('img', 'Expires soon', row('ACME'))).not.toBeNull()
    expect(row('ACME').getAttribute('aria-label')).toContain('refresh token expires soon')
  })

  test('says nothing of a snoozed one, but keeps the icon', async () => {
    await openApp({ accounts: [ending('ACME', 6.9 * DAY, { remindAgainAt: NOW + DAY })] })
    expect(text(row('ACME'))).not.toContain('expires')
    expect(query('img', 'Expires soon', row('ACME'))).not.toBeNull()
  })

  test('says when it has expired with nothing left to renew with', async () => {
    await openApp({ accounts: [ending('ACME', -HOUR)] })
    expect(text(row('ACME'))).toContain('Refresh token has expired')
    expect(row('ACME').getAttribute('aria-label')).toContain('refresh token has expired')
  })
})

describe('the status line', () => {
  test('says which account renews next automatically', async () => {
    await openApp({
      accounts: [
        anAccount({ name: 'Alder', jwt: aJwt(HOUR) }),
        aPartner({
          name: 'ACME',
          jwt: aJwt(3 * HOUR + 5 * MINUTE),
          policy: { ...DEFAULT_POLICY, jwt: 'keep-live' },
        }),
      ],
    })
    expect(text(get('contentinfo'))).toContain('Next renewal in 3 h: ACME')
  })
})

describe('the bar above those that need attention', () => {
  const three = [
    ending('Gamma', 6 * DAY),
    ending('ACME', 2 * DAY),
    ending('Beta', 4 * DAY),
    anAccount({ name: 'Dead', jwt: null }),
  ]

  test('counts the refresh tokens that end, and is there only', async () => {
    await openApp({ accounts: three })
    expect(bar()).toBeNull()
    await showAttention()
    expect(rowNames()).toEqual(['ACME', 'Beta', 'Dead', 'Gamma'])
    expect(text(bar())).toContain('3 refresh tokens expire this week')
  })

  test('is not there for a single one, which is renewed in its row', async () => {
    const { bridge } = await openApp({ accounts: three.slice(1, 2) })
    expect(query('button', 'Renew now', row('ACME'))).toBeNull()
    await showAttention()
    expect(bar()).toBeNull()
    await click(get('button', 'Renew now', row('ACME')))
    expect(bridge.asked.map(({ call }) => call)).toContain('renewAccount')
    expect(attention()).toBe('0')
  })

  test('is not there where only keys are asked for', async () => {
    await openApp({ accounts: [anAccount({ name: 'Dead', jwt: null })] })
    await showAttention()
    expect(bar()).toBeNull()
  })

  test('renews all of them, and says how far it is', async () => {
    const { bridge } = await openApp({ accounts: three })
    await showAttention()
    const answer = bridge.holdAnswers()
    await click(get('button', 'Renew now', bar() ?? undefined))
    expect(text(bar())).toContain('Renewing 1 of 3…')
    await click(get('button', 'Renew now', bar() ?? undefined))
    answer()
    await settle()
    expect(bridge.asked.filter(({ call }) => call === 'renewAccount')).toHaveLength(3)
    expect(bar()).toBeNull()
    expect(rowNames()).toEqual(['Dead'])
    expect(status()).toBe('3 accounts renewed')
    expect(document.activeElement).toBe(row('Dead'))
  })

  test('tells which could not be renewed, and why at their rows', async () => {
    const { bridge } = await openApp({ accounts: three })
    await showAttention()
    const problem = { code: 'no-answer', reason: 'timeout', detail: '' } as const
    const answer = { kind: 'transient', problem, retryAfterMs: null, mayHaveArrived: true } as const
    bridge.office.service.mishap = ({ secret }) =>
      secret === refreshTokenOf(ending('ACME', DAY).id) ? { answer } : null
    await click(get('button', 'Renew now', bar() ?? undefined))
    expect(status()).toContain('2 accounts renewed. ACME: The service didn’t respond within 10 seconds')
    expect(text(row('ACME'))).toContain('No response, retrying')
    // A single one needs no bar.
    expect(bar()).toBeNull()
    expect(query('button', 'Renew now', row('ACME'))).not.toBeNull()
  })

  test('puts all of them off until tomorrow', async () => {
    const { bridge, time } = await openApp({ accounts: three.slice(0, 3) })
    await showAttention()
    await click(get('button', 'Remind me tomorrow'))
    expect(bridge.asked.at(-1)?.call).toBe('remindTomorrow')
    expect(status()).toBe('3 reminders snoozed until tomorrow')
    expect(document.body.textContent).toContain('All caught up')
    time.advance(DAY)
    await settle()
    expect(attention()).toBe('3')
  })

  test('does not offer to renew what can not be renewed', async () => {
    await openApp({ accounts: [ending('ACME', -HOUR), ending('Beta', -HOUR)] })
    await showAttention()
    expect(query('button', 'Renew now', row('ACME'))).toBeNull()
    expect(queryAll('button', undefined, bar() ?? undefined).map(text)).toEqual(['Remind me tomorrow'])
  })
})

describe('the details of an account whose refresh token expires soon', () => {
  test('say when, and renew it', async () => {
    const { bridge } = await openApp({ accounts: [ending('ACME', 6.9 * DAY)] })
    await showDetails('ACME')
    expect(text(details())).toContain('Refresh token expires in 6 days, on 1 Dec 2026.')
    expect(queryAll('button', 'Renew now', details())).toHaveLength(1)
    await click(get('button', 'Renew now', details()))
    expect(bridge.asked.map(({ call }) => call)).toContain('renewAccount')
    expect(text(details())).not.toContain('Refresh token expires')
    expect(attention()).toBe('0')
  })

  test('put the reminder off, and say until when', async () => {
    await openApp({ accounts: [ending('ACME', 6.9 * DAY)] })
    await showDetails('ACME')
    await click(get('button', 'Remind me tomorrow', details()))
    expect(text(details())).toMatch(/Snoozed until tomorrow at \d\d:\d\d\./u)
    expect(query('button', 'Remind me tomorrow')).toBeNull()
    expect(queryAll('button', 'Renew now', details())).toHaveLength(1)
    expect(status()).toBe('Reminder for ACME snoozed until tomorrow')
  })

  test('ask for the key when it has expired with nothing left to renew with', async () => {
    await openApp({ accounts: [ending('ACME', -HOUR)] })
    await showDetails('ACME')
    expect(text(details())).toContain('When its JWT expires, you’ll need to enter the API key.')
    await click(get('button', 'Enter API key', details()))
    expect(query('dialog', 'Enter API key')).not.toBeNull()
  })

  test('say that it is muted', async () => {
    await openApp({ accounts: [ending('ACME', 6.9 * DAY, { policy: MUTED })] })
    await showDetails('ACME')
    expect(text(details())).toContain('Notifications are muted for this account.')
  })
})

describe('what an account says for itself', () => {
  async function openAt(parts: Parameters<typeof aPartner>[0] = {}): Promise<OpenedApp> {
    const app = await openApp({ accounts: [aPartner({ name: 'ACME', ...parts })] })
    await showDetails('ACME')
    return app
  }

  test('is shown with what the settings say, and can be changed', async () => {
    const { bridge } = await openAt()
    expect(text(get('combobox', 'JWT'))).toBe('Default (Renew when copied)')
    await choose('JWT', 'Renew automatically')
    await choose('Refresh token', 'Renew automatically in the last 7 days')
    await click(get('checkbox', 'Mute notifications'))
    expect(bridge.accounts()[0]?.policy).toEqual({ jwt: 'keep-live', refreshToken: 'renew', muted: true })
    expect(text(details())).toContain('Renews automatically 5 minutes before it expires')
    await choose('JWT', 'Default (Renew when copied)')
    expect(bridge.accounts()[0]?.policy.jwt).toBeNull()
  })

  test('follows the settings where it says nothing', async () => {
    const { bridge } = await openAt()
    await bridge.changeSettings({ jwtPolicy: 'keep-live' })
    await settle()
    expect(text(get('combobox', 'JWT'))).toBe('Default (Renew automatically)')
  })

  test('has no choice for a refresh token where there is none', async () => {
    await openAt({ refreshToken: null })
    expect(query('combobox', 'Refresh token', details())).toBeNull()
  })

  test('that can not be saved is said, and stays as it was', async () => {
    const { bridge } = await openAt()
    bridge.failNext('editAccount', {
      code: 'problem',
      problem: { code: 'storage-unwritable', what: 'account', afterAnswer: false, detail: 'EROFS' },
    })
    await click(get('checkbox', 'Mute notifications'))
    expect(status()).toContain('Couldn’t save the account (EROFS), so it’s unchanged.')
    expect((get('checkbox', 'Mute notifications') as HTMLInputElement).checked).toBe(false)
  })
})

describe('a window that is hidden', () => {
  test('has no timer of its own, whatever it shows', async () => {
    const { time } = await openApp({ accounts: [ending('ACME', 6 * DAY), anAccount({ name: 'Alder' })] })
    await showAttention()
    await showDetails('ACME')
    time.hide()
    expect(time.waiting).toBe(0)
    time.show()
    expect(time.waiting).toBe(1)
  })
})

import { afterEach, describe, expect, test } from 'vitest'
import type { ActivityEntry } from '../../../../electron/shared/activity'
import { anId, anAccount, NOW } from '../../../support/builders'
import { openApp, settle } from '../../support/app'
import { click, get, press, query, queryAll, row, text, type } from '../../support/queries'

const MINUTE = 60_000
const entry = (name: string, what: ActivityEntry['what'], ago: number): ActivityEntry => ({
  at: NOW - ago,
  id: anId(name) as never,
  name,
  what,
})
const activity = [
  entry('Other', { kind: 'added' }, 90 * MINUTE),
  entry('ACME', { kind: 'logged-in' }, 60 * MINUTE),
  entry('ACME', { kind: 'failed', problem: 'service-unavailable' }, 5 * MINUTE),
]
const accounts = [anAccount(), anAccount({ name: 'Other' })]

/** What a page's copy puts into the clipboard; happy-dom has no command for it. */
function catchCopies(): { readonly last: () => string | null } {
  let last: string | null = null
  Object.defineProperty(document, 'execCommand', {
    configurable: true,
    value: () => {
      const event = new Event('copy', { bubbles: true, cancelable: true })
      Object.defineProperty(event, 'clipboardData', {
        value: { setData: (_type: string, data: string) => (last = data) },
      })
      document.body.dispatchEvent(event)
      return event.defaultPrevented
    },
  })
  return { last: () => last }
}
afterEach(() => {
  Reflect.deleteProperty(document, 'execCommand')
})

async function openAll(): Promise<HTMLElement> {
  await press('k', { ctrlKey: true })
  await type(get('combobox', 'Search accounts and commands'), 'activity')
  await press('Enter')
  return get('dialog', 'Activity')
}
const lines = (within: HTMLElement): string[] => [...within.querySelectorAll('li')].map((each) => text(each))

function activitySection(): HTMLElement {
  const headings = [...get('complementary', 'Details').querySelectorAll('h3')]
  const heading = headings.find((each) => text(each) === 'Activity')
  return heading?.closest('section') ?? document.body
}

describe('the activity of an account', () => {
  test('is asked for when the details are opened, the latest first', async () => {
    const { bridge } = await openApp({ accounts, activity })
    const asked = () => bridge.asked.filter(({ call }) => call === 'getActivity')
    row('ACME').focus()
    expect(asked()).toHaveLength(0)
    await press(' ')
    expect(asked().map(({ input }) => input)).toEqual([{ id: anId('ACME') }])
    const section = activitySection()
    expect(lines(section)[0]).toMatch(/^Renewal failed: service unavailabletoday at .+$/u)
    expect(lines(section)[1]).toMatch(/^Logged in with API key/u)
  })

  test('follows what happens, for the next account, too', async () => {
    const { bridge } = await openApp({ accounts, activity })
    row('ACME').focus()
    await press(' ')
    await click(get('button', 'Copy JWT', row('ACME')))
    expect(lines(activitySection())[0]).toMatch(/^JWT copied/u)
    await click(row('Other'))
    expect(lines(activitySection())).toHaveLength(1)
    expect(bridge.asked.at(-1)).toEqual({ call: 'getActivity', input: { id: anId('Other') } })
  })

  test('leads to all of it', async () => {
    await openApp({ accounts, activity })
    row('ACME').focus()
    await press(' ')
    await click(get('button', 'All activity'))
    const dialog = get('dialog', 'Activity')
    expect(lines(dialog)).toHaveLength(2)
    await click(get('button', /^Only ACME/u, dialog))
    expect(lines(dialog)).toHaveLength(3)
  })
})

describe('the activity of all accounts', () => {
  test('is filtered by account and by what happened', async () => {
    await openApp({ accounts, activity })
    const dialog = await openAll()
    expect(lines(dialog).map((line) => line.replace(/^.*(?:today|yesterday) at [\d:]+/u, ''))).toEqual([
      'ACMERenewal failed: service unavailable',
      'ACMELogged in with API key',
      'OtherAdded',
    ])
    const filter = get('searchbox', 'Filter activity', dialog)
    await type(filter, 'acme unavailable')
    expect(lines(dialog)).toHaveLength(1)
    expect(text(get('status', undefined, dialog))).toBe('1 of 3 entries')
    await type(filter, 'zebra')
    expect(text(dialog)).toContain('Nothing matches.')
  })

  test('is copied as text with UTC times, as it is filtered', async () => {
    const copies = catchCopies()
    await openApp({ accounts, activity })
    const dialog = await openAll()
    await type(get('searchbox', 'Filter activity', dialog), 'acme')
    await click(get('button', 'Copy as text', dialog))
    expect(copies.last()).toBe(
      [
        'TokenDesk activity, 2026-11-24 09:00:00 UTC',
        '2026-11-24 08:55:00 UTC\tACME\tRenewal failed: service unavailable',
        '2026-11-24 08:00:00 UTC\tACME\tLogged in with API key',
        '',
      ].join('\n'),
    )
    expect(text(get('status', undefined, dialog))).toBe('2 entries copied')
  })

  test('of 20,000 entries shows only those in sight', async () => {
    const many = Array.from({ length: 20_000 }, (_, nth) => entry('ACME', { kind: 'refreshed' }, nth))
    await openApp({ accounts, activity: many })
    const dialog = await openAll()
    await settle()
    expect(lines(dialog).length).toBeLessThan(60)
    expect(lines(dialog).length).toBeGreaterThan(10)
    expect(text(get('status', undefined, dialog))).toBe('20,000 entries')
  })

  test('that cannot be read says so', async () => {
    const { bridge } = await openApp({ accounts })
    bridge.failNext('getActivity', { code: 'internal' })
    const dialog = await openAll()
    expect(text(get('alert', undefined, dialog))).toContain('Something went wrong in TokenDesk')
    expect(query('list')).toBeNull()
    expect(queryAll('dialog')).toHaveLength(1)
  })
})

import { describe, expect, it, vi } from 'vitest'
import type { TrayAccount, TraySummaryView } from '../../../../electron/core/base/app-events'
import { endingMenu, trayMenu, type TrayActions } from '../../../../electron/main/tray/tray-menu'
import type { AccountId } from '../../../../electron/shared/account'
import type { EnvironmentId } from '../../../../electron/shared/environment'
import { anEnvironment } from '../../../support/builders'

const SANDBOX = anEnvironment()
const LIVE = anEnvironment({ id: 'live' as EnvironmentId, name: 'Live', production: true })

function seen(name: string, environmentId = SANDBOX.id): TrayAccount {
  return { id: `id-of-${name}` as AccountId, name, environmentId }
}

function view(parts: Partial<TraySummaryView> = {}): TraySummaryView {
  return { attention: 0, pinned: [], recent: [], ...parts }
}

function actions() {
  return {
    copy: vi.fn(),
    navigate: vi.fn(),
    open: vi.fn(),
    lock: vi.fn(),
    quit: vi.fn(),
  } satisfies TrayActions
}

/** The menu's lines as they are read; `—` is a separator. */
function lines(shown: TraySummaryView): string[] {
  return trayMenu(shown, [SANDBOX, LIVE], actions()).map(({ label, type }) =>
    type === 'separator' ? '—' : (label ?? ''),
  )
}

/** Clicks the item of this label, without Electron's arguments, which no handler needs. */
function click(shown: TraySummaryView, label: string, done: TrayActions): void {
  const item = trayMenu(shown, [SANDBOX, LIVE], done).find((each) => each.label === label)
  ;(item?.click as (() => void) | undefined)?.()
}

describe('the menu of the tray', () => {
  it('is short as long as there is nothing to copy', () => {
    expect(lines(view())).toEqual(['Add account…', 'Open', '—', 'Quit'])
  })

  it('has no name while the app is locked, and nothing that copies', () => {
    const shown = view({ pinned: [seen('Beta')], recent: [seen('ACME', LIVE.id)], attention: 3 })
    const menu = trayMenu(shown, [SANDBOX, LIVE], actions(), 'locked')
    expect(menu.map(({ label }) => label)).toEqual(['Needs attention (3)', 'Unlock…', undefined, 'Quit'])
  })

  it('says what the app waits for before it ends, and offers nothing', () => {
    expect(endingMenu('Finishing 1 renewal before quitting…')).toEqual([
      { label: 'Finishing 1 renewal before quitting…', enabled: false },
    ])
  })

  it('locks where a passphrase is set', () => {
    const done = actions()
    const item = trayMenu(view(), [], done, 'open').find(({ label }) => label === 'Lock')
    ;(item?.click as (() => void) | undefined)?.()
    expect(done.lock).toHaveBeenCalledOnce()
  })

  it('offers pinned accounts before those used last, and what needs attention', () => {
    const shown = view({ pinned: [seen('Beta')], recent: [seen('ACME', LIVE.id)], attention: 3 })
    expect(lines(shown)).toEqual([
      'Copy JWT',
      'Beta · Sandbox',
      'ACME · PRODUCTION Live',
      '—',
      'Needs attention (3)',
      'Add account…',
      'Open',
      '—',
      'Quit',
    ])
  })

  it('shows names as they are: `&` does not mark a key, and the ends of long ones are kept', () => {
    const long = `${'Northwind Trading '.repeat(5)}Hamburg`
    expect(lines(view({ recent: [seen('R&D'), seen(long)] })).slice(1, 3)).toEqual([
      'R&&D · Sandbox',
      'Northwind Trading No…ind Trading Hamburg · Sandbox',
    ])
  })

  it('names an account alone when its environment is not known', () => {
    expect(lines(view({ recent: [seen('ACME', 'gone' as EnvironmentId)] }))[1]).toBe('ACME')
  })

  it('stays short enough for a menu however many accounts are pinned', () => {
    const pinned = Array.from({ length: 300 }, (_, n) => seen(`Account ${String(n)}`))
    expect(lines(view({ pinned })).length).toBeLessThan(30)
  })

  it('copies, opens places, opens and quits', () => {
    const done = actions()
    const shown = view({ recent: [seen('ACME'), seen('Beta')], attention: 1 })
    click(shown, 'Beta · Sandbox', done)
    click(shown, 'Needs attention (1)', done)
    click(shown, 'Add account…', done)
    click(shown, 'Open', done)
    click(shown, 'Quit', done)
    expect(done.copy.mock.calls).toEqual([['id-of-Beta']])
    expect(done.navigate.mock.calls).toEqual([[{ at: 'attention' }], [{ at: 'add-account' }]])
    expect(done.open).toHaveBeenCalledOnce()
    expect(done.quit).toHaveBeenCalledOnce()
  })
})

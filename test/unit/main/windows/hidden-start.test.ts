import { expect, it } from 'vitest'
import { startFor, startForSwitches, type StartFor } from '../../../../electron/main/windows/hidden-start'

it.each<[string[], StartFor]>([
  [['tokendesk'], 'window'],
  [['tokendesk', '--hidden'], 'background'],
  [['tokendesk', '--quick-pick'], 'quick-pick'],
  // A key that was pressed wins over a start at the login.
  [['tokendesk', '--hidden', '--quick-pick'], 'quick-pick'],
])('a start by %j is for: %s', (argv, expected) => {
  expect(startForSwitches(argv)).toBe(expected)
  const app = { getLoginItemSettings: () => ({ wasOpenedAtLogin: false }) as Electron.LoginItemSettings }
  expect(startFor(app, 'linux', argv)).toBe(expected)
})

it('at the login macOS says itself that it was no person', () => {
  const app = { getLoginItemSettings: () => ({ wasOpenedAtLogin: true }) as Electron.LoginItemSettings }
  expect(startFor(app, 'darwin', ['TokenDesk'])).toBe('background')
  expect(startFor(app, 'darwin', ['TokenDesk', '--quick-pick'])).toBe('quick-pick')
})

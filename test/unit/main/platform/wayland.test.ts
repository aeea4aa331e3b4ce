import { expect, it } from 'vitest'
import { displayOf, turnOnShortcutsPortal } from '../../../../electron/main/platform/wayland'

it.each<[NodeJS.Platform, Record<string, string>, string, 'wayland' | 'other']>([
  ['linux', { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }, '', 'wayland'],
  ['linux', { XDG_SESSION_TYPE: 'wayland' }, '', 'wayland'],
  ['linux', { XDG_SESSION_TYPE: 'x11', DISPLAY: ':0' }, '', 'other'],
  ['linux', { DISPLAY: ':0' }, 'wayland', 'wayland'],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }, 'x11', 'other'],
  ['darwin', { WAYLAND_DISPLAY: 'wayland-0' }, '', 'other'],
])('on %s with %o and --ozone-platform=%s our windows are shown by: %s', (platform, env, ozone, expected) => {
  expect(displayOf(platform, env, ozone)).toBe(expected)
})

it.each([
  ['', 'GlobalShortcutsPortal,GlobalShortcutsPortalPreferredTrigger'],
  ['Other', 'Other,GlobalShortcutsPortal,GlobalShortcutsPortalPreferredTrigger'],
])('shortcuts are asked of the portal, beside what was turned on already (%j)', (before, after) => {
  const switches = new Map([['enable-features', before]])
  turnOnShortcutsPortal({
    getSwitchValue: (name) => switches.get(name) ?? '',
    appendSwitch: (name, value = '') => switches.set(name, value),
  })
  expect(switches.get('enable-features')).toBe(after)
})

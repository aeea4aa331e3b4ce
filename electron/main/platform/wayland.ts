import type { CommandLine } from 'electron'

/** What displays our windows, where that matters. */
export type Display = 'wayland' | 'other'

/**
 * `wayland`: our windows use Wayland directly, not X11. `ozonePlatform`: Chromium's switch of that name, empty where it
 * isn't given, so that the session decides.
 */
export function displayOf(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  ozonePlatform: string,
): Display {
  if (platform !== 'linux' || ozonePlatform === 'x11') return 'other'
  const isNamed = (env['WAYLAND_DISPLAY'] ?? '') !== '' || env['XDG_SESSION_TYPE'] === 'wayland'
  return isNamed || ozonePlatform === 'wayland' ? 'wayland' : 'other'
}

/**
 * Lets `globalShortcut` ask the desktop's portal, which Electron does from version 35 on where these are on; the second
 * hands it the keys that the user has pressed. Before the app is ready.
 */
export function turnOnShortcutsPortal(
  commandLine: Pick<CommandLine, 'appendSwitch' | 'getSwitchValue'>,
): void {
  const others = commandLine.getSwitchValue('enable-features')
  const ours = 'GlobalShortcutsPortal,GlobalShortcutsPortalPreferredTrigger'
  commandLine.appendSwitch('enable-features', others === '' ? ours : `${others},${ours}`)
}

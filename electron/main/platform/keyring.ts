/** Selects the Linux keyring that Chromium uses. */
import { app } from 'electron'

/** Desktops for which Chromium picks a keyring on its own (its `key_storage_util_linux.cc`). */
const KNOWN_DESKTOPS = new Set([
  'cinnamon',
  'x-cinnamon',
  'cosmic',
  'deepin',
  'gnome',
  'kde',
  'pantheon',
  'ukui',
  'unity',
  'xfce',
])

/**
 * On other desktops (sway, i3, LXQt, …) Chromium uses none, even where a Secret Service runs, so this asks for it. If
 * there is none, the result is the same as before. A choice on the command line stays.
 */
export function askForSecretService(platform: NodeJS.Platform, currentDesktop: string | undefined): void {
  if (platform !== 'linux' || app.commandLine.hasSwitch('password-store')) return
  const desktops = (currentDesktop ?? '').toLowerCase().split(':')
  if (desktops.some((each) => KNOWN_DESKTOPS.has(each))) return
  app.commandLine.appendSwitch('password-store', 'gnome-libsecret')
}

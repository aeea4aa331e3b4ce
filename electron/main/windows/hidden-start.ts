import type { App } from 'electron'

/** With this switch the app shows no window until the user asks for it. */
export const HIDDEN_SWITCH = '--hidden'

/**
 * Started with this switch, it shows the quick pick and nothing else; the app that runs already does it, where one
 * does. For desktops that let no app have a shortcut: there people bind a key to this.
 */
export const QUICK_PICK_SWITCH = '--quick-pick'

/** What a start is for. */
export type StartFor = 'window' | 'quick-pick' | 'background'

/** `background`: started by the system at the login, to work without a window. */
export function startFor(
  app: Pick<App, 'getLoginItemSettings'>,
  platform: NodeJS.Platform,
  argv: readonly string[],
): StartFor {
  const wanted = startForSwitches(argv)
  const atLogin = platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
  return wanted === 'window' && atLogin ? 'background' : wanted
}

/** The same of a start that finds the app running. */
export function startForSwitches(argv: readonly string[]): StartFor {
  if (argv.includes(QUICK_PICK_SWITCH)) return 'quick-pick'
  return argv.includes(HIDDEN_SWITCH) ? 'background' : 'window'
}

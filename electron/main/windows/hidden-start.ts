import type { App } from 'electron'

/** Started with this switch, the app shows no window until somebody asks for it. */
export const HIDDEN_SWITCH = '--hidden'

/** Whether the app was started by the system at the login, to work in the background. */
export function isHiddenStart(
  app: Pick<App, 'getLoginItemSettings'>,
  platform: NodeJS.Platform,
  argv: readonly string[],
): boolean {
  return (
    argv.includes(HIDDEN_SWITCH) || (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin)
  )
}

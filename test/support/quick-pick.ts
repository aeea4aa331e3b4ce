import type { Page } from '@playwright/test'
import type { RunningApp } from './electron-app'

/** Opens the quick pick by its shortcut, which is really registered, since tests can't press the desktop's keys. */
export async function openQuickPick({ app, window }: RunningApp): Promise<Page> {
  await app.evaluate(({ globalShortcut }) => {
    const register = globalShortcut.register.bind(globalShortcut)
    globalShortcut.register = (accelerator: string, pressed: () => void) => {
      Object.assign(globalThis, { pressShortcut: pressed })
      return register(accelerator, pressed)
    }
  })
  const opened = app.waitForEvent('window')
  await window.evaluate("tokenDesk.chooseShortcut({ shortcut: 'Control+Alt+J' })")
  const quickPick = await opened
  await app.evaluate(() => {
    ;(globalThis as unknown as { pressShortcut: () => void }).pressShortcut()
  })
  return quickPick
}

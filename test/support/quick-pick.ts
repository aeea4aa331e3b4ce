/** The small window of the global shortcut. */
import type { Page } from '@playwright/test'
import type { RunningApp } from './electron-app'

/** Opens it by its shortcut, which is set to Ctrl+Alt+J. Once for each app. */
export async function openQuickPick({ app, window }: RunningApp): Promise<Page> {
  // The combination is registered for real; what it calls is kept, since nothing here can press keys of the desktop.
  await app.evaluate(({ globalShortcut }) => {
    const register = globalShortcut.register.bind(globalShortcut)
    globalShortcut.register = (accelerator: string, pressed: () => void) => {
      Object.assign(globalThis, { pressShortcut: pressed })
      return register(accelerator, pressed)
    }
  })
  await window.evaluate(() =>
    (
      globalThis as unknown as { tokenDesk: { chooseShortcut: (input: object) => Promise<unknown> } }
    ).tokenDesk.chooseShortcut({ shortcut: 'Control+Alt+J' }),
  )
  const opened = app.waitForEvent('window')
  await app.evaluate(() => {
    ;(globalThis as unknown as { pressShortcut: () => void }).pressShortcut()
  })
  return opened
}

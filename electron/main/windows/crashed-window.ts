/** Recovers a window whose renderer process has crashed, which leaves it blank. Main has lost nothing. */
import { app, dialog, type BrowserWindow } from 'electron'
import type { Clock, Timers } from '../../core/base/ports'
import { WINDOW_COMES_BACK, WINDOW_KEEPS_CRASHING } from '../../shared/wording'
import { WindowRecovery } from './window-recovery'

export interface CrashedWindowDeps {
  readonly clock: Pick<Clock, 'monotonic'>
  readonly timers: Timers
  /** Its page receives nothing until it has been reloaded. */
  readonly crashed: () => void
  readonly quit: () => void
}

export function recoverWhenCrashed(
  window: BrowserWindow,
  { clock, timers, crashed, quit }: CrashedWindowDeps,
): void {
  const recovery = new WindowRecovery({
    clock,
    timers,
    reload: () => {
      if (!window.isDestroyed()) window.reload()
    },
    waits: () => {
      window.setTitle(WINDOW_COMES_BACK)
    },
    isVisible: () => !window.isDestroyed() && window.isVisible(),
    giveUp: () => {
      window.setTitle(app.getName())
      void ask().then((triesAgain) => {
        if (triesAgain) recovery.tryAgain()
        else quit()
      })
    },
  })
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    crashed()
    if (reason !== 'clean-exit') recovery.crashed()
  })
  window.on('show', () => {
    recovery.wanted()
  })
}

/** A dialog of the system, since there is no page that could ask. */
async function ask(): Promise<boolean> {
  const { message, detail, tryAgain, quit } = WINDOW_KEEPS_CRASHING
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: app.getName(),
    message,
    detail,
    buttons: [tryAgain, quit],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === 0
}

import { app, powerMonitor, webContents, type WebContents } from 'electron'

/** Whoever has touched nothing for this long may have gone. */
const GONE_AFTER_S = 60

/** Whether somebody is at this machine, as far as the system knows; asked at the moment when it matters. */
export function isSomebodyThere(): boolean {
  return powerMonitor.getSystemIdleState(GONE_AFTER_S) === 'active'
}

/**
 * Calls `used` for each key, click and movement that one of our windows gets, whoever opened it. Main hears of these
 * from Chromium's browser process, so that no page is asked and no message sent.
 */
export function whenUsed(used: () => void): void {
  const listen = (contents: WebContents): void => {
    contents.on('input-event', used)
  }
  webContents.getAllWebContents().forEach(listen)
  app.on('web-contents-created', (_event, contents) => {
    listen(contents)
  })
}

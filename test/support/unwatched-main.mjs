// Runs the built app and reports its state for each line of its input; `close` closes its window first. Playwright
// makes every page believe that it is visible, and a debugger has timers of its own; this does neither. It counts each
// timer callback of main and of the page, from the start.
import { syncBuiltinESMExports } from 'node:module'
import process from 'node:process'
import { createInterface } from 'node:readline'
import timers from 'node:timers'
import timersPromises from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, session } from 'electron'

let ran = 0

for (const name of /** @type {const} */ (['setTimeout', 'setInterval', 'setImmediate'])) {
  /** @type {(run: (...given: unknown[]) => void, ...rest: any[]) => unknown} */
  const plain = globalThis[name]
  /** @param {(...given: unknown[]) => void} run @param {unknown[]} rest */
  const counted = (run, ...rest) =>
    plain(
      (/** @type {unknown[]} */ ...given) => {
        ran += 1
        run(...given)
      },
      ...rest,
    )
  Object.assign(globalThis, { [name]: counted })
  Object.assign(timers, { [name]: counted })
}
for (const name of /** @type {const} */ (['setTimeout', 'setImmediate'])) {
  /** @type {(...given: any[]) => Promise<unknown>} */
  const plain = timersPromises[name]
  /** @param {unknown[]} given */
  const counted = async (...given) => {
    const value = await plain(...given)
    ran += 1
    return value
  }
  Object.assign(timersPromises, { [name]: counted })
}
syncBuiltinESMExports()

// Before the app's own handler, which opens the window.
void app.whenReady().then(() => {
  const filePath = fileURLToPath(new URL('count-page-timers.cjs', import.meta.url))
  /** @type {Partial<Pick<Electron.Session, 'registerPreloadScript'>> & { setPreloads?: (files: string[]) => void }} */
  const pages = session.defaultSession
  // Since Electron 35; earlier versions have the other.
  if (pages.registerPreloadScript) pages.registerPreloadScript({ type: 'frame', filePath })
  else pages.setPreloads?.([filePath])
})

await import(new URL('../../out/main/index.js', import.meta.url).href)

createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'close') BrowserWindow.getAllWindows()[0]?.close()
  void tell()
})

async function tell() {
  const [window] = BrowserWindow.getAllWindows()
  /** @type {unknown} */
  const pageIsHidden = await window?.webContents.executeJavaScript('document.hidden')
  /** @type {unknown} */
  const ranInPage = await window?.webContents.executeJavaScript('timersRan')
  const waiting = process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length
  const processes = app.getAppMetrics().length
  process.stdout.write(
    `${JSON.stringify({ isShown: window?.isVisible(), pageIsHidden, timers: waiting, ran, ranInPage, processes })}\n`,
  )
}

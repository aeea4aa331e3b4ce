// Runs the built app, and answers each line of its input with how it stands. Playwright makes every page believe that
// it is seen, and a debugger keeps timers of its own; this does neither.
import process from 'node:process'
import { createInterface } from 'node:readline'
import { BrowserWindow } from 'electron'

await import(new URL('../../out/main/index.js', import.meta.url).href)

createInterface({ input: process.stdin }).on('line', () => {
  void tell()
})

async function tell() {
  const [window] = BrowserWindow.getAllWindows()
  /** @type {unknown} */
  const pageIsHidden = await window?.webContents.executeJavaScript('document.hidden')
  const timers = process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length
  process.stdout.write(`${JSON.stringify({ pageIsHidden, timers })}\n`)
}

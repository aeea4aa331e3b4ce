// Runs the main file named by BENCH_MAIN, and reports when it was ready, when its page showed BENCH_READY (empty: when
// it was loaded), and then BENCH_WHOLE. The same for the app and its references, and without Playwright, whose
// attaching would be measured, too.
import process from 'node:process'
import { createInterface } from 'node:readline'
import { app, BrowserWindow } from 'electron'

const { BENCH_MAIN: main = '', BENCH_READY: ready = '', BENCH_WHOLE: whole = '' } = process.env
/** @param {string} selector */
const painted = (selector) => `new Promise((resolve) => {
  const selector = ${JSON.stringify(selector)}
  const look = () => document.querySelector(selector) !== null &&
    (observer.disconnect(), requestAnimationFrame(() => requestAnimationFrame(() => resolve(true))))
  const observer = new MutationObserver(look)
  observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-rowcount'] })
  look()
})`

app.once('browser-window-created', (_event, window) => {
  window.webContents.once('dom-ready', () => {
    void tellWhenPainted(window.webContents)
  })
})

const startedAt = performance.now()
await import(main)
// After the main file's own handler, which it has put there first.
const readyMs = app.whenReady().then(() => performance.now() - startedAt)

/** @param {import("electron").WebContents} page */
async function tellWhenPainted(page) {
  if (ready !== '') await page.executeJavaScript(painted(ready))
  const paintedAt = Date.now()
  if (whole !== '') await page.executeJavaScript(painted(whole))
  const wholeAt = Date.now()
  process.stdout.write(`BENCH ${JSON.stringify({ paintedAt, wholeAt, readyMs: await readyMs })}\n`)
}

createInterface({ input: process.stdin }).on('line', () => {
  for (const window of BrowserWindow.getAllWindows()) window.hide()
})

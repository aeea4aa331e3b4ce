// The floor: the smallest Electron app there can be, one sandboxed window with one line of HTML.
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow } from 'electron'

app.whenReady().then(open, () => {
  app.exit(1)
})

function open() {
  const window = new BrowserWindow({ width: 1240, height: 760, webPreferences: { sandbox: true } })
  void window.loadFile(fileURLToPath(new URL('index.html', import.meta.url)))
}

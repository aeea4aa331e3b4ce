// The floor of countdowns: the bare window, with as many texts as the app shows rows, each written anew every second.
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow } from 'electron'

app.whenReady().then(open, () => {
  app.exit(1)
})

function open() {
  const window = new BrowserWindow({ width: 1240, height: 760, webPreferences: { sandbox: true } })
  void window.loadFile(fileURLToPath(new URL('index.html', import.meta.url)))
}

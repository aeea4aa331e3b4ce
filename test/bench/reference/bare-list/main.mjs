// The floor of a list: the bare window, with Vue and 200 rows that nothing is behind.
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow } from 'electron'

app.whenReady().then(open, () => {
  app.exit(1)
})

function open() {
  const window = new BrowserWindow({ width: 1240, height: 760, webPreferences: { sandbox: true } })
  void window.loadFile(fileURLToPath(new URL('index.html', import.meta.url)))
}

// Stands in for Electron's own default app, which the runtime from the npm registry lacks.
// It runs the app whose directory (or file) is named on the command line.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

/** What Electron gives its own default app, and leaves out of its documentation. */
const identity = /** @type {{ setAppPath(path: string): void, setVersion(version: string): void }} */ (
  /** @type {unknown} */ (app)
)

// Chromium's switches and Playwright's (--inspect=0, --remote-debugging-port=0) may stand before it.
const target = process.argv.slice(1).find((argument) => !argument.startsWith('-'))

if (target === undefined) {
  process.stdout.write(`v${process.versions.electron}\n`)
  process.exit(0)
}

Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })

try {
  await import(pathToFileURL(entryOf(path.resolve(target))).href)
} catch (error) {
  process.stderr.write(`Cannot run ${target}: ${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
}

/** @param {string} location a directory with a package.json, or a file */
function entryOf(location) {
  const isDirectory = statSync(location).isDirectory()
  const directory = isDirectory ? location : path.dirname(location)
  const description = path.join(directory, 'package.json')
  identity.setAppPath(directory)
  if (existsSync(description)) {
    const { name, productName, version, desktopName } = JSON.parse(readFileSync(description, 'utf8'))
    if (version) identity.setVersion(version)
    if (productName ?? name) app.name = productName ?? name
    app.setDesktopName(desktopName ?? `${app.name}.desktop`)
    // The switch has moved the profile already.
    if (!app.commandLine.hasSwitch('user-data-dir')) {
      app.setPath('userData', path.join(app.getPath('appData'), app.name))
    }
  }
  return isDirectory ? createRequire(import.meta.url).resolve(location) : location
}

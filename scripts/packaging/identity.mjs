import path from 'node:path'
import { readJson } from '../lib/json.mjs'
import { ROOT } from '../lib/run.mjs'

const { desktopName, version } = /** @type {{ desktopName: string, version: string }} */ (
  readJson(path.join(ROOT, 'package.json'))
)

export const VERSION = version

/**
 * The app's id for operating systems: desktop file, Wayland's app id, WM_CLASS, sender of notifications, macOS bundle.
 * Electron reads it from package.json. Its domain is reserved (RFC 2606) until there is a real one.
 */
export const APP_ID = desktopName.replace(/\.desktop$/u, '')

export const PRODUCT = 'TokenDesk'
/** The name of the program and of its Linux packages. */
export const PROGRAM = 'tokendesk'

/** A deb must name both. Reserved names until there are real ones: docs/RELEASING.md. */
export const HOMEPAGE = 'https://tokendesk.invalid'
export const MAINTAINER = 'TokenDesk contributors <maintainers@tokendesk.invalid>'

export const SUMMARY = 'Desktop token manager'
export const DESCRIPTION =
  'Keeps partner and company accounts logged in, seals their tokens with the keyring of the system, and puts a live JWT into the clipboard.'

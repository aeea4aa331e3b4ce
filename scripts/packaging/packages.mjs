import path from 'node:path'
import process from 'node:process'
import { ROOT } from '../lib/run.mjs'

/** Where packages go: the release's, and apart from it the apps for checks. */
export const OUTPUT = path.join(ROOT, 'out', 'packages')

/** Debs and rpms on the Electron that the tests use. */
export const TEST_PACKAGES = path.join(OUTPUT, 'test-packages')

/**
 * A deb of the build that may be opened to a debugger, and the next version of it, with a release's own code.
 */
export const TEST_DEBS = /** @type {const} */ ([
  { checked: 'test-build', version: '0.1.0' },
  { checked: 'release-code', version: '0.1.1' },
])

/**
 * What an unpacked app for checks is made of: the build that may be opened to a debugger, or the very code of a
 * release, which may not.
 */
export const CHECKED = /** @type {const} */ (['test-build', 'release-code'])

/** @typedef {typeof CHECKED[number]} Checked */

/**
 * The app that electron-builder left unpacked: a folder, or on macOS the bundle in it.
 * @param {string} folder
 */
export function bundleIn(folder) {
  return process.platform === 'darwin' ? path.join(folder, 'TokenDesk.app') : folder
}

/** @param {string} bundle */
export function executableOf(bundle) {
  if (process.platform === 'darwin') return path.join(bundle, 'Contents/MacOS/TokenDesk')
  return path.join(bundle, process.platform === 'win32' ? 'TokenDesk.exe' : 'tokendesk')
}

/**
 * The archive with the app's own part.
 * @param {string} bundle
 */
export function archiveOf(bundle) {
  const resources = process.platform === 'darwin' ? 'Contents/Resources' : 'resources'
  return path.join(bundle, resources, 'app.asar')
}

/**
 * Where `npm run e2e:packaged` has put an app.
 * @param {Checked} checked
 */
export function bundleForChecks(checked) {
  const folders = { linux: 'linux-unpacked', win32: 'win-unpacked', darwin: 'mac' }
  const suffix = process.arch === 'arm64' ? '-arm64' : ''
  const name = folders[/** @type {keyof typeof folders} */ (process.platform)]
  const folder =
    process.platform === 'darwin' || suffix === '' ? `${name}${suffix}` : name.replace('-', `${suffix}-`)
  return bundleIn(path.join(OUTPUT, checked, folder))
}

import process from 'node:process'

/**
 * What decides what can be run here.
 * @typedef {{ platform: NodeJS.Platform, arch: string, hasGlibc: boolean }} Machine
 */

/** @returns {Machine} */
export function thisMachine() {
  const { platform, arch } = process
  return { platform, arch, hasGlibc: platform === 'linux' && hasGlibc(process.report.getReport()) }
}

/**
 * @param {object} report what Node says of itself; with musl, as on Alpine, it names no glibc
 */
export function hasGlibc(report) {
  const { header } = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (report)
  return Boolean(header?.glibcVersionRuntime)
}

/**
 * @param {Machine} machine
 * @returns {string | undefined} a sentence
 */
export function whyNoElectron({ platform, hasGlibc: has }) {
  if (platform !== 'linux' || has) return undefined
  return 'Electron needs glibc, and this system (Alpine?) has another C library: only `npm run check`, `npm run test:unit` and `npm run build` run here.'
}

/**
 * @param {Machine} machine
 * @returns {string | undefined} a sentence
 */
export function whyNoDesktopTests(machine) {
  if (machine.platform === 'linux') return whyNoElectron(machine)
  return 'The built app is tested on a desktop of its own (Xvfb, D-Bus, GNOME keyring, dunst), which there is on Linux only: of the tests only those of `npm run check` run here.'
}

/**
 * The stand-in from the npm registry is one executable.
 * @param {Machine} machine
 */
export function hasStandIn({ platform, arch, hasGlibc: has }) {
  return platform === 'linux' && arch === 'x64' && has
}

/**
 * Some tests need what only root on Linux has, and are told as skipped elsewhere.
 * @param {{ platform: NodeJS.Platform, isRoot: boolean }} who
 * @returns {string | undefined} a sentence
 */
export function whySkips({ platform, isRoot }) {
  if (platform === 'linux' && isRoot) return undefined
  const what = 'Skipped are tests that mount file systems or give files to somebody else'
  return platform === 'linux'
    ? `${what}: they run as root.`
    : `${what}, or put pipes among files: they run on Linux, as root.`
}

/**
 * On CI a skipped test is a hole, unless nobody could run it on that system.
 * @param {{ platform: NodeJS.Platform, isCi: boolean }} where
 */
export function takesNoSkips({ platform, isCi }) {
  return isCi && platform === 'linux'
}

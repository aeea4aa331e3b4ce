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

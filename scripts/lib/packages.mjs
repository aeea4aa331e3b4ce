import path from 'node:path'
import process from 'node:process'
import { readJson } from './json.mjs'
import { ROOT, UserError, npm, run } from './run.mjs'

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, os?: string[],
 *   optionalDependencies?: Record<string, string> }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} LockFile
 */

/** Installs the packages of package-lock.json unless exactly they are installed. */
export async function ensurePackages() {
  const wanted = read(path.join(ROOT, 'package-lock.json'))
  if (!wanted) throw new UserError('package-lock.json is missing: this is not a complete clone.')
  // npm writes this file last, so that an interrupted installation has none.
  const installed = read(path.join(ROOT, 'node_modules', '.package-lock.json'))
  if (installed && isSamePackages(wanted, installed)) return

  console.error('Installing packages (npm ci)...')
  // Standard output belongs to the task: `electron:path` prints nothing else there.
  const status = await run(
    npm(['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']),
    {
      stdio: ['ignore', 2, 2],
    },
  )
  if (status !== 0) throw new UserError(`npm ci failed with status ${String(status)}.`)
}

/**
 * @param {LockFile} wanted package-lock.json
 * @param {LockFile} installed node_modules/.package-lock.json
 * @param {NodeJS.Platform} [platform]
 */
export function isSamePackages(wanted, installed, platform = process.platform) {
  const asked = Object.keys(wanted.packages['']?.optionalDependencies ?? {}).map(
    (name) => `node_modules/${name}`,
  )
  const ours = new Set(asked.filter((location) => isForHere(wanted.packages[location], platform)))
  const known = Object.entries(wanted.packages).filter(([location]) => location !== '')
  const complete = known.every(([location, { version, optional, devOptional }]) => {
    const found = installed.packages[location]
    // Packages for other platforms are in the lock file but never installed.
    if (found) return found.version === version
    return !ours.has(location) && (optional === true || devOptional === true)
  })
  return complete && Object.keys(installed.packages).every((location) => location in wanted.packages)
}

/**
 * What package.json itself asks for as optional, such as what makes packages on Linux, is left out elsewhere only.
 * @param {LockedPackage | undefined} locked
 * @param {NodeJS.Platform} platform
 */
function isForHere(locked, platform) {
  return locked?.os?.includes(platform) ?? true
}

/**
 * @param {string} file
 * @returns {LockFile | undefined}
 */
function read(file) {
  try {
    return /** @type {LockFile} */ (readJson(file))
  } catch {
    return undefined
  }
}

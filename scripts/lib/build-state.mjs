import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './run.mjs'

const SOURCES = [
  'electron',
  'src',
  'docs',
  'scripts/lib/guide-page.ts',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
]
const BUILT = 'out/main/index.js'

/** Whether the app in `out/` is as new as its sources. */
export function isBuilt(root = ROOT) {
  const built = path.join(root, BUILT)
  if (!existsSync(built)) return false
  const builtAt = statSync(built).mtimeMs
  return SOURCES.every((source) => newest(path.join(root, source)) <= builtAt)
}

/**
 * @param {string} location a file or a folder
 * @returns {number} ms since the epoch
 */
function newest(location) {
  const found = statSync(location, { throwIfNoEntry: false })
  if (!found) return 0
  if (!found.isDirectory()) return found.mtimeMs
  // A folder's own time tells of files that were removed.
  return Math.max(found.mtimeMs, ...readdirSync(location).map((name) => newest(path.join(location, name))))
}

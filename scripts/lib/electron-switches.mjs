import { existsSync } from 'node:fs'
import process from 'node:process'

/**
 * What Electron needs when root runs it (containers, CI): Chromium's sandbox refuses root.
 * Never in the product, and nobody else gets them.
 * @param {{ uid?: number | undefined, hasGpu?: boolean }} [machine]
 * @returns {string[]}
 */
export function rootSwitches({ uid = process.getuid?.(), hasGpu = existsSync('/dev/dri') } = {}) {
  if (uid !== 0) return []
  return hasGpu ? ['--no-sandbox'] : ['--no-sandbox', '--disable-gpu']
}

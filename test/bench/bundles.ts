/** What is loaded at a start. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Measure } from './figures'

const KB = 1000

/** All scripts of the window together, whether they load at the start or later. */
export function measureBundles(): Measure[] {
  const folder = 'out/renderer/assets'
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'))
  const zipped = scripts.map((name) => gzipSync(readFileSync(join(folder, name)), { level: 9 }).length)
  const size = (name: string, bytes: number, most: number): Measure => ({
    ...{ name, unit: 'kB', runs: [bytes / KB], reference: null, limit: { of: 'median', most } },
  })
  return [
    size(
      'renderer bundle, gzip',
      zipped.reduce((all, each) => all + each, 0),
      150,
    ),
    size('main bundle, minified', readFileSync('out/main/index.js').length, 500),
  ]
}

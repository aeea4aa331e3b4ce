/** What is loaded at a start. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Measure } from './figures'

const KB = 1000

/** What the window's page names is there before the list; the other scripts come after it. */
export function measureBundles(): Measure[] {
  const folder = 'out/renderer/assets'
  const page = readFileSync('out/renderer/index.html', 'utf8')
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'))
  const first = scripts.filter((name) => page.includes(`/${name}"`))
  const zipped = (names: readonly string[]): number =>
    names.reduce((all, name) => all + gzipSync(readFileSync(join(folder, name)), { level: 9 }).length, 0)
  const size = (name: string, bytes: number, most: number): Measure => ({
    ...{ name, unit: 'kB', runs: [bytes / KB], reference: null, limit: { of: 'median', most } },
  })
  return [
    size('renderer bundle, gzip: for the list', zipped(first), 150),
    size('renderer bundle, gzip: all of it', zipped(scripts), 150),
    size('main bundle, minified', readFileSync('out/main/index.js').length, 500),
  ]
}

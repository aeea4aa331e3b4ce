/** What is loaded at a start. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Measure } from './figures'

const KB = 1000
const MAIN = 'out/main'
const WINDOW = 'out/renderer'
const GATEWAY = 'gateway.js'

/** What the window's page names is there before the list; the other scripts come after it. */
export function measureBundles(): Measure[] {
  const page = readFileSync(join(WINDOW, 'index.html'), 'utf8')
  const all = scriptsIn(join(WINDOW, 'assets'))
  const inMain = scriptsIn(MAIN)
  const first = all.filter(({ name }) => page.includes(`/${name}"`))
  return [
    size('renderer bundle, gzip: for the list', first.map(zipped), 150),
    size('renderer bundle, gzip: all of it', all.map(zipped), 150),
    size('main bundle, minified', inMain.filter(({ name }) => name !== GATEWAY).map(lengthOf), 500),
    // Of another process, which runs only while a gateway is open.
    size('gateway bundle, minified', inMain.filter(({ name }) => name === GATEWAY).map(lengthOf), 150),
  ]
}

interface Script {
  readonly name: string
  readonly text: Buffer
}

function scriptsIn(folder: string): readonly Script[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => ({ name, text: readFileSync(join(folder, name)) }))
}

function lengthOf({ text }: Script): number {
  return text.length
}

function zipped({ text }: Script): number {
  return gzipSync(text, { level: 9 }).length
}

function size(name: string, bytes: readonly number[], most: number): Measure {
  const all = bytes.reduce((sum, each) => sum + each, 0)
  return { name, unit: 'kB', runs: [all / KB], reference: null, limit: { of: 'median', most } }
}

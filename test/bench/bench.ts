// Measures the built app on a real Electron against a bare window in the same run (docs/PERFORMANCE.md). Started by
// `npm run bench`; ends non-zero when a limit is broken.
import { mkdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { parseArgs } from 'node:util'
import { measureActions } from './acting'
import { measureBundles } from './bundles'
import { measureCopy } from './copying'
import { measureDurable } from './durable'
import { figureOf, table, type Measure } from './figures'
import { measureIdle } from './idling'
import { measureImport } from './importing'
import { measureScroll } from './scrolling'
import { measureSearch } from './searching'
import { measureStart } from './starting'
import { measureWakeUp } from './waking'

const COPIES_PER_RUN = 10
const STORES_PER_RUN = 30

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    runs: { type: 'string', default: '9' },
    idle: { type: 'string', default: '60' },
  },
})
const runs = count(values.runs)
const idleSeconds = count(values.idle)

const PARTS: Readonly<Record<string, () => Measure[] | Promise<Measure[]>>> = {
  bundles: measureBundles,
  start: () => measureStart(runs),
  idle: () => measureIdle(idleSeconds),
  copy: () => measureCopy(runs * COPIES_PER_RUN),
  durable: () => measureDurable(runs * STORES_PER_RUN),
  'wake-up': measureWakeUp,
  actions: () => measureActions(runs),
  search: measureSearch,
  scroll: measureScroll,
  import: () => measureImport(runs),
}

const wanted = values.only?.split(',') ?? Object.keys(PARTS)
const figures = []
for (const name of wanted) {
  const measure = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined
  if (measure === undefined)
    throw new Error(
      `There is no part ${name}: [--only ${Object.keys(PARTS).join(',')}] [--runs N] [--idle S]`,
    )
  console.log(`measuring: ${name}`)
  figures.push(...(await measure()).map(figureOf))
}
mkdirSync('out/bench', { recursive: true })
const machine = {
  platform: process.platform,
  cpus: os.cpus().length,
  electron: process.env['ELECTRON_EXEC_PATH'],
}
writeFileSync('out/bench/results.json', `${JSON.stringify({ at: new Date(), machine, figures }, null, 2)}\n`)
const broken = figures.filter(({ kept }) => !kept).length
console.log(`\n${table(figures)}\n\nLimits broken: ${String(broken)}. Kept in out/bench/results.json`)
process.exitCode = broken === 0 ? 0 : 1

function count(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new Error(`${text} is no count.`)
  return number
}

// Tries to break the promise that no rotated token is ever lost (docs/RELIABILITY.md) on the built app, a real
// Electron, keyring and clipboard, and a server that rotates without grace. Started by `npm run torture`.
import os from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { FULL, PARTS, type Part, type Scale } from './built-app/options'
import { createRandom } from '../support/random'
import { keepResults, table, untried } from './built-app/report'
import { torture } from './built-app/run'

const RESULTS = fileURLToPath(new URL('../../out/torture/results.json', import.meta.url))
const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))
const USAGE = `Usage: npm run torture -- [--only ${PARTS.join(',')}] [--seed N]
  [--kills N] [--each-fault N] [--damages N] [--herd N]   how much of each
  [--percent N] [--states N]
  [--app FOLDER]                                           another built app than this repository's`

function partsIn(list: string | undefined): readonly Part[] {
  if (list === undefined) return PARTS
  const wanted = list.split(',')
  const unknown = wanted.filter((name) => !PARTS.some((part) => part === name))
  if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}.\n${USAGE}`)
  return PARTS.filter((part) => wanted.includes(part))
}

function numberIn(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new Error(`${text} is no count.\n${USAGE}`)
  return number
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      seed: { type: 'string' },
      kills: { type: 'string' },
      'each-fault': { type: 'string' },
      damages: { type: 'string' },
      herd: { type: 'string' },
      percent: { type: 'string' },
      states: { type: 'string' },
      app: { type: 'string' },
    },
  })
  const parts = partsIn(values.only)
  const seed = numberIn(values.seed, Math.floor(Math.random() * 1_000_000) + 1)
  const scale: Scale = {
    kills: numberIn(values.kills, FULL.kills),
    eachFault: numberIn(values['each-fault'], FULL.eachFault),
    damages: numberIn(values.damages, FULL.damages),
    herd: numberIn(values.herd, FULL.herd),
    percent: numberIn(values.percent, FULL.percent),
    states: numberIn(values.states, FULL.states),
  }
  console.log(`Torture with seed ${String(seed)}: the same again with --seed ${String(seed)}`)

  const startedAt = new Date()
  const finished = await torture({
    parts,
    scale,
    random: createRandom(seed),
    directory: values.app ?? REPOSITORY,
    tell: (line) => {
      console.log(line)
    },
  })
  const machine = { platform: process.platform, cpus: os.cpus().length, node: process.version }
  keepResults(RESULTS, { seed, startedAt, scale, machine }, finished)
  const broken = finished.reduce((sum, { result }) => sum + result.broken.length, 0)
  const notTried = untried(finished)
  console.log(
    [
      `\n${table(finished)}\n`,
      ...notTried.map((what) => `NOT TRIED  ${what}`),
      `Promises broken: ${String(broken)}. Kept in ${RESULTS}`,
    ].join('\n'),
  )
  return broken === 0 && (notTried.length === 0 || process.env['CI'] !== 'true') ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}

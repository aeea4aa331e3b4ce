/** One rotation's way to the disk, among few accounts and among many. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { spawnMain } from '../support/electron-app'
import { writeAccounts } from '../support/many-accounts'
import type { StoreTimes } from './durable-main'
import type { Measure } from './figures'
import { withReport } from './report'
import { NOWHERE, withProfile } from './with-profile'

const MAIN = 'test/bench/durable-main.ts'
const OUT = 'out/bench'

export async function measureDurable(runs: number): Promise<Measure[]> {
  await bundle()
  // Not in the system's folder for such: that may lie in memory, where nothing is durable.
  mkdirSync(OUT, { recursive: true })
  const folder = resolve(mkdtempSync(join(OUT, 'durable-')))
  try {
    const few = join(folder, 'few')
    const many = join(folder, 'many')
    writeAccounts(few, NOWHERE, { partners: 1, companiesEach: 9 })
    writeAccounts(many, NOWHERE, { partners: 100, companiesEach: 99 })
    const [amongFew, amongMany] = await storeTimes([few, many], runs)
    if (amongFew === undefined || amongMany === undefined) throw new Error('nothing was stored')
    return [
      against('durable store of a rotation, 10 accounts', [amongFew.app, amongFew.bare], 2),
      against('durable store of a rotation, 10,000 accounts', [amongMany.app, amongMany.bare], 2),
      against('durable store, 10,000 accounts against 10', [amongMany.app, amongFew.app], 1.3),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function against(
  name: string,
  [runs, reference]: readonly [readonly number[], readonly number[]],
  most: number,
): Measure {
  return { name, unit: 'ms', runs, reference, limit: { of: 'ratio', most } }
}

function storeTimes(profiles: readonly string[], runs: number): Promise<readonly StoreTimes[]> {
  return withProfile(0, (own) => {
    const child = spawnMain(own, `${OUT}/durable-main.mjs`, {
      env: { BENCH_PROFILES: profiles.join(':'), BENCH_RUNS: String(runs) },
    })
    return withReport(child, (report) => report as readonly StoreTimes[])
  })
}

/** With what of the app it stores by, as the app is bundled. */
async function bundle(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: MAIN,
      target: 'node20.18',
      outDir: OUT,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: '[name].mjs' } },
    },
  })
}

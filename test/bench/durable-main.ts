// Stores a record again and again, in turn as the app does it and as a bare write of the same bytes does, on a real
// Electron. BENCH_PROFILES names the profiles (`:` between them), BENCH_RUNS how often.
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import { createAccountFiles } from '../../electron/main/adapters/account-files'
import type { AccountId } from '../../electron/shared/account'

/** About what a keyring's cipher makes of a JWT, a refresh token and an API key. */
const SEALED_CHARACTERS = 1_400

export interface StoreTimes {
  /** In ms, a run each. */
  readonly app: readonly number[]
  readonly bare: readonly number[]
}

// Not awaited here: Electron is not ready before its main module has been evaluated.
void app.whenReady().then(() => {
  process.stdout.write(`BENCH ${JSON.stringify(storeTimes())}\n`)
})

function storeTimes(): readonly StoreTimes[] {
  const subjects = (process.env['BENCH_PROFILES'] ?? '').split(':').map(subjectIn)
  // The first of each finds nothing warm; it is not counted.
  for (let run = 0; run <= Number(process.env['BENCH_RUNS']); run += 1) {
    for (const { store, bare, times } of subjects) {
      const taken = { app: timeOf(store), bare: timeOf(bare) }
      if (run === 0) continue
      times.app.push(taken.app)
      times.bare.push(taken.bare)
    }
  }
  return subjects.map(({ times }) => times)
}

function subjectIn(profile: string) {
  const folder = join(profile, 'accounts')
  const [name = ''] = readdirSync(folder)
  const path = join(folder, name)
  const id = name.replace('.json', '') as AccountId
  const found = JSON.parse(readFileSync(path, 'utf8')) as { session: object }
  const record = { ...found, session: { ...found.session, sealed: 'x'.repeat(SEALED_CHARACTERS) } }
  const files = createAccountFiles(profile)
  files.write(id, record)
  const bytes = readFileSync(path)
  return {
    store: () => {
      files.write(id, record)
    },
    bare: () => {
      writeBare(path, bytes)
    },
    times: { app: [] as number[], bare: [] as number[] },
  }
}

/** The least that is on the disk, whole or not at all, when it returns. */
function writeBare(path: string, bytes: Buffer): void {
  const written = `${path}.bare`
  const file = openSync(written, 'w', 0o600)
  writeSync(file, bytes)
  fsyncSync(file)
  closeSync(file)
  renameSync(written, path)
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

function timeOf(work: () => void): number {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}

// Breaks protecting lines (test/mutants), one at a time in copies of the tree, and runs the tests that cover them: each
// must fail. Started by `npm run test:mutants`; `-- vault lock` breaks only files whose path has one of these words.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { ALL } from './all'
import { ROOT, tool } from '../../scripts/lib/run.mjs'

/** A broken line may make a test wait for ever. */
const LIMIT_MS = 180_000

interface Mutant {
  readonly file: string
  readonly tests: readonly string[]
  readonly text: string
  readonly broken: string
}

interface Run {
  /** The test that failed first; null when none did. */
  readonly failed: string | null
  /** What kept the tests from being run at all. */
  readonly error: string | null
}

function mutantsFor(words: readonly string[]): readonly Mutant[] {
  return ALL.flatMap(({ file, tests, breaks }) =>
    breaks.map(([text, broken]) => ({ file, tests, text, broken })),
  ).filter(({ file }) => words.length === 0 || words.some((word) => file.includes(word)))
}

/** Null where the text occurs exactly once. */
function whyNotFound({ file, text }: Mutant): string | null {
  const times = readFileSync(path.join(ROOT, file), 'utf8').split(text).length - 1
  return times === 1 ? null : `stands there ${String(times)} times`
}

/** The tree as it is, without what git ignores; the packages are shared. */
function copyTree(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'tokendesk-mutants-'))
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  for (const file of listed.split('\0').filter((name) => name !== '')) {
    mkdirSync(path.dirname(path.join(copy, file)), { recursive: true })
    cpSync(path.join(ROOT, file), path.join(copy, file))
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'), 'junction')
  return copy
}

async function test(copy: string, tests: readonly string[]): Promise<Run> {
  const report = path.join(copy, 'mutant.json')
  rmSync(report, { force: true })
  const [program = '', ...args] = tool('vitest', [
    ...['run', '--config', 'test/vitest.config.ts', '--bail', '1', '--maxWorkers', '1'],
    ...['--reporter=json', `--outputFile=${report}`, ...tests],
  ])
  const child = spawn(program, args, { cwd: copy, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  clearTimeout(limit)
  if (signal !== null) return { failed: 'none ended in time', error: null }
  try {
    const run = outcomeOf(JSON.parse(readFileSync(report, 'utf8')) as Report)
    const hasDied = code !== 0 && run.failed === null && run.error === null
    return hasDied ? { failed: 'the tests’ process died', error: null } : run
  } catch {
    return { failed: null, error: said.trim().split('\n').at(-1) ?? 'Vitest wrote no report' }
  }
}

interface Report {
  readonly numTotalTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

/** A file that does not load is no test that has noticed something. */
function outcomeOf({ numTotalTests, testResults }: Report): Run {
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .find(({ status }) => status === 'failed')
  if (failed !== undefined) return { failed: failed.fullName, error: null }
  const unloaded = testResults.find(({ status }) => status === 'failed')
  if (unloaded !== undefined)
    return { failed: null, error: unloaded.message.split('\n')[0] ?? 'does not load' }
  return { failed: null, error: numTotalTests === 0 ? 'there are no such tests' : null }
}

async function breakOne(copy: string, { file, tests, text, broken }: Mutant): Promise<Run> {
  const target = path.join(copy, file)
  const whole = readFileSync(target, 'utf8')
  writeFileSync(
    target,
    whole.replace(text, () => broken),
  )
  try {
    return await test(copy, tests)
  } finally {
    writeFileSync(target, whole)
  }
}

/** In a line, for people. */
function shown(text: string): string {
  const line = text.trim().replaceAll(/\s+/gu, ' ')
  return line.length > 90 ? `${line.slice(0, 89)}…` : line
}

async function main(words: readonly string[]): Promise<number> {
  const mutants = mutantsFor(words)
  const stale = mutants.flatMap((mutant) => {
    const why = whyNotFound(mutant)
    return why === null ? [] : [`${mutant.file}: ${why}: ${shown(mutant.text)}`]
  })
  if (stale.length > 0 || mutants.length === 0) {
    console.error(['The list does not fit the code (test/mutants):', ...stale].join('\n'))
    return 1
  }
  const copies = Array.from({ length: Math.min(availableParallelism(), 4) }, copyTree)
  try {
    const whole = await test(copies[0] ?? '', [...new Set(mutants.flatMap(({ tests }) => tests))])
    if (whole.failed !== null || whole.error !== null) {
      console.error(`The tests fail with nothing broken: ${whole.failed ?? whole.error ?? ''}`)
      return 1
    }
    const waiting = [...mutants]
    let noticed = 0
    const lane = async (copy: string): Promise<void> => {
      for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
        const { failed, error } = await breakOne(copy, mutant)
        if (failed !== null) noticed += 1
        const mark = failed === null ? '✗' : '✓'
        const by = failed ?? (error === null ? 'NOT NOTICED' : `NOT RUN: ${error}`)
        console.log(
          `${mark} ${mutant.file}\n    ${shown(mutant.text)}  →  ${shown(mutant.broken) || 'left out'}\n    ${by}`,
        )
      }
    }
    await Promise.all(copies.map(lane))
    console.log(`\n${String(noticed)} of ${String(mutants.length)} noticed`)
    return noticed === mutants.length ? 0 : 1
  } finally {
    for (const copy of copies) rmSync(copy, { recursive: true, force: true })
  }
}

process.exitCode = await main(process.argv.slice(2))

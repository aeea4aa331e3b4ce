import { mkdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { packageForChecks, packageForInstallation } from '../packaging/package.mjs'
import { CHECKED } from '../packaging/packages.mjs'
import { readJson } from './json.mjs'
import { takesNoSkips, whySkips } from './platform.mjs'
import { line, playwrightCount, statusCount, sum, table, verdict, vitestCount } from './report.mjs'
import { ROOT, capture, run, tool } from './run.mjs'

const RESULTS = path.join(ROOT, 'out', 'test-results')
const VITEST_REPORT = path.join(RESULTS, 'vitest.json')
const DESKTOP_REPORT = path.join(RESULTS, 'vitest-desktop.json')
const PLAYWRIGHT_REPORT = path.join(RESULTS, 'playwright.json')

/** Projects of test/vitest.config.ts. */
export const WITHOUT_DESKTOP = ['unit', 'component', 'architecture', 'integration', 'resilience']
export const ON_DESKTOP = 'desktop'

/** What the checks remember of files that have not changed since; `npm ci` wipes it. */
const CACHE = path.join(ROOT, 'node_modules', '.cache', 'tokendesk-checks')

/** Programs that read thousands of files: a sixth of their time would go into tidying up a small young heap. */
const ROOMY = '--max-semi-space-size=128'

/**
 * @typedef {import('./report.mjs').Count} Count
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {(env: NodeJS.ProcessEnv) => Promise<Count>} run
 * @property {boolean} [isQuiet] it uses one core at most and says what it has to say at its end: these run side by side
 * @property {string} [needs] a step that must have passed: without it this one is not run, and fails
 */

/** @type {Step} */
export const BUILD = { name: 'build', run: program('electron-vite', ['build', '--logLevel', 'warn']) }

/**
 * Needs no display, no Electron and nothing of the system's. The slowest first, so that the others run beside it.
 * @type {Step[]}
 */
export const CHECKS = [
  quiet('lint', 'eslint', [
    ...['--max-warnings', '0', '--cache', '--cache-strategy', 'content'],
    ...['--cache-location', path.join(CACHE, 'eslint.json'), '.'],
  ]),
  quiet('types of the window', 'vue-tsc', ['-p', 'src/tsconfig.json', '--noEmit', ...incremental('window')]),
  quiet('format', 'prettier', [
    ...['--check', '--cache', '--cache-strategy', 'content'],
    ...['--cache-location', path.join(CACHE, 'prettier.json'), '.'],
  ]),
  quiet('types', 'typescript', ['-p', 'tsconfig.json', '--noEmit', ...incremental('main')], 'tsc'),
  quiet('unused code', 'knip', ['--cache', '--cache-location', path.join(CACHE, 'knip')]),
  quietly('workflows', [process.execPath, path.join(ROOT, 'scripts', 'lint-workflows.mjs')]),
  { name: 'unit, component, integration', run: (env) => vitest(env, WITHOUT_DESKTOP) },
  BUILD,
]

/**
 * Its tests wait for time-outs more than they work.
 * @type {Step}
 */
const DESKTOP = {
  name: 'integration on a desktop',
  isQuiet: true,
  run: (env) =>
    vitest(env, [ON_DESKTOP], [], {
      report: DESKTOP_REPORT,
      runs: (command) => printedAtItsEnd('integration on a desktop', command, env),
    }),
}

/**
 * @param {readonly string[]} args for Playwright
 * @returns {Step[]}
 */
export function endToEnd(args) {
  return [BUILD, { name: 'end to end', needs: BUILD.name, run: (env) => playwright(env, 'built', args) }]
}

/**
 * A picture of each state, light and dark, for people to look at: out/screens.
 * @param {readonly string[]} args for Playwright
 * @returns {Step[]}
 */
export function pictures(args) {
  return [BUILD, { name: 'pictures', needs: BUILD.name, run: (env) => playwright(env, 'pictures', args) }]
}

/**
 * Both apps for checks: the one that tests drive, and the one with a release's own code.
 * @type {Step}
 */
export const PACKAGE = {
  name: 'package',
  run: () =>
    made(async () => {
      for (const checked of CHECKED) await packageForChecks(checked)
    }),
}

/** @type {Step} */
export const PACKAGES = { name: 'deb and rpm', run: () => made(packageForInstallation) }

/**
 * @param {() => Promise<void>} make
 * @returns {Promise<Count>}
 */
async function made(make) {
  try {
    await make()
    return statusCount(0)
  } catch (error) {
    console.error(error)
    return statusCount(1)
  }
}

/**
 * @param {readonly string[]} args for Playwright
 * @returns {Step[]}
 */
export function endToEndPackaged(args) {
  return [
    PACKAGE,
    { name: 'end to end, packaged', needs: PACKAGE.name, run: (env) => playwright(env, 'packaged', args) },
  ]
}

/** @type {Step[]} */
export const EVERYTHING = [DESKTOP, ...CHECKS.slice(0, -1), ...endToEnd([]), ...endToEndPackaged([])]

/**
 * Runs the steps, on after a failing one, and prints what came of them: quiet ones side by side, one more than there
 * are cores, since one of them mostly waits; then the others in their order.
 * @param {readonly Step[]} steps
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} exit status
 */
export async function runSteps(steps, env) {
  // Not the whole folder: Playwright keeps what a failed test left there until its own next run.
  for (const report of [VITEST_REPORT, DESKTOP_REPORT, PLAYWRIGHT_REPORT]) rmSync(report, { force: true })
  mkdirSync(RESULTS, { recursive: true })
  mkdirSync(CACHE, { recursive: true })

  const startedAt = performance.now()
  /** @type {import('./report.mjs').StepResult[]} */
  const results = []
  const waiting = steps.filter(({ isQuiet }) => isQuiet)
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift())
      results.push(await timed(step, results, env))
  }
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, lane))
  for (const step of steps.filter(({ isQuiet }) => !isQuiet)) {
    heading(step.name)
    const result = await timed(step, results, env)
    results.push(result)
    console.log(table([result]))
  }
  const total = sum(results)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
  console.log(`\n${table(results)}\n\nAll of it in ${seconds} s.`)
  const { platform } = process
  const reason = whySkips({ platform, isRoot: process.getuid?.() === 0 })
  if (total.skipped > 0 && reason) console.log(reason)
  console.log(line(total))
  return verdict(total, { noSkips: takesNoSkips({ platform, isCi: process.env['CI'] === 'true' }) })
}

/** @param {string} name */
function heading(name) {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 76 - name.length))}`)
}

/**
 * @param {Step} step
 * @param {readonly import('./report.mjs').StepResult[]} results of the steps before
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import('./report.mjs').StepResult>}
 */
async function timed(step, results, env) {
  const startedAt = performance.now()
  const count = await runStep(step, results, env)
  return { name: step.name, count, durationMs: performance.now() - startedAt }
}

/**
 * @param {Step} step
 * @param {readonly import('./report.mjs').StepResult[]} results of the steps before
 * @param {NodeJS.ProcessEnv} env
 */
async function runStep(step, results, env) {
  const needed = results.find(({ name }) => name === step.needs)
  if (needed && needed.count.failed > 0) {
    console.log(`Not run, and so failed: ${needed.name} failed.`)
    return statusCount(1)
  }
  return step.run(env)
}

/**
 * @param {string} packageName
 * @param {readonly string[]} args
 * @param {string} [name]
 * @returns {Step['run']}
 */
function program(packageName, args, name = packageName) {
  return async (env) => statusCount(await run(tool(packageName, args, name), { env }))
}

/**
 * A program that prints little: all of it once it has ended, so that two of them can run side by side.
 * @param {string} name
 * @param {string} packageName
 * @param {readonly string[]} args
 * @param {string} [bin] when the package has several programs
 * @returns {Step}
 */
function quiet(name, packageName, args, bin = packageName) {
  return {
    ...quietly(name, []),
    run: (env) => {
      const [node = '', ...rest] = tool(packageName, args, bin)
      return quietly(name, [node, ROOMY, ...rest]).run(env)
    },
  }
}

/**
 * @param {string} name
 * @param {readonly string[]} command
 * @returns {Step}
 */
function quietly(name, command) {
  return {
    name,
    isQuiet: true,
    run: async (env) => statusCount(await printedAtItsEnd(name, command, env)),
  }
}

/**
 * @param {string} name
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} env
 */
async function printedAtItsEnd(name, command, env) {
  const { status, stdout, stderr } = await capture(command, { env })
  heading(name)
  process.stdout.write(stdout + stderr)
  return status
}

/**
 * @param {string} name of what is remembered
 * @returns {string[]} arguments for the type checker
 */
function incremental(name) {
  return ['--incremental', '--tsBuildInfoFile', path.join(CACHE, `types-${name}.json`)]
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} projects of test/vitest.config.ts
 * @param {readonly string[]} [more] arguments for Vitest
 * @param {{ report?: string, runs?: (command: readonly string[]) => Promise<number> }} [how] where its report goes, and
 *   what runs it
 * @returns {Promise<Count>}
 */
export async function vitest(env, projects, more = [], how = {}) {
  /** @type {(command: readonly string[]) => Promise<number>} */
  const runInTheOpen = (command) => run(command, { env })
  const { report = VITEST_REPORT, runs = runInTheOpen } = how
  // What other projects left there says nothing about these.
  rmSync(report, { force: true })
  const args = [
    ...['run', '--config', 'test/vitest.config.ts'],
    ...projects.flatMap((project) => ['--project', project]),
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ...more,
  ]
  const status = await runs(tool('vitest', args))
  return vitestCount(readReport(report), status)
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {'built' | 'packaged' | 'installed' | 'pictures'} project of test/playwright.config.ts
 * @param {readonly string[]} args
 */
export async function playwright(env, project, args) {
  // What the other project left there says nothing about this one.
  rmSync(PLAYWRIGHT_REPORT, { force: true })
  const command = tool(
    '@playwright/test',
    ['test', '--config', 'test/playwright.config.ts', `--project=${project}`, ...args],
    'playwright',
  )
  const status = await run(command, { env })
  return playwrightCount(readReport(PLAYWRIGHT_REPORT), status)
}

/**
 * @param {string} file
 * @returns {unknown}
 */
function readReport(file) {
  try {
    return readJson(file)
  } catch {
    return undefined
  }
}

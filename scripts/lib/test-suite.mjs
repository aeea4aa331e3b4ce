import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { packageForChecks } from '../packaging/package.mjs'
import { CHECKED } from '../packaging/packages.mjs'
import { readJson } from './json.mjs'
import { line, playwrightCount, statusCount, sum, table, verdict, vitestCount } from './report.mjs'
import { ROOT, run, tool } from './run.mjs'

const RESULTS = path.join(ROOT, 'out', 'test-results')
const VITEST_REPORT = path.join(RESULTS, 'vitest.json')
const PLAYWRIGHT_REPORT = path.join(RESULTS, 'playwright.json')

/**
 * @typedef {import('./report.mjs').Count} Count
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {(env: NodeJS.ProcessEnv) => Promise<Count>} run
 * @property {string} [needs] a step that must have passed: without it this one is not run, and fails
 */

/** @type {Step} */
const BUILD = { name: 'build', run: program('electron-vite', ['build']) }

/** @type {Step[]} */
export const CHECKS = [
  { name: 'format', run: program('prettier', ['--check', '.']) },
  { name: 'lint', run: program('eslint', ['--max-warnings', '0', '.']) },
  { name: 'types', run: program('typescript', ['-p', 'tsconfig.json', '--noEmit'], 'tsc') },
  { name: 'types of the window', run: program('vue-tsc', ['-p', 'src/tsconfig.json', '--noEmit']) },
  { name: 'unused code', run: program('knip', []) },
  { name: 'unit, component, integration', run: vitest },
  BUILD,
]

/**
 * @param {readonly string[]} args for Playwright
 * @returns {Step[]}
 */
export function endToEnd(args) {
  return [BUILD, { name: 'end to end', needs: BUILD.name, run: (env) => playwright(env, 'built', args) }]
}

/**
 * Both apps for checks: the one that tests drive, and the one with a release's own code.
 * @type {Step}
 */
const PACKAGE = {
  name: 'package',
  run: async () => {
    try {
      for (const checked of CHECKED) await packageForChecks(checked)
      return statusCount(0)
    } catch (error) {
      console.error(error)
      return statusCount(1)
    }
  },
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
export const EVERYTHING = [...CHECKS.slice(0, -1), ...endToEnd([]), ...endToEndPackaged([])]

/**
 * Runs the steps in order, on after a failing one, and prints what came of them.
 * @param {readonly Step[]} steps
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} exit status
 */
export async function runSteps(steps, env) {
  // Not the whole folder: Playwright keeps what a failed test left there until its own next run.
  for (const report of [VITEST_REPORT, PLAYWRIGHT_REPORT]) rmSync(report, { force: true })
  mkdirSync(RESULTS, { recursive: true })

  /** @type {import('./report.mjs').StepResult[]} */
  const results = []
  for (const step of steps) {
    console.log(`\n── ${step.name} ${'─'.repeat(Math.max(0, 76 - step.name.length))}`)
    const startedAt = performance.now()
    const count = await runStep(step, results, env)
    results.push({ name: step.name, count, durationMs: performance.now() - startedAt })
  }
  const total = sum(results)
  console.log(`\n${table(results)}\n\n${line(total)}`)
  return verdict(total, { noSkips: process.env['CI'] === 'true' })
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

/** @type {Step['run']} */
async function vitest(env) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_REPORT}`]
  const status = await run(tool('vitest', ['run', '--config', 'test/vitest.config.ts', ...reporters]), {
    env,
  })
  return vitestCount(readReport(VITEST_REPORT), status)
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {'built' | 'packaged'} project of test/playwright.config.ts
 * @param {readonly string[]} args
 */
async function playwright(env, project, args) {
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

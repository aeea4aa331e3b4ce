import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { beforeExit } from './cleanup.mjs'
import { readJson } from './json.mjs'

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '')

/** An error that the user can act on: its message is shown without a stack trace. */
export class UserError extends Error {}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {import('node:child_process').StdioOptions} [stdio]
 * @property {number} [timeout] ms
 */

/**
 * Runs a command to its end. An interrupted task takes its command with it.
 * @param {readonly string[]} command
 * @param {RunOptions} [options]
 * @returns {Promise<number>} its exit status; 128 + n when signal n ended it, 127 when it could not start
 */
export async function run([file = '', ...args], options = {}) {
  const child = spawn(file, args, { cwd: ROOT, stdio: 'inherit', ...options })
  const forget = beforeExit(() => end(child))
  try {
    return await statusOf(child)
  } catch (error) {
    console.error(`Could not start ${file}: ${error instanceof Error ? error.message : String(error)}`)
    return 127
  } finally {
    await forget()
  }
}

/**
 * Runs a command and keeps what it prints.
 * @param {readonly string[]} command
 * @param {RunOptions} [options]
 * @returns {Promise<{ status: number, stdout: string, stderr: string }>}
 */
export async function capture([file = '', ...args], options = {}) {
  const child = spawn(file, args, { cwd: ROOT, ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const forget = beforeExit(() => end(child))
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (stderr += text))
  try {
    return { status: await statusOf(child), stdout, stderr }
  } catch (error) {
    return { status: 127, stdout, stderr: error instanceof Error ? error.message : String(error) }
  } finally {
    await forget()
  }
}

/**
 * Ends a process by its pid: asks, then insists.
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} [patienceMs]
 */
export async function end(child, patienceMs = 5000) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const insist = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  await gone
  clearTimeout(insist)
}

/**
 * The command that runs npm. Under `npm run` it is the very npm that was called.
 * @param {readonly string[]} args
 */
export function npm(args) {
  const script = process.env['npm_execpath']
  return script?.endsWith('.js') ? [process.execPath, script, ...args] : ['npm', ...args]
}

/**
 * The command that runs an installed package's program, with no shell and no `.cmd` between.
 * @param {string} packageName
 * @param {readonly string[]} args
 * @param {string} [program] when the package has several
 */
export function tool(packageName, args, program = packageName) {
  const folder = path.join(ROOT, 'node_modules', packageName)
  const description = readJson(path.join(folder, 'package.json'))
  const { bin } = /** @type {{ bin: string | Record<string, string> }} */ (description)
  const script = typeof bin === 'string' ? bin : bin[program]
  if (script === undefined) throw new Error(`${packageName} has no program "${program}"`)
  return [process.execPath, path.join(folder, script), ...args]
}

/** @param {import('node:child_process').ChildProcess} child */
async function statusOf(child) {
  const ending = /** @type {[number | null, NodeJS.Signals | null]} */ (
    /** @type {unknown} */ (await once(child, 'close'))
  )
  const [code, signal] = ending
  return code ?? 128 + (signal ? constants.signals[signal] : 0)
}

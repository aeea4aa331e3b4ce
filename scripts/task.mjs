#!/usr/bin/env node
// The one entry to everything that can be done with a clone. It needs only Node and npm, and does
// all set-up itself, so only what Node brings may be imported here and in what it imports.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { isBuilt } from './lib/build-state.mjs'
import { startDesktopSession } from './lib/desktop-session.mjs'
import { resolveElectron } from './lib/electron-runtime.mjs'
import { rootSwitches } from './lib/electron-switches.mjs'
import { exitWith } from './lib/exit-status.mjs'
import { shippedPackages, thirdPartyPage } from './lib/licences.mjs'
import { longParts } from './lib/long-run.mjs'
import { requireNode } from './lib/node-version.mjs'
import { ensurePackages } from './lib/packages.mjs'
import { thisMachine, whyNoDesktopTests } from './lib/platform.mjs'
import { ROOT, UserError, run, tool } from './lib/run.mjs'
import { YES, ensureSystemLibraries } from './lib/system-libraries.mjs'
import { packageApp } from './packaging/package.mjs'
import { prepareForPublication } from './packaging/publication.mjs'
import {
  CHECKS,
  EVERYTHING,
  WITHOUT_DESKTOP,
  endToEnd,
  endToEndPackaged,
  pictures,
  runSteps,
} from './lib/test-suite.mjs'

/** @type {Record<string, { does: string, run: (args: string[]) => Promise<number> }>} */
const TASKS = {
  demo: { does: 'show the app at work on a demo server (--once: do the job and end)', run: demo },
  start: { does: 'run the app on your own profile', run: start },
  dev: { does: 'run the app with hot reload, on a profile and a demo service of its own', run: dev },
  test: { does: 'all checks and all tests', run: test },
  check: { does: 'all that needs neither a display nor Electron', run: () => runSteps(CHECKS, process.env) },
  'test:unit': { does: 'tests of Vitest by name, with its own arguments (--watch)', run: testUnit },
  'test:long': {
    does: 'what takes a night: more of each, under other locales, zones and orders (or only the parts named)',
    run: (args) =>
      forDesktops((env) => runSteps(longParts(args), env), {
        installing: args.length === 0 || args.includes('installed'),
      }),
  },
  'test:mutants': {
    does: 'break guarding lines one at a time and see the tests notice (words choose files)',
    run: (args) => run(tool('tsx', ['test/mutants/mutants.ts', ...args])),
  },
  build: { does: 'build the app into out/', run: build },
  e2e: {
    does: 'build, then the end-to-end tests (arguments go to Playwright)',
    run: (args) => forDesktops((env) => runSteps(endToEnd(args), env)),
  },
  'e2e:packaged': {
    does: 'package for checks, then the end-to-end tests of the packaged app',
    run: (args) => forDesktops((env) => runSteps(endToEndPackaged(args), env)),
  },
  package: {
    does: 'make the installers of this platform (--test-runtime: a deb and an rpm to check; --dir: no installer)',
    run: packageApp,
  },
  publication: {
    does: 'check packages that are to be published, write their sums and what they are made of',
    run: publication,
  },
  torture: { does: 'try to break the promise that no token is lost (docs/RELIABILITY.md)', run: torture },
  bench: { does: 'measure the built app against a bare window (docs/PERFORMANCE.md)', run: bench },
  pictures: {
    does: 'take a picture of every state, light and dark, into out/screens (arguments go to Playwright)',
    run: (args) => forDesktops((env) => runSteps(pictures(args), env)),
  },
  screenshots: { does: 'take the pictures of the user guide (or only those named)', run: screenshots },
  licences: { does: 'write THIRD-PARTY.md anew', run: licences },
  'electron:path': { does: 'print the path of the Electron in use', run: electronPath },
  desktop: {
    does: 'run a command on a desktop of its own, as the tests do',
    run: (args) => onOwnDesktop((env) => run(args, { env })),
  },
}

exitWith(await main(process.argv.slice(2)))

/**
 * @param {string[]} argv
 * @returns {Promise<number>} exit status
 */
async function main([name = '', ...args]) {
  try {
    const task = Object.hasOwn(TASKS, name) ? TASKS[name] : undefined
    if (!task) throw new UserError(usage())
    requireNode(process.versions.node)
    await ensurePackages()
    return await task.run((args[0] === '--' ? args.slice(1) : args).filter((arg) => arg !== YES))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    console.error(`\n${error.message}`)
    return 1
  }
}

function usage() {
  const lines = Object.entries(TASKS).map(([name, { does }]) => `  ${name.padEnd(14)} ${does}`)
  return `Usage: node scripts/task.mjs <task> [arguments]\n\n${lines.join('\n')}`
}

/**
 * For tests, which make their desktops themselves (test/support/own-desktop.ts).
 * @param {(env: NodeJS.ProcessEnv) => Promise<number>} work
 * @param {{ installing?: boolean }} [need]
 */
async function forDesktops(work, need) {
  const refusal = whyNoDesktopTests(thisMachine())
  if (refusal) throw new UserError(refusal)
  const { executable } = await resolveElectron()
  await ensureSystemLibraries({ ...need, executable, desktop: true })
  return work({ ...process.env, ELECTRON_EXEC_PATH: executable })
}

/**
 * What drives the app without being a test has one desktop. Elsewhere than on Linux there is only the user's.
 * @param {(env: NodeJS.ProcessEnv) => Promise<number>} work
 * @param {{ onUsersDisplay?: boolean }} [options]
 */
async function onOwnDesktop(work, options) {
  const refusal = whyNoDesktopTests(thisMachine())
  // Elsewhere than on Linux the user's own will do for what shows itself to them.
  if (refusal && !options?.onUsersDisplay) throw new UserError(refusal)
  const { executable } = await resolveElectron()
  await ensureSystemLibraries({ executable, desktop: true })
  const electron = { ELECTRON_EXEC_PATH: executable }
  if (process.platform !== 'linux') return work({ ...process.env, ...electron })

  const session = await startDesktopSession(options)
  try {
    return await work({ ...session.env, ...electron })
  } finally {
    await session.stop()
  }
}

/**
 * @param {(env: NodeJS.ProcessEnv & { ELECTRON_EXEC_PATH: string }) => Promise<number>} work
 */
async function onUsersDesktop(work) {
  if (!hasDisplay()) {
    throw new UserError('There is no display to open a window on. `npm run demo -- --once` brings its own.')
  }
  const { executable } = await resolveElectron()
  await ensureSystemLibraries({ executable, desktop: false })
  return work({ ...process.env, ELECTRON_EXEC_PATH: executable })
}

function hasDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  return process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY)
}

async function test() {
  const refusal = whyNoDesktopTests(thisMachine())
  if (!refusal) return forDesktops((env) => runSteps(EVERYTHING, env))
  const status = await runSteps(CHECKS, process.env)
  console.log(`\n${refusal}`)
  return status
}

/** @param {string[]} args for Vitest */
function testUnit(args) {
  const projects = WITHOUT_DESKTOP.flatMap((project) => ['--project', project])
  return run(
    tool('vitest', [
      ...(args.includes('--watch') ? [] : ['run']),
      '--config',
      'test/vitest.config.ts',
      ...projects,
      ...args,
    ]),
  )
}

/** @param {string[]} args for electron-vite */
function build(args) {
  return run(tool('electron-vite', ['build', ...args]))
}

async function buildIfNeeded() {
  return isBuilt() ? 0 : build(['--logLevel', 'warn'])
}

/** @param {string[]} args for the app */
function start(args) {
  return onUsersDesktop(async (env) => {
    const status = await buildIfNeeded()
    return status === 0 ? run([env.ELECTRON_EXEC_PATH, ...rootSwitches(), '.', ...args], { env }) : status
  })
}

/** @param {string[]} args for electron-vite */
function dev(args) {
  return onUsersDesktop((env) => run(tool('tsx', ['test/demo/dev.ts', ...args]), { env }))
}

/** @param {string[]} args */
function demo(args) {
  // A keyring of its own even on the user's display: it is a demo, and theirs may be locked or absent.
  return onOwnDesktop(
    async (env) => {
      const status = await buildIfNeeded()
      return status === 0 ? run(tool('tsx', ['test/demo/demo.ts', ...args]), { env }) : status
    },
    { onUsersDisplay: hasDisplay() },
  )
}

/** @param {string[]} args */
function torture(args) {
  return onOwnDesktop(async (env) => {
    const status = await buildIfNeeded()
    return status === 0 ? run(tool('tsx', ['test/resilience/torture.ts', ...args]), { env }) : status
  })
}

/** @param {string[]} args */
function bench(args) {
  return onOwnDesktop(async (env) => {
    const status = await build(['--logLevel', 'warn'])
    return status === 0 ? run(tool('tsx', ['test/bench/bench.ts', ...args]), { env }) : status
  })
}

/** @param {string[]} args names of pictures */
function screenshots(args) {
  return onOwnDesktop(async (env) => {
    const status = await buildIfNeeded()
    return status === 0 ? run(tool('tsx', ['test/pictures/guide-pictures.ts', ...args]), { env }) : status
  })
}

function licences() {
  writeFileSync(path.join(ROOT, 'THIRD-PARTY.md'), thirdPartyPage(shippedPackages(ROOT)))
  return Promise.resolve(0)
}

/** @param {string[]} args the folder of the packages */
async function publication([folder]) {
  if (!folder) throw new UserError('Name the folder of the packages.')
  await prepareForPublication(path.resolve(folder))
  return 0
}

async function electronPath() {
  const { executable } = await resolveElectron()
  console.log(executable)
  return 0
}

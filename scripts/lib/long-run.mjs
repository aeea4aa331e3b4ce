import process from 'node:process'
import { statusCount, sum } from './report.mjs'
import { ROOT, UserError, run } from './run.mjs'
import { BUILD, ON_DESKTOP, PACKAGE, PACKAGES, WITHOUT_DESKTOP, playwright, vitest } from './test-suite.mjs'

/**
 * @typedef {import('./test-suite.mjs').Step} Step
 * @typedef {{ does: string, after: readonly Step[], run: Step['run'] }} Part
 */

/** As test/support/length.ts reads it. */
const LONG = { TEST_LENGTH: 'long' }

/** The kinds of input that a machine makes up. */
const FUZZED = [
  'test/integration/ipc-fuzz.test.ts',
  'test/integration/gateway/same-as-direct.test.ts',
  ...['csv', 'json-cursor', 'import-rows', 'import-fuzz'].map(
    (name) => `test/unit/core/transfer/${name}.test.ts`,
  ),
  'test/unit/core/jwt/identify-fuzz.test.ts',
  'test/unit/shared/copy-format.test.ts',
  'test/unit/shared/first-rows.test.ts',
]

/**
 * Run before a release and every night; each has a short form in `npm test`.
 * @type {Readonly<Record<string, Part>>}
 */
export const LONG_PARTS = {
  soak: part(
    'months of reminders and renewals for 5,000 accounts',
    [],
    inVitest(['test/unit/core/notifications/account-monitor.soak.test.ts']),
  ),
  model: part(
    '50,000 sequences of the rotation journal',
    [],
    inVitest(['test/unit/core/session/rotation.model.test.ts']),
  ),
  fuzz: part('made-up messages, files and values', [], inVitest(FUZZED)),
  torture: part(
    'kills, faults, damage, a herd and full disks',
    [BUILD],
    torture('kill,faults,damage,herd,disk'),
  ),
  resilience: part('every case of a disk that is nearly full or fails', [BUILD], torture('resilience')),
  power: part('thousands of states that a loss of power may leave', [BUILD], torture('power')),
  wayland: part('20 starts of each kind on weston and on sway', [BUILD], (env) =>
    playwright({ ...env, ...LONG }, 'built', ['e2e/wayland-']),
  ),
  installed: part('the deb and the rpm, installed by an ordinary user', [PACKAGES], (env) =>
    playwright({ ...env, ...LONG }, 'installed', []),
  ),
  pictures: part('every state of the window, light and dark', [BUILD], (env) =>
    playwright(env, 'pictures', []),
  ),
  locale: part(
    'all tests in German',
    [BUILD, PACKAGE],
    wholeSuite({ LC_ALL: 'de_DE.UTF-8', LANGUAGE: 'de' }),
  ),
  zone: part('all tests 14 hours ahead of UTC', [BUILD, PACKAGE], wholeSuite({ TZ: 'Pacific/Kiritimati' })),
  order: part(
    'all tests in random order',
    [BUILD, PACKAGE],
    wholeSuite({}, { vitest: ['--sequence.shuffle'], playwright: ['--shuffle', '--fully-parallel'] }),
  ),
}

/**
 * @param {readonly string[]} names of parts; none for all
 * @returns {Step[]} what they need first, then the parts in the order of `LONG_PARTS`
 */
export function longParts(names) {
  const unknown = names.filter((name) => !Object.hasOwn(LONG_PARTS, name))
  if (unknown.length > 0) {
    const known = Object.entries(LONG_PARTS).map(([name, { does }]) => `  ${name.padEnd(10)} ${does}`)
    throw new UserError(
      `There is no part ${unknown.join(', ')} of the long run. There are:\n\n${known.join('\n')}`,
    )
  }
  const wanted = Object.entries(LONG_PARTS).filter(([name]) => names.length === 0 || names.includes(name))
  const before = new Set(wanted.flatMap(([, { after }]) => after))
  return [
    ...before,
    ...wanted.map(([name, { after, run: runPart }]) => {
      const needs = after.at(-1)?.name
      return { name, run: runPart, ...(needs !== undefined && { needs }) }
    }),
  ]
}

/**
 * @param {string} does
 * @param {readonly Step[]} after
 * @param {Step['run']} runPart
 * @returns {Part}
 */
function part(does, after, runPart) {
  return { does, after, run: runPart }
}

/**
 * @param {readonly string[]} files
 * @returns {Step['run']}
 */
function inVitest(files) {
  return (env) => vitest({ ...env, ...LONG }, WITHOUT_DESKTOP, ['--testTimeout=3600000', ...files])
}

/**
 * @param {string} only
 * @returns {Step['run']}
 */
function torture(only) {
  return async (env) => {
    const command = [process.execPath, 'scripts/task.mjs', 'torture', '--only', only]
    return statusCount(await run(command, { cwd: ROOT, env }))
  }
}

/**
 * Every test of `npm test`; what only reads the source says the same everywhere.
 * @param {NodeJS.ProcessEnv} surroundings
 * @param {{ vitest?: readonly string[], playwright?: readonly string[] }} [args]
 * @returns {Step['run']}
 */
function wholeSuite(surroundings, args = {}) {
  return async (given) => {
    const env = { ...given, ...surroundings }
    const projects = [...WITHOUT_DESKTOP.filter((name) => name !== 'architecture'), ON_DESKTOP]
    const counts = [
      await vitest(env, projects, args.vitest),
      await playwright(env, 'built', args.playwright ?? []),
      await playwright(env, 'packaged', args.playwright ?? []),
    ]
    return sum(counts.map((count) => ({ count })))
  }
}

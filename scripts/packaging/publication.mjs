import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { officialVersion } from '../lib/electron-runtime.mjs'
import { shippedPackages } from '../lib/licences.mjs'
import { ROOT, UserError, capture, npm } from '../lib/run.mjs'
import { APP_ID, HOMEPAGE, MAINTAINER } from './identity.mjs'

const SUMS = 'SHA256SUMS'
const BILL_OF_MATERIALS = 'tokendesk.cdx.json'

/**
 * Refuses what nobody may be given; then writes, beside the packages, their sums and what they are made of.
 * @param {string} folder
 */
export async function prepareForPublication(folder) {
  const files = readdirSync(folder)
    .filter((name) => name !== SUMS)
    .sort()
  const problems = [...(await problemsOf(folder, files)), ...inventedNames()]
  if (problems.length > 0) throw new UserError(`This is not to be published:\n  ${problems.join('\n  ')}`)
  writeFileSync(path.join(folder, BILL_OF_MATERIALS), `${JSON.stringify(await billOfMaterials(), null, 2)}\n`)
  const all = [...new Set([...files, BILL_OF_MATERIALS])].sort()
  writeFileSync(
    path.join(folder, SUMS),
    all.map((name) => `${sumOf(path.join(folder, name))}  ${name}\n`).join(''),
  )
}

/**
 * Packages know their own name, however their file was renamed.
 * @param {string} folder
 * @param {readonly string[]} files
 */
export async function problemsOf(folder, files) {
  const names = await Promise.all(
    files.map(async (name) => ({ name, is: await nameOf(path.join(folder, name)) })),
  )
  const problems = names
    .filter(({ is }) => /-test(?![a-z])/u.test(is))
    .map(({ name }) => `${name} is made with the Electron of the tests, which gets no security fixes.`)
  return files.length > 0 ? problems : ['There are no packages.']
}

/** @param {string} file */
async function nameOf(file) {
  const asks = {
    '.deb': ['dpkg-deb', '--field', file, 'Package'],
    '.rpm': ['rpm', '--query', '--package', '--nosignature', '--queryformat', '%{NAME}', file],
  }
  const ask = Object.entries(asks).find(([extension]) => extension === path.extname(file))?.[1]
  if (!ask) return path.basename(file)
  const { status, stdout, stderr } = await capture(ask)
  if (status !== 0) throw new UserError(`${file} can't be read: ${stderr.trim()}`)
  return stdout.trim()
}

function inventedNames() {
  return [APP_ID.split('.').reverse().join('.'), HOMEPAGE, MAINTAINER]
    .filter((name) => /\.invalid\b/u.test(name))
    .map((name) => `${name} is a name that nobody can own: package.json, scripts/packaging/identity.mjs.`)
}

/** @param {string} file */
function sumOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

/**
 * @typedef {{ 'bom-ref': string, name: string, version: string }} Component
 * @typedef {{ components: Component[], dependencies: { ref: string, dependsOn: string[] }[] }} Bill
 */

/**
 * npm's own bill, as CycloneDX, with only what is in the app: `--omit dev` leaves out what a development package needs as
 * well, such as Vue, and Electron.
 */
export async function billOfMaterials() {
  const { status, stdout, stderr } = await capture(
    npm(['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'application']),
  )
  if (status !== 0) throw new UserError(`npm sbom failed: ${stderr}`)
  /** @type {unknown} */
  const parsed = JSON.parse(stdout)
  const bill = /** @type {Bill} */ (parsed)
  const shipped = new Set(shippedPackages(ROOT).map(({ name, version }) => `${name}@${version}`))
  shipped.add(`electron@${officialVersion()}`)
  const components = bill.components.filter(({ name, version }) => shipped.has(`${name}@${version}`))
  const left = new Set(
    bill.components.filter((each) => !components.includes(each)).map((each) => each['bom-ref']),
  )
  const dependencies = bill.dependencies
    .filter(({ ref }) => !left.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => !left.has(each)) }))
  return { ...bill, components, dependencies }
}

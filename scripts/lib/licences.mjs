import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readJson } from './json.mjs'

/**
 * @typedef {{ version?: string, license?: string, dev?: boolean, optional?: boolean, devOptional?: boolean }} LockedPackage
 *
 * @typedef {object} Licensed
 * @property {string} name
 * @property {string} version
 * @property {string} licence as SPDX writes it
 * @property {string} text
 */

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i

/**
 * The packages that the app is made of (optional ones only make its installers), with what each asks to be passed on.
 * More than the bundles hold: what the bundler leaves out is listed, too.
 * @param {string} root of the repository, with its packages installed
 * @returns {Licensed[]}
 */
export function shippedPackages(root) {
  const { packages } = /** @type {{ packages: Record<string, LockedPackage> }} */ (
    readJson(path.join(root, 'package-lock.json'))
  )
  const shipped = Object.entries(packages).filter(
    ([location, { dev, optional, devOptional }]) => location !== '' && !dev && !optional && !devOptional,
  )
  return shipped
    .map(([location, { version = '', license = 'unknown' }]) => ({
      name: location.replace(/^.*node_modules\//, ''),
      version,
      licence: license,
      text: licenceText(path.join(root, location)),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * @param {string} folder of a package
 * @returns {string} empty when it brings none
 */
function licenceText(folder) {
  const files = readdirSync(folder).filter((name) => LICENCE_FILE.test(name))
  const texts = files.sort().map((name) => readFileSync(path.join(folder, name), 'utf8'))
  return texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n')
}

/**
 * @param {Licensed[]} packages
 * @returns {string} THIRD-PARTY.md
 */
export function thirdPartyPage(packages) {
  /** @type {Map<string, string[]>} */
  const byText = new Map()
  for (const { text, name } of packages) byText.set(text, [...(byText.get(text) ?? []), name])
  return [
    '# Third-party software',
    '',
    'Made by `npm run licences` of the packages that TokenDesk is built from; a test sees that it is up to date.',
    '',
    'The app runs on Electron (MIT), which contains Chromium, Node.js and many others. Their licences lie beside the',
    'app as `LICENSE.electron.txt` and `LICENSES.chromium.html`.',
    '',
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
    ...[...byText].flatMap(([text, names]) => ['', `## ${names.join(', ')}`, '', '````text', text, '````']),
    '',
  ].join('\n')
}

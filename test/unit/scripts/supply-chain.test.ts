/** What the app is made of: known, licensed, and unable to run anything while it is installed. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readJson } from '../../../scripts/lib/json.mjs'
import { shippedPackages, thirdPartyPage } from '../../../scripts/lib/licences.mjs'
import { ROOT } from '../../../scripts/lib/run.mjs'

/** They ask for no more than to be named with their text. */
const LICENCES = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', '(MIT OR CC0-1.0)']

interface Described {
  readonly dependencies: Readonly<Record<string, string>>
}
interface Locked {
  readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean }>>
}

function text(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8')
}

describe('the packages of the app', () => {
  const shipped = shippedPackages(ROOT)

  it('are asked for by name, and few', () => {
    const { dependencies } = readJson(path.join(ROOT, 'package.json')) as Described
    expect(Object.keys(dependencies).length).toBeLessThanOrEqual(10)
    expect(shipped.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(dependencies)))
  })

  it('each have a licence that lets the app be given to anybody, and bring its text', () => {
    expect(shipped.filter(({ licence }) => !LICENCES.includes(licence))).toEqual([])
    expect(shipped.filter((each) => each.text === '')).toEqual([])
  })

  it('stand in THIRD-PARTY.md as they are (`npm run licences` writes it)', () => {
    expect(text('THIRD-PARTY.md')).toBe(thirdPartyPage(shipped))
  })
})

describe('an installation of packages', () => {
  it('runs none of their scripts', () => {
    expect(text('.npmrc').split('\n')).toContain('ignore-scripts=true')
  })

  it('works without those that there are, each with the reason in .npmrc', () => {
    const { packages } = readJson(path.join(ROOT, 'package-lock.json')) as Locked
    const withScript = Object.entries(packages).flatMap(([location, { hasInstallScript }]) =>
      hasInstallScript === true ? location.replace(/^.*node_modules\//u, '') : [],
    )
    const explained = [...text('.npmrc').matchAll(/^# (\S+): \S/gmu)].map(([, name]) => name)
    expect(explained.sort()).toEqual([...new Set(withScript)].sort())
  })
})

/** What may be given to people, under which names, and what is said of it. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { officialVersion } from '../../../scripts/lib/electron-runtime.mjs'
import { shippedPackages } from '../../../scripts/lib/licences.mjs'
import { ROOT } from '../../../scripts/lib/run.mjs'
import { builderConfig } from '../../../scripts/packaging/builder-config.mjs'
import { APP_ID } from '../../../scripts/packaging/identity.mjs'
import {
  billOfMaterials,
  prepareForPublication,
  problemsOf,
} from '../../../scripts/packaging/publication.mjs'

const config = builderConfig({ built: 'out', output: 'out/packages' })

describe('what is published', () => {
  it('is never made with the Electron of the tests', async () => {
    expect(await problemsOf(ROOT, ['tokendesk-test_0.1.0_amd64.AppImage'])).toHaveLength(1)
    expect(await problemsOf(ROOT, ['TokenDesk-0.1.0-x64.exe'])).toEqual([])
  })

  it('is something', async () => {
    expect(await problemsOf(ROOT, [])).toEqual(['There are no packages.'])
  })

  it('goes out under no name that nobody can own', async () => {
    const made = prepareForPublication(path.join(ROOT, 'electron', 'packaging', 'icons'))
    await expect(made).rejects.toThrow(/maintainers@tokendesk\.invalid/u)
  })

  it(
    'comes with a bill of materials: all packages of THIRD-PARTY.md, and Electron',
    { timeout: 60_000 },
    async () => {
      const { components, dependencies } = await billOfMaterials()
      const listed = components.map(({ name, version }) => `${name}@${version}`)
      const shipped = shippedPackages(ROOT).map(({ name, version }) => `${name}@${version}`)
      expect(listed.sort()).toEqual([...new Set([...shipped, `electron@${officialVersion()}`])].sort())
      const known = new Set(['tokendesk@0.1.0', ...components.map((each) => each['bom-ref'])])
      expect(dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !known.has(ref))).toEqual([])
    },
  )
})

describe('the id of the app', () => {
  it('is in reverse DNS order, and the same on all systems', () => {
    expect(APP_ID).toMatch(/^[a-z]+(?:\.[A-Za-z][A-Za-z0-9]*){2,}$/u)
    expect(config.appId).toBe(APP_ID)
    // Only Electron itself reads it, from the package's package.json.
    expect(config.extraMetadata).not.toHaveProperty('desktopName')
  })
})

describe('on macOS', () => {
  it('nothing is asked for but that V8 may compile as it runs', () => {
    const { entitlements, entitlementsInherit, hardenedRuntime } = config.mac ?? {}
    expect([entitlementsInherit, hardenedRuntime]).toEqual([entitlements, true])
    const list = readFileSync(path.join(ROOT, String(entitlements)), 'utf8')
    expect(
      [...list.matchAll(/<key>(.*)<\/key>\s*<(\w+)\/>/gu)].map(([, key, value]) => [key, value]),
    ).toEqual([['com.apple.security.cs.allow-jit', 'true']])
  })
})

describe('on Windows', () => {
  it('the app is installed for one user, and no administrator is asked', () => {
    expect(config.nsis).toMatchObject({ perMachine: false, allowElevation: false, packElevateHelper: false })
    expect(config.win).toMatchObject({ requestedExecutionLevel: 'asInvoker' })
  })
})

describe('on Linux', () => {
  it('nothing is packed by a tool that would have to be fetched, and no AppImage is made', () => {
    expect(config.linux?.target).toEqual(['dir'])
  })
})

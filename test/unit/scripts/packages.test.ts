import { describe, expect, it } from 'vitest'
import { isSamePackages } from '../../../scripts/lib/packages.mjs'

const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/vue': { version: '3.5.45' },
    'node_modules/fsevents': { version: '2.3.3', optional: true },
  },
}

describe('isSamePackages', () => {
  it.each([
    ['all that this platform needs', { 'node_modules/vue': { version: '3.5.45' } }, true],
    ['another version', { 'node_modules/vue': { version: '3.5.44' } }, false],
    ['a needed package missing', {}, false],
    [
      'a package too many',
      { 'node_modules/vue': { version: '3.5.45' }, 'node_modules/left-pad': { version: '1.3.0' } },
      false,
    ],
    [
      'another version of an optional one',
      { 'node_modules/vue': { version: '3.5.45' }, 'node_modules/fsevents': { version: '1.0.0' } },
      false,
    ],
  ])('%s', (_case, packages, same) => {
    expect(isSamePackages(wanted, { packages })).toBe(same)
  })
})

describe('a package that package.json asks for on some systems only', () => {
  const asked = {
    packages: {
      '': { optionalDependencies: { 'makes-debs': '^1.0.0' } },
      'node_modules/makes-debs': { version: '1.0.0', optional: true, os: ['linux'] },
    },
  }

  it('is to be there on those', () => {
    expect(isSamePackages(asked, { packages: {} }, 'linux')).toBe(false)
    const there = { packages: { 'node_modules/makes-debs': { version: '1.0.0' } } }
    expect(isSamePackages(asked, there, 'linux')).toBe(true)
  })

  it('is not waited for on others', () => {
    expect(isSamePackages(asked, { packages: {} }, 'win32')).toBe(true)
  })
})

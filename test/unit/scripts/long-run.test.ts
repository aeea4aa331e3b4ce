import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { LONG_PARTS, longParts } from '../../../scripts/lib/long-run.mjs'
import { ROOT, UserError } from '../../../scripts/lib/run.mjs'

function namesOf(wanted: readonly string[]): readonly string[] {
  return longParts(wanted).map(({ name }) => name)
}

describe('the long run', () => {
  it('has every part when none is named, after what they need, which is done once', () => {
    expect(namesOf([])).toEqual(['build', 'deb and rpm', 'package', ...Object.keys(LONG_PARTS)])
  })

  it('has only the parts that are named, in its own order', () => {
    expect(namesOf(['zone', 'soak'])).toEqual(['build', 'package', 'soak', 'zone'])
    expect(namesOf(['fuzz'])).toEqual(['fuzz'])
  })

  it('does not run a part if what it needs has failed', () => {
    expect(longParts(['power']).find(({ name }) => name === 'power')?.needs).toBe('build')
    expect(longParts(['order']).find(({ name }) => name === 'order')?.needs).toBe('package')
  })

  it('refuses a part that it has not, and names those that there are', () => {
    expect(() => longParts(['sock'])).toThrow(UserError)
    expect(() => longParts(['sock'])).toThrow(/no part sock .*\n\n {2}soak /u)
  })

  it('is run each night, part by part', () => {
    const nightly = readFileSync(path.join(ROOT, '.github', 'workflows', 'nightly.yml'), 'utf8')
    expect(/part:\s*\[([^\]]*)\]/u.exec(nightly)?.[1]?.match(/\w+/gu)).toEqual(Object.keys(LONG_PARTS))
    expect(nightly).toContain('npm run test:long -- ${{ matrix.part }} --yes')
  })
})

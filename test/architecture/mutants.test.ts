import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ALL } from '../mutants/all'

const TESTS = readdirSync(new URL('..', import.meta.url), { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.test.ts'))

describe('each guarding line that `npm run test:mutants` breaks', () => {
  it.each(ALL.map(({ file, breaks }) => [file, breaks] as const))('stands once in %s', (file, breaks) => {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
    const elsewhere = breaks.map(([text]) => text).filter((text) => source.split(text).length !== 2)
    expect(elsewhere).toEqual([])
  })

  it('has tests that are there', () => {
    const named = new Set(ALL.flatMap(({ tests }) => tests))
    expect([...named].filter((part) => !TESTS.some((file) => file.includes(part)))).toEqual([])
  })
})

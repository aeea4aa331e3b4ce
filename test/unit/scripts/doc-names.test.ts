import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readJson } from '../../../scripts/lib/json.mjs'
import { ROOT } from '../../../scripts/lib/run.mjs'
import { namesOfNothing, type Repository } from '../../support/doc-names'

describe('docs name only files and test titles that exist', () => {
  const SMALL: Repository = {
    files: ['README.md', 'docs/HOW.md', 'electron/core/vault.ts', 'test/e2e/lock.spec.ts'],
    scripts: ['check'],
    read: () => "test('it locks', async () => {})\ntest(\n  'it opens (again)',\n)",
  }

  it.each([
    ['a file', '`electron/core/vault.ts`'],
    ['a file from one of its folders on', '`core/vault.ts` and `vault.ts`'],
    ['a file without its ending', '`core/vault` and `test/e2e/lock`'],
    ['a folder', '`electron/core` and `test/e2e/`'],
    ['a link', '[how](HOW.md#why), [read](../README.md), [there](https://nodejs.org/en)'],
    ['a script', '`npm run check -- --watch`'],
    ['a test', '"it locks" in `test/e2e/lock.spec.ts`, "it opens (again)" in `test/e2e/lock.spec.ts`'],
    [
      'what is no name of a file',
      '`Vault.open`, `/auth/refresh`, `zod/mini`, `out/screens/`, `tokendesk.json`, `--only a,b`',
    ],
  ])('%s that exists', (_case, text) => {
    expect(namesOfNothing('docs/HOW.md', text, SMALL)).toEqual([])
  })

  it.each([
    ['a file', '`electron/core/gone.ts`', 'electron/core/gone.ts'],
    ['a file by half of its name', '`ault.ts`', 'ault.ts'],
    ['a file without its ending', '`core/gone`', 'core/gone'],
    ['a link', '[how](docs/HOW.md)', 'docs/HOW.md'],
    ['a script', '`npm run chekc`', 'npm run chekc'],
    ['a test', '"it lock" in `test/e2e/lock.spec.ts`', '"it lock"'],
  ])('not %s that is gone', (_case, text, gone) => {
    expect(namesOfNothing('docs/HOW.md', text, SMALL)).toEqual([gone])
  })

  const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
    .split('\0')
    .filter((file) => existsSync(path.join(ROOT, file)))
  const repository: Repository = {
    files,
    scripts: Object.keys((readJson(path.join(ROOT, 'package.json')) as { scripts: object }).scripts),
    read: (file) => readFileSync(path.join(ROOT, file), 'utf8'),
  }
  const pages = files.filter((file) => file.endsWith('.md') && file !== 'THIRD-PARTY.md')

  it.each(pages)('%s', (page) => {
    expect(namesOfNothing(page, repository.read(page), repository)).toEqual([])
  })
})

/** The rules of the house are in eslint.config.js; these tests plant what they forbid and see it refused. */
import { readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'
import { ROOMS } from '../../eslint.config.js'

const ROOT = resolve(import.meta.dirname, '../..')
// Nothing that is planted here takes types to be refused, and reading the whole program for it takes half a minute.
const eslint = new ESLint({
  cwd: ROOT,
  overrideConfig: [
    tseslint.configs.disableTypeChecked,
    // This one asks for types all the same, and fails where there are none (seen with `CI=true`).
    { rules: { 'vue/no-ref-as-operand': 'off' } },
  ],
})

/** The rules that refuse `code` when an existing file at `path` holds it. */
async function refusals(path: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: resolve(ROOT, path) })
  return (result?.messages ?? []).map((each) => each.ruleId ?? `does not parse: ${each.message}`)
}

/** A file of the room, from the root. */
function oneIn(room: string): string {
  const files = readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
  const file = files.find((each) => each.endsWith('.ts')) ?? files.find((each) => each.endsWith('.vue'))
  if (file === undefined) throw new Error(`${room} is empty`)
  return `${room}/${file}`
}

function inItsLanguage(path: string, code: string): string {
  return path.endsWith('.vue')
    ? `<script setup lang="ts">\n${code}</script>\n\n<template>\n  <p />\n</template>\n`
    : code
}

describe('lint refuses', () => {
  it.each([
    ['shared -> core', 'electron/shared/status.ts', '../core/base/backoff', 'backoffMs'],
    ['shared -> main', 'electron/shared/status.ts', '../main/security/origin', 'APP_ORIGIN'],
    ['shared -> gateway', 'electron/shared/status.ts', '../gateway/counts', 'classOf'],
    ['core -> gateway', 'electron/core/base/backoff.ts', '../../gateway/counts', 'classOf'],
    ['gateway -> core', 'electron/gateway/counts.ts', '../core/base/backoff', 'backoffMs'],
    ['gateway -> main', 'electron/gateway/counts.ts', '../main/security/origin', 'APP_ORIGIN'],
    ['main -> gateway', 'electron/main/security/origin.ts', '../../gateway/counts', 'classOf'],
    ['preload -> gateway', 'electron/preload/index.ts', '../gateway/counts', 'classOf'],
    ['window -> gateway', 'src/base/bridge.ts', '../../electron/gateway/counts', 'classOf'],
    ['core -> main', 'electron/core/base/backoff.ts', '../../main/security/origin', 'APP_ORIGIN'],
    ['preload -> core', 'electron/preload/index.ts', '../core/base/backoff', 'backoffMs'],
    ['preload -> main', 'electron/preload/index.ts', '../main/security/origin', 'APP_ORIGIN'],
    ['window -> core', 'src/base/bridge.ts', '../../electron/core/base/backoff', 'backoffMs'],
    ['window -> main', 'src/base/bridge.ts', '../../electron/main/security/origin', 'APP_ORIGIN'],
    ['adapter -> adapter', 'electron/main/adapters/state-file.ts', './system-clock', 'systemClock'],
    ['product -> test', 'electron/core/base/backoff.ts', '../../../test/support/fakes/fake-time', 'FakeTime'],
  ])('an import %s', async (_, path, from, name) => {
    expect(await refusals(path, `import { ${name} } from '${from}'\nexport const it = ${name}\n`)).toContain(
      'import-x/no-restricted-paths',
    )
  })

  describe.each(Object.entries(ROOMS))('in %s what a room imports from', (floor, rooms) => {
    it.each(rooms.slice(0, -1).map((room, index) => [room, rooms.slice(index + 1)] as const))(
      'above %s: %s',
      async (room, above) => {
        const path = oneIn(`${floor}/${room}`)
        const planted = above.map(
          (each) => `import '${relative(join(path, '..'), oneIn(`${floor}/${each}`))}'\n`,
        )
        const found = await refusals(path, inItsLanguage(path, planted.join('')))
        expect(found.filter((rule) => rule === 'import-x/no-restricted-paths')).toHaveLength(above.length)
      },
    )

    it('knows every room that is there', () => {
      const there = readdirSync(join(ROOT, floor), { withFileTypes: true })
      const folders = there.filter((each) => each.isDirectory() && each.name !== 'styles')
      expect(new Set(rooms)).toEqual(new Set(folders.map(({ name }) => name)))
    })
  })

  it.each([
    [
      'Electron in a use case',
      'electron/core/base/backoff.ts',
      "import { app } from 'electron'\nexport const it = app\n",
    ],
    [
      'Node in the vocabulary',
      'electron/shared/status.ts',
      "import { join } from 'node:path'\nexport const it = join\n",
    ],
    [
      'Electron in the gateway',
      'electron/gateway/counts.ts',
      "import { net } from 'electron'\nexport const it = net\n",
    ],
    [
      'Electron in the window',
      'src/base/bridge.ts',
      "import { app } from 'electron'\nexport const it = app\n",
    ],
    [
      'raw IPC outside the router',
      'electron/main/windows/main-window.ts',
      "import { ipcMain } from 'electron'\nexport const it = ipcMain\n",
    ],
  ])('%s', async (_, path, code) => {
    expect(await refusals(path, code)).toContain('no-restricted-imports')
  })

  it.each([
    ['settings', 'DEFAULT_SETTINGS'],
    ['kept-view', 'keptViewSchema'],
    ['ipc/contract', 'calls'],
    ['ipc/result', 'callError'],
  ])('schemas in the window: shared/%s', async (file, name) => {
    const from = `../../electron/shared/${file}`
    const planted = `import { ${name} } from '${from}'\nexport const it = ${name}\n`
    expect(await refusals('src/base/bridge.ts', planted)).toContain(
      '@typescript-eslint/no-restricted-imports',
    )
    const typed = `import type { ${name} } from '${from}'\nexport type It = typeof ${name}\n`
    expect(await refusals('src/base/bridge.ts', typed)).not.toContain(
      '@typescript-eslint/no-restricted-imports',
    )
  })

  it('zod by its classic API in main', async () => {
    const importing = (from: string): string => `import * as z from '${from}'\nexport const it = z.string()\n`
    const rule = '@typescript-eslint/no-restricted-imports'
    expect(await refusals('electron/shared/settings.ts', importing('zod'))).toContain(rule)
    expect(await refusals('electron/shared/settings.ts', importing('zod/mini'))).not.toContain(rule)
  })

  it.each([
    ['electron/core/base/backoff.ts', 'export const it = Date.now()\n', 'no-restricted-properties'],
    ['electron/core/base/backoff.ts', 'export const it = Math.random()\n', 'no-restricted-properties'],
    [
      'electron/core/base/backoff.ts',
      'export const it = setTimeout(() => undefined, 1)\n',
      'no-restricted-globals',
    ],
    ['electron/shared/status.ts', 'export const it = process.platform\n', 'no-restricted-globals'],
    ['electron/gateway/counts.ts', 'export const it = process.env\n', 'no-restricted-globals'],
    ['electron/gateway/counts.ts', 'export const it = Date.now()\n', 'no-restricted-properties'],
    ['electron/core/base/backoff.ts', "export const it = fetch('x')\n", 'no-restricted-globals'],
    [
      'electron/main/windows/main-window.ts',
      "declare const c: { send(t: string): void }\nexport function it(): void {\n  c.send('x')\n}\n",
      'no-restricted-syntax',
    ],
    ['electron/core/base/backoff.ts', 'export enum It {\n  One,\n}\n', 'no-restricted-syntax'],
    [
      'electron/core/notifications/notification-log.ts',
      "import type { Log } from './ports'\nexport const it = (log: Log, e: unknown): void => {\n  log.warn('x', { it: String(e) })\n}\n",
      'no-restricted-syntax',
    ],
    [
      'electron/main/windows/main-window.ts',
      "import type { Log } from '../core/ports'\nexport const it = (log: Log, e: Error): void => {\n  log.warn('x', { it: e.message })\n}\n",
      'no-restricted-syntax',
    ],
    ...[
      'electron/main/windows/main-window.ts',
      'electron/main/ipc/publish.ts',
      'electron/main/adapters/state-file.ts',
    ].flatMap((path) => [
      [path, 'export enum It {\n  One,\n}\n', 'no-restricted-syntax'],
      [path, 'export const it = (x: any): unknown => x\n', 'no-restricted-syntax'],
    ]),
    ['electron/main/windows/main-window.ts', 'export const it = Date.now()\n', 'no-restricted-properties'],
    ['electron/main/lifecycle.ts', 'export const it = Math.random()\n', 'no-restricted-properties'],
    ...['process', 'console', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'performance'].map(
      (name) => [
        'electron/main/windows/main-window-controller.ts',
        `export const it = ${name}\n`,
        'no-restricted-globals',
      ],
    ),
    ...['src/ui/dialog/open-dialogs.ts', 'src/app/main.ts', 'src/ui/dialog/ModalShell.vue'].flatMap((path) =>
      [
        "window.addEventListener('keydown', () => undefined)\n",
        "document.addEventListener('keyup', () => undefined, true)\n",
        'document.body.onkeydown = () => undefined\n',
      ].map((code) => [path, inItsLanguage(path, code), 'no-restricted-syntax']),
    ),
    ['electron/main/ipc/handlers.ts', 'export const it = setTimeout\n', 'no-restricted-globals'],
    ['electron/main/platform/about.ts', 'export const it = console\n', 'no-restricted-globals'],
    ['electron/core/base/backoff.ts', 'export default 1\n', 'import-x/no-default-export'],
  ])('in %s: %s', async (path, code, rule) => {
    expect(await refusals(path, code)).toContain(rule)
  })

  it.each([
    ['electron/main/adapters/system-clock.ts', 'export const it = (): number => Date.now()\n'],
    ['electron/main/platform/about.ts', 'export const it = process.platform\n'],
  ])('not what %s is there for', async (path, code) => {
    expect(await refusals(path, code)).toEqual([])
  })

  it('nothing of a file that keeps the rules', async () => {
    const code = "import type { Random } from './ports'\n\nexport const it: Random = () => 0.5\n"
    expect(await refusals('electron/core/base/backoff.ts', code)).toEqual([])
  })

  const VITEST = 'test/unit/shared/status.test.ts'
  const PLAYWRIGHT = 'test/e2e/updates.spec.ts'

  it.each([
    ['that runs alone', VITEST, "it.only('x', () => { expect(1).toBe(1) })", 'vitest/no-focused-tests'],
    ['that is left out', VITEST, "it.skip('x', () => { expect(1).toBe(1) })", 'vitest/no-disabled-tests'],
    ['that expects nothing', VITEST, "it('x', () => { Math.max(1) })", 'vitest/expect-expect'],
    ['with an expectation of nothing', VITEST, "it('x', () => { expect(1) })", 'vitest/valid-expect'],
    [
      'that waits for none of its expectations',
      VITEST,
      "it('x', () => { void expect(Promise.resolve(1)).resolves.toBe(1) })",
      'vitest/valid-expect',
    ],
    [
      'that runs alone',
      PLAYWRIGHT,
      "test.only('x', () => { expect(1).toBe(1) })",
      'playwright/no-focused-test',
    ],
    [
      'that is left out',
      PLAYWRIGHT,
      "test.skip('x', () => { expect(1).toBe(1) })",
      'playwright/no-skipped-test',
    ],
    ['that expects nothing', PLAYWRIGHT, "test('x', () => { Math.max(1) })", 'playwright/expect-expect'],
    [
      'with an expectation of nothing',
      PLAYWRIGHT,
      "test('x', () => { expect(1) })",
      'playwright/valid-expect',
    ],
    [
      'that waits for none of its expectations',
      PLAYWRIGHT,
      "test('x', ({ page }) => { void expect(page).toHaveTitle('x') })",
      'playwright/missing-playwright-await',
    ],
    [
      'that sleeps',
      PLAYWRIGHT,
      "test('x', async ({ page }) => { await page.waitForTimeout(1); expect(1).toBe(1) })",
      'playwright/no-wait-for-timeout',
    ],
  ])('a test %s (%s)', async (_, path, test, rule) => {
    const runner = path === VITEST ? 'vitest' : '@playwright/test'
    expect(await refusals(path, `import { expect, it, test } from '${runner}'\n${test}\n`)).toContain(rule)
  })
})

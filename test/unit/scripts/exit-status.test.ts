import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

const MODULE = pathToFileURL(resolve(import.meta.dirname, '../../../scripts/lib/exit-status.mjs')).href

/** The status with which a process ends that was told to end with `status`. */
function endOf(status: number, ...code: readonly string[]): number | null {
  const script = [
    `import process from 'node:process'`,
    `import { exitWith } from '${MODULE}'`,
    ...code,
    `exitWith(${String(status)})`,
  ].join('\n')
  return spawnSync(process.execPath, ['--input-type=module', '--eval', script]).status
}

it.each([0, 1, 3])('ends with the status %i', (status) => {
  expect(endOf(status)).toBe(status)
})

it('fails when a package ends the process as if all were well', () => {
  expect(endOf(1, `process.on('beforeExit', () => process.nextTick(process.exit, 0))`)).toBe(1)
})

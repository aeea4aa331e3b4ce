/** `npm run demo -- --once`, README's first command: each step it prints, and the picture that it leaves. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { DEMO_ACCOUNTS } from '../demo/demo-accounts'
import { tool } from '../../scripts/lib/run.mjs'
import { collectLines } from '../support/electron-app'
import { test } from '../support/own-desktop'

const ROOT = join(import.meta.dirname, '../..')
const PICTURE = join(ROOT, 'out/demo/tokendesk.png')
const STEP = /^ {2}(?<mark>[✓✗]) (?<label>.+?) {2,}(?<result>.+)$/u

test('the demo does the whole job, says so step by step, saves a picture, and ends', async () => {
  test.setTimeout(120_000)
  rmSync(PICTURE, { force: true })
  const [program = '', ...args] = tool('tsx', ['test/demo/demo.ts', '--once'])
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) collectLines(stream, output)
  const [status] = (await once(child, 'close')) as [number | null]

  const steps = output
    .map((line) => STEP.exec(line)?.groups)
    .filter((step) => step !== undefined)
    .map(({ mark = '', label = '', result = '' }) => ({ mark, label, result }))
  expect({ status, failed: steps.filter(({ mark }) => mark !== '✓') }, output.join('\n')).toEqual({
    status: 0,
    failed: [],
  })
  expect(steps.map(({ label }) => label)).toEqual([
    'Start the demo server',
    'Open the app',
    'Create environment Demo',
    ...DEMO_ACCOUNTS.map(({ name }) => `Add ${name}`),
    `Copy the JWT of ${DEMO_ACCOUNTS[1].name}`,
    'Read the clipboard',
    'Save a picture',
  ])
  expect(steps.at(-2)?.result).toMatch(/^a JWT, valid until /u)
  expect(sizeOfPng(readFileSync(PICTURE))).toEqual({ width: 1240, height: 760 })
})

/** By its head, which each PNG begins with. */
function sizeOfPng(file: Buffer): { width: number; height: number } {
  expect(file.subarray(1, 4).toString('latin1')).toBe('PNG')
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) }
}

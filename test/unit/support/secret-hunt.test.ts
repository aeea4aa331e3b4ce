import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { filesHolding, secretsIn } from '../../support/secret-hunt'

const SECRET = 'canary/key+with=signs?and~more'
const FOUND = [`${SECRET.slice(0, 20)}…`]

describe('a secret is found', () => {
  it.each<[string, Buffer | string]>([
    ['as it is', `before ${SECRET} after`],
    ['in an address', `https://example.com/?key=${encodeURIComponent(SECRET)}`],
    ['in hexadecimal digits', Buffer.from(`x${SECRET}`).toString('hex')],
    ['in large hexadecimal digits', Buffer.from(SECRET).toString('hex').toUpperCase()],
    ['as UTF-16', Buffer.from(`{"key":"${SECRET}"}`, 'utf16le')],
    ['as base64 in UTF-16', Buffer.from(Buffer.from(`ab${SECRET}`).toString('base64'), 'utf16le')],
    ...[0, 1, 2, 3].flatMap((before): [string, string][] =>
      (['base64', 'base64url'] as const).map((encoding) => [
        `as ${encoding}, ${String(before)} bytes in`,
        Buffer.from(`${'x'.repeat(before)}${SECRET}yz`).toString(encoding),
      ]),
    ),
  ])('%s', (_, content) => {
    expect(secretsIn(content, [SECRET, 'another'])).toEqual(FOUND)
  })
})

it('nothing is found where there is nothing', () => {
  expect(secretsIn(`${SECRET.slice(0, -1)} ${SECRET.slice(1)}`, [SECRET])).toEqual([])
})

describe('files', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tokendesk-hunt-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  it('that hold one are named', () => {
    writeFileSync(join(folder, 'clean'), 'nothing')
    writeFileSync(join(folder, 'leak'), Buffer.from(SECRET).toString('base64'))
    expect(filesHolding(folder, [SECRET])).toEqual([`${join(folder, 'leak')} holds ${FOUND.join('')}`])
  })
})

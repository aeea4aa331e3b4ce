/** The hunt for secrets in profiles and output is only worth something when it knows them all. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startAuthServer, type AuthServer } from '../support/auth-server'
import { filesHolding, secretsIn } from '../support/secret-hunt'
import { gatherSecrets } from '../support/seen-secrets'

let server: AuthServer
let seen: ReturnType<typeof gatherSecrets>

beforeEach(async () => {
  seen = gatherSecrets()
  server = await startAuthServer()
  server.addApiKey({ apiKey: 'a-partner-key', kind: 'partner' })
})
afterEach(async () => {
  seen.stop()
  await server.close()
})

async function post(path: string, fields: object): Promise<Readonly<Record<string, string>>> {
  const reply = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(fields),
  })
  return (await reply.json()) as Readonly<Record<string, string>>
}

test('each key, JWT and refresh token that a service issues or is sent is gathered', async () => {
  const first = await post('/auth/login', { apiKey: 'a-partner-key' })
  const second = await post('/auth/refresh', { refreshToken: first['refreshToken'] })
  await post('/auth/login', { apiKey: 'nobody-knows-this-key' })
  server.nextReply({ kind: 'reply', status: 503 })
  await post('/auth/refresh', { refreshToken: 'sent-while-it-was-busy' })
  const all = [first, second].flatMap(({ jwt, refreshToken }) => [jwt, refreshToken])
  expect([...seen.secrets].sort()).toEqual(
    ['a-partner-key', 'nobody-knows-this-key', 'sent-while-it-was-busy', ...all].sort(),
  )
})

test('one that stands in a file, as UTF-8 or UTF-16, or in a line is found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tokendesk-hunt-'))
  try {
    writeFileSync(join(folder, 'a'), 'xxx a-partner-key')
    writeFileSync(join(folder, 'b'), Buffer.from('xxx a-partner-key', 'utf16le'))
    writeFileSync(join(folder, 'c'), 'xxx')
    expect(filesHolding(folder, ['a-partner-key', 'another'])).toHaveLength(2)
  } finally {
    rmSync(folder, { recursive: true })
  }
  expect(secretsIn('fine\napiKey=a-partner-key', ['a-partner-key', 'another'])).toEqual(['a-partner-key…'])
})

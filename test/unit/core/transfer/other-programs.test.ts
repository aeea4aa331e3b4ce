/** Files that other programs have written: their accounts are found. */
import { describe, expect, it } from 'vitest'
import { unwrap } from '../../../support/back-office'
import { failureOf } from '../../../support/import'
import { KEY, officeWith, asked, guesses, asGuessed } from '../../../support/unmatched-columns'

describe('other programs’ files', () => {
  const POSTMAN = JSON.stringify({
    id: '1',
    name: 'Sandbox',
    values: [
      { key: 'baseUrl', value: 'https://api.example.com', enabled: true },
      { key: 'acmeApiKey', value: `${KEY}1`, type: 'secret', enabled: true },
      { key: 'beta_api_key', value: `${KEY}2`, enabled: true },
      { key: 'old_api_key', value: `${KEY}3`, enabled: false },
      { key: 'timeout', value: '10', enabled: true },
    ],
    _postman_variable_scope: 'environment',
  })

  it('a Postman environment: its keys become accounts of the environment that it is', async () => {
    const app = await officeWith()
    const unmatched = await asked(app, POSTMAN)
    expect(unmatched.columns.map(({ guess }) => guess)).toEqual(['name', 'apiKey', 'environment'])
    const preview = unwrap(await app.useCases.imports.preview(POSTMAN, { matching: asGuessed(unmatched) }))
    expect(preview).toMatchObject({
      ok: true,
      rows: [{ name: 'acme' }, { name: 'beta' }],
      unknownEnvironments: [{ name: 'Sandbox', described: { baseUrl: 'https://api.example.com' } }],
    })
  })

  it('a .env file: its keys become accounts of the environment that is chosen', async () => {
    const app = await officeWith('Sandbox')
    const text = [
      '# keys of partners',
      '',
      `export ACME_API_KEY="${KEY}1" # the old one`,
      `BETA_API_KEY=${KEY}2`,
      'API_URL=https://api.example.com',
      'EMPTY_API_KEY=',
    ].join('\n')
    const unmatched = await asked(app, text)
    expect(unmatched).toMatchObject({
      mayLackHeadings: false,
      environmentId: app.environmentStore.all[0]?.id,
    })
    const preview = unwrap(await app.useCases.imports.preview(text, { matching: asGuessed(unmatched) }))
    expect(preview).toMatchObject({
      ok: true,
      rows: [
        { line: 3, name: 'ACME', environment: 'Sandbox', plan: 'add' },
        { line: 4, name: 'BETA', environment: 'Sandbox', plan: 'add' },
      ],
    })
    app.service.addKey(`${KEY}1`)
    unwrap(await app.useCases.imports.run(preview.ok ? preview.planId : ''))
    expect(app.service.requests.map(({ secret }) => secret)).toEqual([`${KEY}1`, `${KEY}2`])
  })

  it('Bitwarden’s JSON: the password of a login is the key', async () => {
    const app = await officeWith('Sandbox')
    const text = JSON.stringify({
      encrypted: false,
      folders: [{ id: 'f', name: 'Sandbox' }],
      items: [{ id: 'i', type: 1, name: 'ACME', notes: null, login: { username: 'joe', password: KEY } }],
    })
    const unmatched = await asked(app, text)
    expect(guesses(unmatched)).toMatchObject({ name: 'name', 'login.password': 'apiKey' })
    expect(JSON.stringify(unmatched)).not.toContain(KEY)
    const preview = unwrap(await app.useCases.imports.preview(text, { matching: asGuessed(unmatched) }))
    expect(preview).toMatchObject({ ok: true, rows: [{ name: 'ACME', environment: 'Sandbox', plan: 'add' }] })
  })

  it('a list of objects with other keys', async () => {
    const app = await officeWith('Sandbox')
    const text = JSON.stringify([{ account: 'ACME', env: 'Sandbox', secret: KEY }])
    const unmatched = await asked(app, text)
    const preview = unwrap(await app.useCases.imports.preview(text, { matching: asGuessed(unmatched) }))
    expect(preview).toMatchObject({ ok: true, counts: { add: 1 } })
  })

  it('Bitwarden’s JSON that begins with notes and cards', async () => {
    const notes = Array.from({ length: 20 }, (_, nth) => ({
      type: 2,
      name: `Note ${String(nth)}`,
      notes: 'x',
    }))
    const login = { type: 1, name: 'ACME', notes: null, login: { username: 'joe', password: KEY } }
    const unmatched = await asked(await officeWith('Sandbox'), JSON.stringify({ items: [...notes, login] }))
    expect(guesses(unmatched)).toMatchObject({ name: 'name', 'login.password': 'apiKey' })
    expect(unmatched.columns.find(({ guess }) => guess === 'apiKey')?.samples[0]).toMatch(/^••••/u)
  })

  const LONG = 'x'.repeat(150_000)
  it.each([
    ['a list', [{ log: LONG }]],
    ['items', { items: [{ data: LONG }] }],
    ['variables', { name: 'x', values: [{ key: 'a', value: LONG }] }],
    ['accounts', { accounts: [{ data: LONG }] }],
    ['a head', { format: LONG }],
  ])('a long value in %s of another program makes no row of it', async (_where, content) => {
    expect(await failureOf(JSON.stringify(content))).toEqual({ code: 'other-format' })
  })

  it.each([
    ['a list', [{ name: 'a', environment: 'b', apiKey: 'c' }, { name: LONG }]],
    ['our own file', { format: 'tokendesk-accounts', version: 1, accounts: [{ name: LONG }] }],
  ])('a long row in %s is named', async (_where, content) => {
    expect(await failureOf(JSON.stringify(content))).toEqual({ code: 'row-too-long', line: 1 })
  })

  it.each([100, 200_000])(
    'JSON of another program is no list of accounts, with %d characters',
    async (length) => {
      expect(await failureOf(JSON.stringify({ log: { entries: ['x'.repeat(length)] } }))).toEqual({
        code: 'other-format',
      })
    },
  )
})

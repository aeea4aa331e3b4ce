import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine } from '../../../../electron/core/transfer/csv'
import { readImport } from '../../../../electron/core/transfer/import-rows'
import {
  IMPORT_MAX_BYTES,
  IMPORT_MAX_ROW_LENGTH,
  IMPORT_MAX_ROWS,
  type ImportFailure,
} from '../../../../electron/shared/transfer'
import { aRow, csv, failureOf, fileOf, HEADER, Turns } from '../../../support/import'
import { inputs } from '../../../support/length'

const ROW = 'ACME,partner,Sandbox,key-1,,red;blue,yes'
const READ = aRow({
  name: 'ACME',
  type: 'partner',
  apiKey: 'key-1',
  tags: ['red', 'blue'],
  remember: 'yes',
})

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function utf16(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'))
}

describe('a CSV file', () => {
  it.each<[string, string | Uint8Array]>([
    ['as we write it', csv(ROW)],
    ['with a byte order mark', bytes(`\uFEFF${csv(ROW)}`)],
    ['pasted with a byte order mark', `\uFEFF${csv(ROW)}`],
    ['in UTF-16, as spreadsheets save text', utf16(csv(ROW))],
    ['with LF', csv(ROW).replaceAll('\r\n', '\n')],
    ['with CR', csv(ROW).replaceAll('\r\n', '\r')],
    ['without a line end', `${HEADER}\n${ROW}`],
    ['with semicolons', `${HEADER.replaceAll(',', ';')}\nACME;partner;Sandbox;key-1;;"red;blue";yes`],
    ['with tabs', `${HEADER.replaceAll(',', '\t')}\nACME\tpartner\tSandbox\tkey-1\t\tred,blue\tyes`],
    ['all in quotes', csv('"ACME","partner","Sandbox","key-1","","red;blue","yes"')],
    [
      'with other capitals and spaces',
      csv(ROW).replace(HEADER, 'NAME, Type,environment,API key,partner,tags,Remember'),
    ],
    ['with underscores', csv(ROW).replace('apiKey', 'api_key')],
    ['with quoted headings', csv(ROW).replace('apiKey', '"api-key"')],
    ['with blank ends of rows, as spreadsheets leave them', csv(`${ROW},,,`, ',,,,,,', ' , ,')],
  ])('%s is read', async (_case, input) => {
    const file = await fileOf(input)
    expect(file).toEqual({ format: 'csv', rows: [READ], unknownColumns: [], environments: [] })
  })

  it('may have its columns in any order, and only those that are needed', async () => {
    const { rows } = await fileOf('apiKey,name,environment\nkey-1,ACME,Sandbox')
    expect(rows).toEqual([aRow({ name: 'ACME', apiKey: 'key-1' })])
  })

  it('tells of columns that mean nothing, and takes the others', async () => {
    const file = await fileOf(`${HEADER},Colour,Notes\n${ROW},red,"call, then mail"`)
    expect(file).toMatchObject({ rows: [READ], unknownColumns: ['Colour', 'Notes'] })
  })

  it('shortens and limits the columns that it tells of', async () => {
    const many = Array.from({ length: 300 }, (_, n) => `${String(n)}${'x'.repeat(200)}`)
    const { unknownColumns } = await fileOf(`${HEADER},${many.join(',')}\n${ROW}`)
    expect(unknownColumns).toHaveLength(20)
    expect(Math.max(...unknownColumns.map((name) => name.length))).toBeLessThanOrEqual(61)
  })

  it('knows each row by its line, whatever ends the lines before it', async () => {
    const text = `\n${HEADER}\r\n\n"two\r\nlines",,Sandbox,k1\rB,,Sandbox,k2\n\n\nC,,Sandbox,k3`
    const { rows } = await fileOf(text)
    expect(rows.map(({ name, line }) => [name, line])).toEqual([
      ['two\r\nlines', 4],
      ['B', 6],
      ['C', 9],
    ])
  })

  it.each([
    ['Smith, Inc,company,Sandbox,key-1,,,yes', 'extra-cells'],
    ['"ACME "the best" Inc",company,Sandbox,key-1', 'stray-quote'],
  ])('says of the row %s alone: %s', async (row, reason) => {
    const { rows } = await fileOf(csv(ROW, row, ROW))
    expect(rows.map(({ problems }) => problems)).toEqual([[], [{ field: 'row', reason }], []])
  })

  it('takes the apostrophe from in front of formulas, but not from keys', async () => {
    const { rows } = await fileOf(csv("'=1+1,,'@env,'-key,'+partner,\"'-a; '=b\","))
    expect(rows[0]).toMatchObject({
      name: '=1+1',
      environment: '@env',
      apiKey: "'-key",
      partner: '+partner',
      tags: ['-a', '=b'],
    })
  })

  it('keeps names as they are: right to left, composed, with emoji, long', async () => {
    const names = ['שלום בע"מ', '\u202Eevil', 'Cafe\u0301', '👩‍👩‍👧', 'x'.repeat(50_000), ' =sum ']
    const text = [HEADER, ...names.map((name) => `"${name.replaceAll('"', '""')}",,Sandbox,key`)].join('\n')
    for (const input of [text, bytes(text), utf16(text)]) {
      expect((await fileOf(input)).rows.map(({ name }) => name)).toEqual(names)
    }
  })

  it('has a row for whatever a record says, whichever pieces its bytes come in', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll('\0', ''))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell)), fc.nat(200_000), async (pairs, padding) => {
        // So that the rows lie anywhere across the pieces in which a file is decoded.
        const filler = Array.from({ length: Math.ceil(padding / 5000) }, () =>
          csvLine(['f', '', 'x'.repeat(5000)]),
        )
        const lines = pairs.map(([partner, tag]) => csvLine(['n', partner, 'k', tag]))
        const text = csvLine(['environment', 'partner', 'apiKey', 'name']) + [...filler, ...lines].join('')
        const read = await readImport(bytes(text), new Turns().pause)
        const rows = read.ok ? read.value.rows.slice(filler.length) : []
        expect(rows.map(({ partner, name }) => [partner, name])).toEqual(pairs)
      }),
      inputs(100, 1),
    )
  })
})

describe('a JSON file', () => {
  const account = {
    name: 'ACME',
    type: 'partner',
    environment: 'Sandbox',
    apiKey: 'key-1',
    tags: ['red', 'blue'],
    remember: true,
  }
  const whole = { format: 'tokendesk-accounts', version: 1, accounts: [account] }

  it.each<[string, string | Uint8Array]>([
    ['as we write it', JSON.stringify(whole)],
    ['with a byte order mark and space around it', bytes(`\uFEFF \n${JSON.stringify(whole)}\r\n\n`)],
    ['in UTF-16', utf16(JSON.stringify(whole))],
    ['that is only the list', JSON.stringify([account])],
    ['with other spellings', JSON.stringify([{ ...account, apiKey: undefined, 'API Key': 'key-1' }])],
    ['with tags in one text', JSON.stringify([{ ...account, tags: 'red; blue,' }])],
    ['with nulls for what is not said', JSON.stringify([{ ...account, partner: null }])],
    [
      'with its version at the end',
      JSON.stringify({ accounts: [account], version: 1, format: whole.format }),
    ],
  ])('%s is read', async (_case, input) => {
    const file = await fileOf(input)
    expect(file.rows).toEqual([{ ...READ, line: file.rows[0]?.line, remember: 'true' }])
    expect(file).toMatchObject({ format: 'json', unknownColumns: [], environments: [] })
  })

  it('knows each account by its line', async () => {
    const { rows } = await fileOf(JSON.stringify({ ...whole, accounts: [account, account] }, null, 2))
    expect(rows.map(({ line }) => line)).toEqual([5, 16])
  })

  it('keeps formulas and apostrophes as they are', async () => {
    const { rows } = await fileOf(JSON.stringify([{ ...account, name: "'=1", tags: ['a;b'] }]))
    expect(rows[0]).toMatchObject({ name: "'=1", tags: ['a;b'] })
  })

  it('tells of keys that mean nothing', async () => {
    const { unknownColumns } = await fileOf(JSON.stringify([{ ...account, colour: 'red' }, { id: 7 }]))
    expect(unknownColumns).toEqual(['colour', 'id'])
  })

  it('reads the environments that it describes, those with an address that can be used', async () => {
    const environments = [
      { name: 'Sandbox', baseUrl: 'https://sandbox.example.com/', production: false },
      { name: 'Live', baseUrl: 'https://api.example.com', production: true },
      { name: 'Open', baseUrl: 'http://api.example.com', production: false },
      { name: 'Nowhere' },
      'Sandbox',
      null,
    ]
    const file = await fileOf(JSON.stringify({ ...whole, environments }))
    expect(file.environments).toEqual([
      { name: 'Sandbox', baseUrl: 'https://sandbox.example.com', production: false },
      { name: 'Live', baseUrl: 'https://api.example.com', production: true },
    ])
  })

  it.each([
    [{ ...account, name: 7 }, 'name'],
    [{ ...account, apiKey: ['key'] }, 'apiKey'],
    [{ ...account, tags: [1] }, 'tags'],
    [{ ...account, tags: {} }, 'tags'],
    [{ ...account, remember: {} }, 'remember'],
    [{ ...account, partner: true }, 'partner'],
  ])('says of %j alone that a value is no text', async (bad, field) => {
    const { rows } = await fileOf(JSON.stringify([account, bad]))
    expect(rows.map(({ problems }) => problems)).toEqual([[], [{ field, reason: 'not-text' }]])
  })

  it.each([null, 7, 'ACME', [account]])('says of %j alone that it is no account', async (bad) => {
    const { rows } = await fileOf(JSON.stringify([bad, account]))
    expect(rows.map(({ problems }) => problems)).toEqual([[{ field: 'row', reason: 'not-an-object' }], []])
  })

  it('is not led astray by keys that mean something to JavaScript', async () => {
    const text =
      '{"__proto__":{"format":"tokendesk-accounts","version":1},"accounts":[{"__proto__":{"name":"x"}}]}'
    expect(await failureOf(text)).toEqual({ code: 'other-format' })
    const { rows } = await fileOf('[{"__proto__":{"name":"x"}}]')
    expect(rows[0]).toMatchObject({ name: '' })
  })
})

describe('nothing of it is imported', () => {
  const many = (count: number): string => csv(...Array<string>(count).fill('A,,S,k'))
  const list = (count: number): string => `[${Array<string>(count).fill('{}').join(',')}]`

  it.each<[string, string | Uint8Array, ImportFailure]>([
    ['nothing', '', { code: 'empty' }],
    ['nothing but space', ' \r\n\t\n', { code: 'empty' }],
    ['nothing but a byte order mark', bytes('\uFEFF'), { code: 'empty' }],
    ['a header alone', csv(), { code: 'no-rows' }],
    ['blank rows', csv(',,,', '', '  '), { code: 'no-rows' }],
    ['an empty list', '[]', { code: 'no-rows' }],
    [
      'a list without accounts',
      '{"format":"tokendesk-accounts","version":1,"accounts":[]}',
      { code: 'no-rows' },
    ],
    ['over 20 MiB as a file', new Uint8Array(IMPORT_MAX_BYTES + 1).fill(0x61), { code: 'too-large' }],
    ['over 20 MiB pasted', 'a'.repeat(IMPORT_MAX_BYTES + 1), { code: 'too-large' }],
    [
      'a picture',
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d),
      { code: 'binary' },
    ],
    ['a spreadsheet', Uint8Array.of(0x50, 0x4b, 3, 4, 0x14, 0, 8, 8), { code: 'binary' }],
    ['a null character', csv('A\0B,,Sandbox,k'), { code: 'binary' }],
    ['UTF-16 cut in half', utf16(csv(ROW)).subarray(0, -1), { code: 'not-utf8' }],
    ['another encoding', new Uint8Array(Buffer.from(csv('Müller,,S,k'), 'latin1')), { code: 'not-utf8' }],
    ['UTF-8 cut in half', bytes('name,environment,apiKey\nü').subarray(0, -1), { code: 'not-utf8' }],
    ['a header alone that is not ours', 'Title,Password\n', { code: 'no-rows' }],
    [
      'headings alone in a column',
      'name\nACME',
      { code: 'missing-columns', columns: ['environment', 'apiKey'] },
    ],
    [
      'plain text',
      'Dear Sir,\nplease find',
      { code: 'missing-columns', columns: ['name', 'environment', 'apiKey'] },
    ],
    [
      'a column twice',
      'name,environment,apiKey,API key\nA,S,k,k',
      { code: 'repeated-column', column: 'apiKey' },
    ],
    ['a quote never closed', csv(ROW, '"ACME,,S,k', ROW), { code: 'unclosed-quote', line: 3 }],
    ['a row without end', csv(ROW, 'x'.repeat(IMPORT_MAX_ROW_LENGTH + 1)), { code: 'row-too-long', line: 3 }],
    ['a row of commas', csv(ROW, ','.repeat(5000)), { code: 'row-too-long', line: 3 }],
    ['50,001 rows', many(IMPORT_MAX_ROWS + 1), { code: 'too-many-rows' }],
    ['50,001 objects', list(IMPORT_MAX_ROWS + 1), { code: 'too-many-rows' }],
    ['JSON that breaks off', '[{"name":"A"},\n{"name":', { code: 'not-json', line: 2 }],
    ['JSON and more', '[{"name":"A"}] x', { code: 'not-json', line: 1 }],
    ['another JSON', '{"name":"A"}', { code: 'other-format' }],
    ['a format of somebody else', '{"format":"x","version":1,"accounts":[{}]}', { code: 'other-format' }],
    ['our format without accounts', '{"format":"tokendesk-accounts","version":1}', { code: 'other-format' }],
    [
      'accounts that are no list',
      '{"format":"tokendesk-accounts","version":1,"accounts":{}}',
      { code: 'other-format' },
    ],
    [
      'an impossible version',
      '{"format":"tokendesk-accounts","version":0,"accounts":[{}]}',
      { code: 'other-format' },
    ],
    [
      'a newer version',
      '{"format":"tokendesk-accounts","version":2,"accounts":[7]}',
      { code: 'newer-version', version: 2 },
    ],
    ['JSON that is very deep', `[\n${'['.repeat(100_000)}`, { code: 'too-deep', line: 2 }],
    ['JSON that is deep elsewhere', `{"format":${'{"a":'.repeat(100)}`, { code: 'too-deep', line: 1 }],
    [
      'an object without end',
      `[{"apiKey":"a"},\n{"name":"${'x'.repeat(IMPORT_MAX_ROW_LENGTH)}"}]`,
      { code: 'row-too-long', line: 2 },
    ],
  ])('%s', async (_case, input, failure) => {
    expect(await failureOf(input)).toEqual(failure)
  })

  it('when a JSON file is cut anywhere', async () => {
    const text = JSON.stringify({
      format: 'tokendesk-accounts',
      version: 1,
      accounts: [{ name: 'A', tags: ['b'] }],
    })
    for (let end = 1; end < text.length; end += 1) {
      expect(await failureOf(text.slice(0, end))).toEqual({ code: 'not-json', line: 1 })
    }
  })
})

describe('much of it', () => {
  it('reads 50,000 rows, with a turn for others at least every 100', async () => {
    const line = (n: number): string => `Account ${String(n)},company,Sandbox,key-${String(n)},,,`
    const text = csv(...Array.from({ length: IMPORT_MAX_ROWS }, (_, n) => line(n)))
    const turns = new Turns()
    const read = await readImport(bytes(text), turns.pause)
    expect(read.ok && read.value.rows).toHaveLength(IMPORT_MAX_ROWS)
    expect(read.ok && read.value.rows.at(-1)).toMatchObject({ name: 'Account 49999', line: 50_001 })
    expect(turns.given).toBeGreaterThanOrEqual(IMPORT_MAX_ROWS / 100)
  })

  it('reads 50,000 accounts from JSON likewise', async () => {
    const accounts = Array.from({ length: IMPORT_MAX_ROWS }, (_, n) => ({ name: `Account ${String(n)}` }))
    const turns = new Turns()
    const read = await readImport(JSON.stringify(accounts, null, 1), turns.pause)
    expect(read.ok && read.value.rows.at(-1)).toMatchObject({ name: 'Account 49999', line: 149_999 })
    expect(turns.given).toBeGreaterThanOrEqual(IMPORT_MAX_ROWS / 100)
  })

  it('reads 20 MiB in few long rows, with a turn for others at least every 100 KiB', async () => {
    const long = `${'x'.repeat(90_000)},,Sandbox,key\n`
    const text = `${HEADER}\n${long.repeat(Math.floor((IMPORT_MAX_BYTES - 100) / long.length))}`
    const turns = new Turns()
    expect(await readImport(text, turns.pause)).toMatchObject({ ok: true })
    expect(turns.given).toBeGreaterThanOrEqual(text.length / (100 * 1024))
  })
})

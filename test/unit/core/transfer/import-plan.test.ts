import { describe, expect, it } from 'vitest'
import { planImport, previewOf, type Known } from '../../../../electron/core/transfer/import-plan'
import type { EnvironmentId } from '../../../../electron/shared/environment'
import type { ImportRow } from '../../../../electron/core/transfer/import-row'
import { Secret } from '../../../../electron/shared/secret'
import { anId, anAccount, anEnvironment, aPartner } from '../../../support/builders'
import { aFile, aRow, csv, fileOf, inShort, NOTHING_YET, planOf, Turns } from '../../../support/import'

const LIVE = anEnvironment({ id: 'live' as EnvironmentId, name: 'Live' })
const TWO_PLACES: Known = { accounts: [], environments: [anEnvironment(), LIVE] }

function withAccounts(...accounts: Known['accounts']): Known {
  return { ...TWO_PLACES, accounts }
}

describe('a row that can be added', () => {
  it('becomes an account as it was typed, trimmed', async () => {
    const { rows } = await planOf([
      {
        name: ' ACME ',
        type: ' Partner ',
        environment: 'sandbox ',
        apiKey: ' key\r\n',
        tags: ['red', 'Red', ' blue '],
        remember: 'YES',
      },
    ])
    expect(rows).toEqual([
      {
        plan: 'add',
        partner: null,
        account: {
          name: 'ACME',
          environmentId: anId('sandbox'),
          apiKey: new Secret('key'),
          kind: 'partner',
          rememberApiKey: true,
          tags: ['red', 'blue'],
          note: '',
        },
        removed: ['unseen'],
        shown: { line: 2, name: 'ACME', environment: 'Sandbox', kind: 'partner', partner: null },
      },
    ])
  })

  it.each([
    ['', 'detect'],
    ['detect', 'detect'],
    ['PARTNER', 'partner'],
    ['company', 'company'],
  ])('with the type %j is added as %s', async (type, kind) => {
    expect((await planOf([{ type }])).rows[0]).toMatchObject({ account: { kind } })
  })

  it.each([
    ['yes', true],
    ['True', true],
    ['1', true],
    ['no', false],
    ['false', false],
    ['0', false],
    ['', false],
  ])('with %j for remember: %s', async (remember, rememberApiKey) => {
    expect((await planOf([{ remember }])).rows[0]).toMatchObject({ account: { rememberApiKey } })
  })

  it.each(['ש'.repeat(200), '=1+1', '-', '👩‍👩‍👧', "O'Brien"])('may be called %j', async (name) => {
    expect((await planOf([{ name }])).rows[0]).toMatchObject({ account: { name } })
  })
})

describe('a row with problems', () => {
  it.each<[Partial<ImportRow>, string]>([
    [{ name: '' }, 'name: empty'],
    [{ name: ' \t' }, 'name: empty'],
    [{ name: 'two\nlines' }, 'name: control-character'],
    [{ name: 'e\u202evil' }, 'name: control-character'],
    [{ name: 'x'.repeat(201) }, 'name: too-long'],
    [{ environment: '' }, 'environment: empty'],
    [{ environment: 'Prod' }, 'environment: unknown'],
    [{ apiKey: '' }, 'apiKey: empty'],
    [{ apiKey: 'two words' }, 'apiKey: inner-whitespace'],
    [{ apiKey: 'un\u200Bseen' }, 'apiKey: invisible-character'],
    [{ apiKey: 'varied\uFE0F' }, 'apiKey: invisible-character'],
    [{ apiKey: 'k'.repeat(5000) }, 'apiKey: too-long'],
    [{ type: 'firm' }, 'type: unknown'],
    [{ remember: 'maybe' }, 'remember: unknown'],
    [{ tags: ['a', 'b\u0007'] }, 'tags: control-character'],
    [{ tags: ['x'.repeat(41)] }, 'tags: too-long'],
    [{ tags: Array.from({ length: 21 }, (_, nth) => `tag ${String(nth)}`) }, 'tags: too-many'],
    [{ partner: 'Nobody' }, 'partner: unknown'],
    [{ partner: 'acme' }, 'partner: itself'],
    [{ type: 'partner', partner: 'Nobody' }, 'partner: of-a-partner'],
    [{ problems: [{ field: 'tags', reason: 'not-text' }] }, 'tags: not-text'],
    [{ name: '', problems: [{ field: 'name', reason: 'not-text' }] }, 'name: not-text'],
    [
      { name: '', environment: '', apiKey: '', type: 'x', remember: 'maybe', partner: 'Nobody' },
      'name: empty, environment: empty, apiKey: empty, type: unknown, remember: unknown',
    ],
    // With its cells mixed up, what they say means nothing.
    [{ name: '', apiKey: '', problems: [{ field: 'row', reason: 'extra-cells' }] }, 'row: extra-cells'],
  ])('%j is left out: %s', async (row, problems) => {
    expect(inShort(await planOf([row]))).toEqual([problems])
  })

  it('doesn’t keep the others out', async () => {
    expect(inShort(await planOf([{ name: 'A' }, { name: '' }, { name: 'B' }]))).toEqual([
      'add',
      'name: empty',
      'add',
    ])
  })

  it('names the line that has its name already, in the same environment', async () => {
    const rows = [
      { name: 'Café' },
      { name: 'Other' },
      { name: ' CAFE\u0301' },
      { name: 'café', environment: 'Live' },
    ]
    const plan = await planOf(rows, TWO_PLACES)
    expect(inShort(plan)).toEqual(['add', 'add', 'name: repeated', 'add'])
    expect(plan.rows[2]).toMatchObject({ problems: [{ field: 'name', reason: 'repeated', line: 2 }] })
  })
})

describe('an account that is there already', () => {
  const there = withAccounts(anAccount({ name: 'Café' }))

  it.each<[string, Partial<ImportRow>]>([
    ['as it is', {}],
    ['spelt otherwise', { name: ' CAFE\u0301 ' }],
    ['without a key, as in an export', { apiKey: '' }],
    ['with a partner that nobody knows', { partner: 'Nobody' }],
  ])('is skipped: %s', async (_case, row) => {
    expect(inShort(await planOf([{ name: 'café', ...row }], there))).toEqual(['skip'])
  })

  it('is another one in another environment', async () => {
    expect(inShort(await planOf([{ name: 'Café', environment: 'Live' }], there))).toEqual(['add'])
  })

  it('is skipped each time that the file has it', async () => {
    expect(inShort(await planOf([{ name: 'Café' }, { name: 'café' }], there))).toEqual(['skip', 'skip'])
  })
})

describe('a company’s partner', () => {
  const company = { name: 'Company', partner: 'harbor' }

  it('may be an account that is there', async () => {
    const harbor = aPartner({ name: 'Harbor' })
    const { rows } = await planOf([company], withAccounts(harbor))
    expect(rows[0]).toMatchObject({
      plan: 'add',
      partner: { is: 'known', id: harbor.id },
      shown: { partner: 'harbor' },
    })
  })

  it('may be there and in the file too', async () => {
    const harbor = aPartner({ name: 'Harbor' })
    const { rows } = await planOf([{ name: 'Harbor', type: 'company' }, company], withAccounts(harbor))
    expect(rows.map(({ plan }) => plan)).toEqual(['skip', 'add'])
    expect(rows[1]).toMatchObject({ partner: { is: 'known', id: harbor.id } })
  })

  it.each(['partner', 'detect', ''])('may be a row anywhere in the file, of the type %j', async (type) => {
    const { rows } = await planOf([company, { name: 'Harbor', type }])
    expect(rows[0]).toMatchObject({ plan: 'add', partner: { is: 'row', index: 1 } })
  })

  it.each<[string, readonly Partial<ImportRow>[], Known, string]>([
    ['nowhere', [], TWO_PLACES, 'unknown'],
    [
      'another environment',
      [],
      withAccounts(aPartner({ name: 'Harbor', environmentId: LIVE.id })),
      'other-environment',
    ],
    [
      'another environment of the file',
      [{ name: 'Harbor', environment: 'Live' }],
      TWO_PLACES,
      'other-environment',
    ],
    ['a company there', [], withAccounts(anAccount({ name: 'Harbor' })), 'not-a-partner'],
    [
      'a company elsewhere',
      [],
      withAccounts(anAccount({ name: 'Harbor', environmentId: LIVE.id })),
      'unknown',
    ],
    ['a company of the file', [{ name: 'Harbor', type: 'company' }], TWO_PLACES, 'not-a-partner'],
    ['one with a partner itself', [{ name: 'Harbor', partner: 'Company' }], TWO_PLACES, 'not-a-partner'],
    ['a row with problems', [{ name: 'Harbor', apiKey: '' }], TWO_PLACES, 'not-added'],
  ])('can’t be %s', async (_case, others, known, reason) => {
    const plan = await planOf([company, ...others], known)
    expect(inShort(plan)[0]).toBe(`partner: ${reason}`)
  })

  it('is not searched for while the environment is unknown', async () => {
    expect(inShort(await planOf([{ ...company, environment: 'Prod' }]))).toEqual(['environment: unknown'])
  })
})

describe('environments that are not there', () => {
  const prod = { environment: 'Prod' }
  const described = { name: 'PROD', baseUrl: 'https://api.example.com', production: true }

  it('are reported once, with how many rows wait for them', async () => {
    const plan = await planOf([{ name: 'A', ...prod }, { name: 'B', environment: ' prod' }, { name: 'C' }])
    expect(plan.unknownEnvironments).toEqual([{ name: 'Prod', rows: 2, described: null, similar: null }])
  })

  it('come with what the file says about them, also for rows without a key', async () => {
    const file = aFile([{ apiKey: '', ...prod }], { environments: [described] })
    const plan = await planImport(file, NOTHING_YET, new Turns().pause)
    expect(plan.unknownEnvironments).toEqual([{ name: 'Prod', rows: 1, described, similar: null }])
  })
})

describe('what people see of a row', () => {
  it('is never its key', async () => {
    const plan = await planOf([{ apiKey: 'secret-1' }, { name: '', apiKey: 'secret-2' }])
    expect(JSON.stringify(plan.rows.map(previewOf))).not.toContain('secret')
  })

  it('is never a key in the wrong column', async () => {
    const file = await fileOf(
      csv(
        'A,company,secret-1',
        'B,secret-2,Sandbox,',
        'Smith, Inc,company,Sandbox,secret-3,,',
        'Smith, Inc,company,Sandbox,secret-4,,,yes',
        'C,company,Sandbox,,secret-5',
        'D,company,Sandbox,k,,,secret-6',
      ),
    )
    const { rows, unknownEnvironments } = await planImport(file, NOTHING_YET, new Turns().pause)
    expect(JSON.stringify([rows.map(previewOf), unknownEnvironments])).not.toContain('secret')
    expect(rows.map(({ plan }) => plan)).toEqual(Array(6).fill('leave-out'))
  })

  it('has what was recognised, and the problems', async () => {
    const { rows } = await planOf([{ name: 'x'.repeat(10_000), type: 'company', partner: 'Nobody' }])
    expect(rows.map(previewOf)).toEqual([
      {
        line: 2,
        name: `${'x'.repeat(200)}…`,
        environment: 'Sandbox',
        kind: 'company',
        partner: null,
        plan: 'leave-out',
        problems: [
          { field: 'name', reason: 'too-long' },
          { field: 'partner', reason: 'unknown' },
        ],
        removed: [],
        changes: [],
      },
    ])
  })
})

describe('much of it', () => {
  interface Counted {
    readonly file: ReturnType<typeof aFile>
    readonly known: Known
    reads: number
  }

  /** `count` rows and as many accounts, which count how often their names are read. */
  function counted(count: number, name: (n: number) => string): Counted {
    const counted = { reads: 0 }
    const watch = <Named extends { readonly name: string }>(named: Named): Named => {
      const { name } = named
      return Object.defineProperty({ ...named }, 'name', {
        get: () => {
          counted.reads += 1
          return name
        },
      })
    }
    const numbers = Array.from({ length: count }, (_, n) => n)
    const rows = numbers.map((n) => watch(aRow({ line: n + 2, name: name(n), partner: 'Account 0' })))
    const accounts = numbers.map((n) => watch(anAccount({ name: `There ${String(n)}` })))
    return Object.assign(counted, { file: { ...aFile([]), rows }, known: withAccounts(...accounts) })
  }

  it.each<[string, (n: number) => string]>([
    ['different names', (n) => `Account ${String(n)}`],
    ['one name for all', () => 'Account 0'],
    ['names that are there', (n) => `There ${String(n)}`],
  ])('is as much work as there are rows and accounts: %s', async (_case, name) => {
    const small = counted(500, name)
    const large = counted(2000, name)
    await planImport(small.file, small.known, new Turns().pause)
    await planImport(large.file, large.known, new Turns().pause)
    expect(large.reads).toBeLessThanOrEqual(4 * small.reads + 8)
  })

  it('gives others a turn at least every 100 rows', async () => {
    const work = counted(10_000, (n) => `Account ${String(n)}`)
    let before = 0
    let most = 0
    const turns = new Turns(() => {
      most = Math.max(most, work.reads - before)
      before = work.reads
    })
    const plan = await planImport(work.file, work.known, turns.pause)
    expect(plan.rows).toHaveLength(10_000)
    expect(work.reads).toBeGreaterThan(20_000)
    // A row's name is read up to five times in a row.
    expect(most).toBeLessThanOrEqual(500)
  })

  it('gives others a turn after each very long row', async () => {
    const turns = new Turns()
    await planImport(
      aFile(Array<Partial<ImportRow>>(50).fill({ name: 'x'.repeat(90_000) })),
      NOTHING_YET,
      turns.pause,
    )
    expect(turns.given).toBeGreaterThanOrEqual(50)
  })
})

import { describe, expect, it } from 'vitest'
import { exportCsv, exportJson } from '../../../../electron/core/transfer/account-export'
import { planImport, type Known } from '../../../../electron/core/transfer/import-plan'
import type { AccountSummary } from '../../../../electron/shared/account'
import type { EnvironmentId } from '../../../../electron/shared/environment'
import { BackOffice, keyOf } from '../../../support/back-office'
import { anAccount, anEnvironment, aPartner } from '../../../support/builders'
import { fileOf, Turns } from '../../../support/import'

const LIVE = anEnvironment({
  id: 'live' as EnvironmentId,
  name: 'Live',
  baseUrl: 'https://api.example.com',
  production: true,
})
const UNUSED = anEnvironment({ id: 'unused' as EnvironmentId, name: 'Unused' })

const HARBOR = { ...aPartner({ name: 'Harbor', remembersApiKey: true }), tags: ['red', 'blue'] }
const ACME = anAccount({
  name: 'ACME, Inc',
  kindChoice: 'company',
  partnerId: HARBOR.id,
  environmentId: LIVE.id,
})
const KNOWN: Known = { accounts: [HARBOR, ACME], environments: [anEnvironment(), LIVE, UNUSED] }

const NAMES = [
  '=1+1',
  '+49 30 1234',
  '-',
  '@SUM(A1)',
  "'=1",
  "'90s",
  "O'Brien",
  'Smith; =cmd()',
  'a,b;c"d"',
  '"quoted"',
  'שלום בע"מ',
  '👩‍👩‍👧',
  'x'.repeat(200),
]

function named(names: readonly string[]): AccountSummary[] {
  return names.map((name) => ({ ...anAccount({ name }), tags: [`-${name.replaceAll(/[;,]/gu, '')}`] }))
}

const { pause } = new Turns()

describe('CSV', () => {
  it('has the columns of an import, and no key', async () => {
    const text = await exportCsv(KNOWN.accounts, KNOWN, pause)
    expect(text.split('\r\n')).toEqual([
      '\uFEFFname,type,environment,apiKey,partner,tags,remember',
      'Harbor,detect,Sandbox,,,"red; blue",yes',
      '"ACME, Inc",company,Live,,Harbor,,no',
      '',
    ])
  })

  it('names a partner that isn’t exported itself', async () => {
    expect(await exportCsv([ACME], KNOWN, pause)).toContain(',Harbor,')
  })

  it('is read back with the same names and tags, and no cell of it is a formula', async () => {
    const accounts = named(NAMES)
    const text = await exportCsv(accounts, { ...KNOWN, accounts }, pause)
    expect(text).not.toMatch(/(?:^|[,;\n])["\s]*[=+@-]/u)
    const { rows } = await fileOf(new TextEncoder().encode(text))
    expect(rows.map(({ name, tags }) => ({ name, tags }))).toEqual(
      accounts.map(({ name, tags }) => ({ name, tags })),
    )
  })
})

describe('JSON', () => {
  it('has the same, and the environments that are used, with their addresses', async () => {
    const text = await exportJson(KNOWN.accounts, KNOWN, pause)
    expect(JSON.parse(text)).toEqual({
      format: 'tokendesk-accounts',
      version: 1,
      environments: [
        { name: 'Sandbox', baseUrl: 'https://sandbox.example.com', production: false },
        { name: 'Live', baseUrl: 'https://api.example.com', production: true },
      ],
      accounts: [
        {
          name: 'Harbor',
          type: 'detect',
          environment: 'Sandbox',
          apiKey: '',
          partner: '',
          tags: ['red', 'blue'],
          remember: true,
        },
        {
          name: 'ACME, Inc',
          type: 'company',
          environment: 'Live',
          apiKey: '',
          partner: 'Harbor',
          tags: [],
          remember: false,
        },
      ],
    })
  })

  it('has one account to a line, so that problems are found by line', async () => {
    const { rows } = await fileOf(await exportJson(named(NAMES), KNOWN, pause))
    expect(rows.map(({ line }) => line)).toEqual(NAMES.map((_, n) => n + 8))
    expect(rows.map(({ name }) => name)).toEqual(NAMES)
  })

  it('is whole JSON without accounts too', async () => {
    expect(JSON.parse(await exportJson([], KNOWN, pause))).toMatchObject({ environments: [], accounts: [] })
  })

  it('tells an import elsewhere of the environments that it needs', async () => {
    const file = await fileOf(await exportJson([ACME], KNOWN, pause))
    const plan = await planImport(file, { accounts: [], environments: [] }, pause)
    expect(plan.unknownEnvironments).toEqual([
      {
        name: 'Live',
        rows: 1,
        described: { name: 'Live', baseUrl: 'https://api.example.com', production: true },
        similar: null,
      },
    ])
  })
})

describe.each([
  ['CSV', exportCsv],
  ['JSON', exportJson],
])('%s', (_format, write) => {
  it('imported where it comes from adds nothing', async () => {
    const plan = await planImport(await fileOf(await write(KNOWN.accounts, KNOWN, pause)), KNOWN, pause)
    expect(plan.counts).toEqual({ add: 0, skip: 2, 'leave-out': 0 })
  })

  it('of real accounts has none of their secrets', async () => {
    const office = await BackOffice.open()
    await office.add({ name: 'Harbor', rememberApiKey: true })
    await office.add({ name: 'ACME', refreshes: false })
    const known = { accounts: office.accounts.summaries(), environments: office.environmentStore.all }
    const text = await write(known.accounts, known, pause)
    expect(text).toContain('Harbor')
    const secrets = [
      ...office.service.requests.map(({ secret }) => secret),
      ...(await tokens(office)),
      keyOf('ACME'),
    ]
    expect(secrets.length).toBeGreaterThan(4)
    for (const secret of secrets) expect(text).not.toContain(secret)
    for (const { apiKeyHint } of known.accounts)
      if (apiKeyHint !== null) expect(text).not.toContain(apiKeyHint)
  })

  it('is written in slices', async () => {
    const accounts = named(Array.from({ length: 10_000 }, (_, n) => `Account ${String(n)}`))
    const turns = new Turns()
    expect((await write(accounts, KNOWN, turns.pause)).split('\n').length).toBeGreaterThan(10_000)
    expect(turns.given).toBeGreaterThanOrEqual(100)
  })
})

async function tokens(office: BackOffice): Promise<string[]> {
  const found: string[] = []
  for (const { id } of office.vault.accounts()) {
    const opened = await office.vault.secrets(id)
    if (opened.ok)
      found.push(...[opened.secrets.jwt, opened.secrets.refreshToken].flatMap((each) => each?.reveal() ?? []))
  }
  return found
}

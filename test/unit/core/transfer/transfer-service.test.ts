import { describe, expect, it } from 'vitest'
import { IMPORT_ROWS_AT_ONCE } from '../../../../electron/shared/transfer'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'

/** The service knows the keys that `csv` uses. */
async function officeFor(names: readonly string[]): Promise<BackOffice> {
  const office = await BackOffice.open()
  await office.environment()
  for (const name of names) office.service.addKey(keyOf(name))
  return office
}

function csv(...rows: readonly string[]): string {
  return ['name,type,environment,apiKey,partner,tags,remember', ...rows].join('\r\n')
}

function row(name: string, rest: { partner?: string; tags?: string; remember?: string } = {}): string {
  return `${name},,Sandbox,${keyOf(name)},${rest.partner ?? ''},${rest.tags ?? ''},${rest.remember ?? ''}`
}

describe('an import', () => {
  it('is previewed without sending anything, then logs each row in', async () => {
    const office = await officeFor(['ACME', 'Beta'])
    const text = csv(row('ACME', { tags: 'north; vip', remember: 'yes' }), row('Beta'), ',,Sandbox,,,,')
    const preview = unwrap(await office.useCases.imports.preview(text))
    expect(office.service.requests).toEqual([])
    if (!preview.ok) throw new Error('refused')
    expect(preview.rows.map(({ line, name, plan }) => [line, name, plan])).toEqual([
      [2, 'ACME', 'add'],
      [3, 'Beta', 'add'],
      [4, '', 'leave-out'],
    ])
    expect(JSON.stringify(preview)).not.toContain(keyOf('ACME'))

    const { outcomes } = unwrap(await office.useCases.imports.run(preview.planId))
    expect(outcomes.map(({ outcome }) => outcome.kind)).toEqual(['added', 'added', 'has-problems'])
    expect(office.accounts.summaries()).toMatchObject([
      { name: 'ACME', tags: ['north', 'vip'], remembersApiKey: true },
      { name: 'Beta', tags: [], remembersApiKey: false },
    ])
    expect(office.progress.at(-1)).toMatchObject({ total: 3, done: 3, added: 2, failed: 0, skipped: 1 })
    unwrap(await office.useCases.imports.saveOutcomes())
    expect([...office.dialogs.saved.keys()]).toEqual(['tokendesk-import.csv'])
  })

  it('tells its rows in parts, until it is carried out', async () => {
    const office = await officeFor([])
    const { imports } = office.useCases
    const names = Array.from({ length: IMPORT_ROWS_AT_ONCE + 2 }, (_, nth) => `Account ${String(nth)}`)
    const previewing = imports.preview(csv(...names.map((name) => row(name))))
    // Reading pauses for others.
    await office.time.advance(0)
    const preview = unwrap(await previewing)
    if (!preview.ok) throw new Error('refused')
    expect(preview.counts).toEqual({ add: names.length, skip: 0, 'leave-out': 0 })
    const rest = unwrap(imports.rows(preview.planId, preview.rows.length))
    expect([...preview.rows, ...rest].map(({ name }) => name)).toEqual(names)
    expect(preview.rows).toHaveLength(IMPORT_ROWS_AT_ONCE)
    expect(imports.rows('another', 0)).toMatchObject({ error: { code: 'not-found' } })
    imports.cancel()
    expect(imports.rows(preview.planId, 0)).toMatchObject({ error: { code: 'not-found' } })
  })

  it('twice makes no doubles', async () => {
    const office = await officeFor(['ACME', 'Beta'])
    const text = csv(row('ACME'), row('Beta'))
    for (const expected of ['added', 'already-there']) {
      const preview = unwrap(await office.useCases.imports.preview(text))
      if (!preview.ok) throw new Error('refused')
      const { outcomes } = unwrap(await office.useCases.imports.run(preview.planId))
      expect(outcomes.map(({ outcome }) => outcome.kind)).toEqual([expected, expected])
    }
    expect(office.vault.ids()).toHaveLength(2)
    expect(office.service.requests).toHaveLength(2)
  })

  it('is carried out once for each preview', async () => {
    const office = await officeFor(['ACME'])
    const preview = unwrap(await office.useCases.imports.preview(csv(row('ACME'))))
    if (!preview.ok) throw new Error('refused')
    const first = office.useCases.imports.run(preview.planId)
    expect(await office.useCases.imports.run(preview.planId)).toMatchObject({ error: { code: 'not-found' } })
    unwrap(await first)
  })

  it('that is thought better of is forgotten', async () => {
    const office = await officeFor(['ACME'])
    const preview = unwrap(await office.useCases.imports.preview(csv(row('ACME'))))
    if (!preview.ok) throw new Error('refused')
    office.useCases.imports.cancel()
    expect(await office.useCases.imports.run(preview.planId)).toMatchObject({ error: { code: 'not-found' } })
    expect(office.vault.ids()).toEqual([])
  })

  it('that is cancelled keeps what was added, and says what was not tried', async () => {
    const names = Array.from({ length: 40 }, (_, n) => `Account ${String(n)}`)
    const office = await officeFor(names)
    const previewing = office.useCases.imports.preview(csv(...names.map((name) => row(name))))
    await office.time.advance(1_000)
    const preview = unwrap(await previewing)
    if (!preview.ok) throw new Error('refused')
    office.service.answered = () => {
      office.useCases.imports.cancel()
    }
    const running = office.useCases.imports.run(preview.planId)
    await office.time.advance(1_000)
    const kinds = unwrap(await running).outcomes.map(({ outcome }) => outcome.kind)
    expect(kinds.filter((kind) => kind === 'added').length).toBe(office.vault.ids().length)
    expect(kinds).toContain('cancelled')
  })

  it('that makes no sense says why', async () => {
    const office = await officeFor([])
    expect(unwrap(await office.useCases.imports.preview('name\nACME'))).toMatchObject({
      ok: false,
      failure: { code: 'missing-columns' },
    })
  })
})

describe('an export', () => {
  it('holds no secret, and can be imported elsewhere', async () => {
    const office = await officeFor(['ACME'])
    await office.add({ rememberApiKey: true })
    unwrap(await office.useCases.transfer.export('csv'))
    unwrap(await office.useCases.transfer.export('json'))
    for (const content of office.dialogs.saved.values()) {
      for (const secret of [keyOf('ACME'), 'jwt-1', 'refresh-token-1']) expect(content).not.toContain(secret)
    }
    const json = String(office.dialogs.saved.get('tokendesk-accounts.json'))
    const elsewhere = await BackOffice.open()
    expect(unwrap(await elsewhere.useCases.imports.preview(json))).toMatchObject({
      ok: true,
      unknownEnvironments: [{ name: 'Sandbox', described: { baseUrl: 'https://api.example.com' } }],
    })
  })
})

/** Accounts that are there: what a row says otherwise can be chosen before anything is sent. */
import { describe, expect, it } from 'vitest'
import type { ChosenChanges } from '../../../../electron/shared/transfer'
import { outcomeReason, rowProblem } from '../../../../electron/shared/wording'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'

const NEW_KEY = 'another-key-0123456789'

/** ACME is a company under nobody, Harbor a partner; both are there. */
async function office(): Promise<BackOffice> {
  const app = await BackOffice.open()
  await app.add({ name: 'Harbor', kind: 'partner' })
  await app.add({ name: 'ACME', kind: 'company', refreshes: false, rememberApiKey: true })
  app.service.addKey(NEW_KEY, { refreshes: false })
  return app
}

const HEADER = 'name,environment,apiKey,partner,tags,note,remember'

async function imported(app: BackOffice, row: string, updates: ChosenChanges): Promise<readonly string[]> {
  const { imports } = app.useCases
  const preview = unwrap(await imports.preview(`${HEADER}\n${row}`))
  if (!preview.ok) throw new Error(JSON.stringify(preview))
  const { outcomes } = unwrap(await imports.run(preview.planId, updates))
  return outcomes.map(({ outcome }) => outcome.kind)
}

function acme(app: BackOffice) {
  const account = app.accounts.summaries().find(({ name }) => name === 'ACME')
  if (account === undefined) throw new Error('ACME is gone')
  return account
}

describe('the preview says what could be changed', () => {
  it.each([
    [`ACME,Sandbox,${NEW_KEY},,,,`, ['apiKey']],
    ['ACME,Sandbox,,Harbor,vip,call first,', ['partner', 'tags', 'note']],
    ['ACME,Sandbox,,,,,', []],
    // Neither can be used.
    ['ACME,Sandbox,two words,Nobody,,,', []],
    ['Harbor,Sandbox,,,,,', []],
  ])('%s: %j', async (row, changes) => {
    const preview = unwrap(await (await office()).useCases.imports.preview(`${HEADER}\n${row}`))
    expect(preview).toMatchObject({ ok: true, rows: [{ plan: 'skip', changes }] })
  })

  it('and nothing where the row says the same', async () => {
    const app = await office()
    unwrap(await app.accounts.edit(acme(app).id, { tags: ['vip'], note: 'call first' }))
    const preview = unwrap(await app.useCases.imports.preview(`${HEADER}\nACME,Sandbox,,,VIP,call first,`))
    expect(preview).toMatchObject({ ok: true, rows: [{ changes: [] }], changes: { tags: 0, note: 0 } })
  })

  it.each([
    ['ACME,Sandbox,1.23457E+17,,,,', /^Excel has changed this API key/u],
    [`ACME,Sandbox,${NEW_KEY},Nobody,,,`, /partner/u],
    [`ACME,Sandbox,${NEW_KEY},,${'t'.repeat(41)},,`, /^A tag has at most 40 characters/u],
    [`ACME,Sandbox,${NEW_KEY},,,,perhaps`, /remember/u],
    [`Harbor,Sandbox,,Harbor 2,,,\nHarbor 2,Sandbox,k-0123456789,,,,`, /partner/u],
  ])('and why something can’t be: %s', async (row, said) => {
    const preview = unwrap(await (await office()).useCases.imports.preview(`${HEADER}\n${row}`))
    if (!preview.ok) throw new Error('refused')
    expect(preview.rows[0]).toMatchObject({ plan: 'skip' })
    expect(preview.rows[0]?.problems.map(rowProblem)).toEqual([expect.stringMatching(said)])
  })

  it('only once for an account that two rows name', async () => {
    const text = `${HEADER}\nACME,Sandbox,${NEW_KEY},,,,\nacme,Sandbox,third-key,,,,`
    const preview = unwrap(await (await office()).useCases.imports.preview(text))
    expect(preview).toMatchObject({
      ok: true,
      rows: [{ changes: ['apiKey'] }, { changes: [] }],
      changes: { apiKey: 1 },
    })
  })
})

describe('an import', () => {
  it('changes nothing that was not chosen', async () => {
    const app = await office()
    const before = acme(app)
    const sent = app.service.requests.length
    expect(await imported(app, `ACME,Sandbox,${NEW_KEY},Harbor,vip,call first,`, {})).toEqual([
      'already-there',
    ])
    expect(acme(app)).toEqual(before)
    expect(app.service.requests).toHaveLength(sent)
  })

  it('logs in with the new API key, and keeps whether it is saved', async () => {
    const app = await office()
    expect(await imported(app, `ACME,Sandbox,"""${NEW_KEY}""",,,,`, { apiKey: [0] })).toEqual(['updated'])
    expect(app.service.requests.at(-1)).toEqual({ call: 'login', secret: NEW_KEY })
    expect(acme(app)).toMatchObject({ remembersApiKey: true, apiKeyHint: '…6789' })
  })

  it('saves the key or not, as the row says', async () => {
    const app = await office()
    await imported(app, `ACME,Sandbox,${NEW_KEY},,,,no`, { apiKey: [0] })
    expect(acme(app).remembersApiKey).toBe(false)
  })

  it('changes partner, tags and note, and asks the service nothing', async () => {
    const app = await office()
    const sent = app.service.requests.length
    const row = `ACME,Sandbox,${NEW_KEY},Harbor,vip; north,call first,`
    expect(await imported(app, row, { partner: [0], tags: [0], note: [0] })).toEqual(['updated'])
    const harbor = app.accounts.summaries().find(({ name }) => name === 'Harbor')
    expect(acme(app)).toMatchObject({ partnerId: harbor?.id, tags: ['vip', 'north'], note: 'call first' })
    expect(app.service.requests).toHaveLength(sent)
  })

  it('puts an account under a partner that it adds', async () => {
    const app = await office()
    app.service.addKey(keyOf('New partner'))
    const rows = `ACME,Sandbox,,New partner,,,\nNew partner,Sandbox,${keyOf('New partner')},,,,`
    expect(await imported(app, rows, { partner: [0] })).toEqual(['updated', 'added'])
    const partner = app.accounts.summaries().find(({ name }) => name === 'New partner')
    expect(acme(app).partnerId).toBe(partner?.id)
  })

  it('leaves the account as it was where the key is refused', async () => {
    const app = await office()
    const before = acme(app)
    const row = 'ACME,Sandbox,unknown-key,Harbor,vip,call first,'
    const chosen = { apiKey: [0], partner: [0], tags: [0], note: [0] }
    expect(await imported(app, row, chosen)).toEqual(['refused'])
    const { jwt, apiKeyHint, partnerId, tags, note } = before
    expect(acme(app)).toMatchObject({ jwt, apiKeyHint, partnerId, tags, note })
  })

  it('doesn’t replace a session whose refresh token would be lost: that is asked at the account', async () => {
    const app = await office()
    const { imports } = app.useCases
    const preview = unwrap(await imports.preview(`${HEADER}\nHarbor,Sandbox,${NEW_KEY},,,,`))
    const { outcomes } = unwrap(await imports.run(preview.ok ? preview.planId : '', { apiKey: [0] }))
    expect(outcomes.map(({ outcome }) => outcomeReason(outcome))).toEqual([
      'This API key brings no refresh token, and the account has one. Its session wasn’t replaced; to decide, enter it in the account’s details.',
    ])
    const harbor = app.accounts.summaries().find(({ name }) => name === 'Harbor')
    expect(harbor?.refreshToken).not.toBeNull()
  })
})

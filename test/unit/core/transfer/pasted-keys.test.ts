/** API keys as people have them in tables: what surrounds one is taken off and said, a changed one is not sent. */
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../../electron/shared/secret'
import { fieldProblem, keyUnwrapped, rowProblem } from '../../../../electron/shared/wording'
import { BackOffice, unwrap } from '../../../support/back-office'
import { previewOf } from '../../../../electron/core/transfer/import-plan'
import { planOf } from '../../../support/import'

const KEY = 'pk_live_9aF3.x-Y~Z+/=Q2f2'

const WRAPPED: readonly (readonly [typed: string, said: string])[] = [
  [`'${KEY}'`, 'Removed around the API key: quotation marks.'],
  [`“${KEY}”`, 'Removed around the API key: quotation marks.'],
  [`\`${KEY}\``, 'Removed around the API key: quotation marks.'],
  [`="${KEY}"`, 'Removed around the API key: the equals sign of a formula and quotation marks.'],
  [`${KEY};`, 'Removed around the API key: a comma or semicolon.'],
  [`apiKey: ${KEY}`, 'Removed around the API key: a label.'],
  [`Bearer ${KEY}`, 'Removed around the API key: a label.'],
  [` ${KEY}\u200B\n`, 'Spaces, line breaks, or invisible characters around the API key were removed.'],
  [
    ` "apiKey": "${KEY}",`,
    'Removed around the API key: white space, a label, a comma or semicolon, and quotation marks.',
  ],
]

const CHANGED: readonly (readonly [typed: string, said: RegExp])[] = [
  ['1.23457E+17', /^Excel has changed this API key\. Export the column as text\.$/u],
  ['########', /^Excel has changed this API key/u],
  ['#N/A', /^Excel has changed this API key/u],
  ['pk_live_9aF3…Q2f2', /^This API key is shortened/u],
  ['two words', /contains a space or a line break/u],
  ['con\u0007trol', /invisible: a control character \(U\+0007\)/u],
]

describe.each(WRAPPED)('%j', (typed, said) => {
  it('is imported without what surrounds it, and the preview says so', async () => {
    const { rows } = await planOf([{ apiKey: typed }])
    expect(rows[0]).toMatchObject({ plan: 'add', account: { apiKey: new Secret(KEY) } })
    expect(rows.map(previewOf).map(({ removed }) => keyUnwrapped(removed))).toEqual([said])
  })

  it('is sent without it by Add and by entering a key', async () => {
    const office = await BackOffice.open()
    office.service.addKey(KEY)
    const { id } = await office.add({ apiKey: new Secret(KEY) })
    unwrap(await office.accounts.enterApiKey(id, new Secret(typed), false))
    unwrap(await office.removals.removeNow(id))
    unwrap(
      await office.accounts.add({
        name: 'ACME',
        environmentId: await office.environment(),
        apiKey: new Secret(typed),
        kind: 'detect',
        partnerId: null,
        rememberApiKey: false,
      }),
    )
    expect(office.service.requests.map(({ secret }) => secret)).toEqual([KEY, KEY, KEY])
  })
})

describe.each(CHANGED)('%j', (typed, said) => {
  it('is flagged in the preview of an import, and not sent', async () => {
    const office = await BackOffice.open()
    await office.environment()
    const account = { name: 'ACME', environment: 'Sandbox', apiKey: typed }
    const preview = unwrap(await office.useCases.imports.preview(JSON.stringify([account])))
    if (!preview.ok) throw new Error('refused')
    expect(preview.rows[0]?.problems.map(rowProblem)).toEqual([expect.stringMatching(said)])
    unwrap(await office.useCases.imports.run(preview.planId))
    expect(office.service.requests).toEqual([])
  })

  it('is refused by a key field, and not sent', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const sent = office.service.requests.length
    const entered = await office.accounts.enterApiKey(id, new Secret(typed), false)
    if (entered.ok || entered.error.code !== 'bad-fields') throw new Error('not refused')
    expect(entered.error.fields.map(fieldProblem)).toEqual([expect.stringMatching(said)])
    expect(office.service.requests).toHaveLength(sent)
  })
})

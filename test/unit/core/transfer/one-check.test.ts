/** Import, Add, edit and restore accept the same, and tell each limit by its own number. */
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../../electron/shared/secret'
import { fieldProblem, refusedInBackup, rowProblem } from '../../../../electron/shared/wording'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'

const PASSPHRASE = new Secret('correct horse battery staple')
const TAGS_21 = Array.from({ length: 21 }, (_, nth) => `tag ${String(nth)}`)

interface Typed {
  readonly name?: string
  readonly tags?: readonly string[]
}

const LIMITS: readonly (readonly [what: string, typed: Typed, number: string])[] = [
  ['a tag of 41 characters', { tags: ['x'.repeat(41)] }, '40'],
  ['21 tags', { tags: TAGS_21 }, '20'],
  ['a name of 201 characters', { name: 'x'.repeat(201) }, '200'],
]

async function office(): Promise<BackOffice> {
  const office = await BackOffice.open()
  await office.add({ name: 'ACME' })
  return office
}

async function previewed(
  office: BackOffice,
  { name = 'Beta', tags = [] }: Typed,
): Promise<readonly string[]> {
  const account = { name, tags, environment: 'Sandbox', apiKey: keyOf('Beta') }
  const preview = unwrap(await office.useCases.imports.preview(JSON.stringify([account])))
  return preview.ok ? (preview.rows[0]?.problems.map(rowProblem) ?? []) : ['refused']
}

describe.each(LIMITS)('%s', (_, typed, limit) => {
  const tells = expect.stringMatching(new RegExp(`\\b${limit}\\b`, 'u')) as string

  it('is refused by the preview of an import', async () => {
    expect(await previewed(await office(), typed)).toEqual([tells])
  })

  it('is refused by Add, and nothing is sent', async () => {
    const app = await office()
    const sent = app.service.requests.length
    const added = await app.accounts.add({
      name: 'Beta',
      environmentId: await app.environment(),
      apiKey: new Secret(keyOf('Beta')),
      kind: 'detect',
      partnerId: null,
      rememberApiKey: false,
      ...typed,
    })
    if (added.ok || added.error.code !== 'bad-fields') throw new Error('not refused')
    expect(added.error.fields.map(fieldProblem)).toEqual([tells])
    expect(app.service.requests).toHaveLength(sent)
  })

  it('is refused by an edit', async () => {
    const app = await office()
    const [id] = app.vault.ids()
    if (id === undefined) throw new Error('no account')
    const edited = await app.accounts.edit(id, { name: typed.name, tags: typed.tags })
    if (edited.ok || edited.error.code !== 'bad-fields') throw new Error('not refused')
    expect(edited.error.fields.map(fieldProblem)).toEqual([tells])
  })

  it('is refused by a restore, which says so and keeps the rest of the account', async () => {
    const app = await office()
    const [id] = app.vault.ids()
    if (id === undefined) throw new Error('no account')
    // No screen can store this; a damaged or foreign backup may hold it.
    app.vault.saveProfile(id, typed)
    unwrap(await app.useCases.transfer.backUp(PASSPHRASE))
    const bytes = app.dialogs.saved.get('tokendesk-backup.tokendesk')
    if (!(bytes instanceof Uint8Array)) throw new Error('no backup')

    const other = await BackOffice.open()
    other.dialogs.chosen = { name: 'backup.tokendesk', bytes }
    unwrap(await other.useCases.transfer.chooseBackup())
    const result = unwrap(await other.useCases.transfer.restore(PASSPHRASE))
    expect(refusedInBackup(result)).toEqual([tells])
    expect(result).toMatchObject({ restored: typed.name === undefined ? 1 : 0, skipped: 0 })
    expect(other.accounts.summaries().map(({ name, tags }) => [name, tags])).toEqual(
      typed.name === undefined ? [['ACME', []]] : [],
    )
  })
})

it.each([
  ['a tag of 40 characters', { tags: ['x'.repeat(40)] }],
  ['20 tags', { tags: TAGS_21.slice(1) }],
  ['a name of 200 characters', { name: 'x'.repeat(200) }],
])('%s passes the preview, and is added', async (_, typed: Typed) => {
  const app = await office()
  app.service.addKey(keyOf('Beta'))
  const account = { name: 'Beta', environment: 'Sandbox', apiKey: keyOf('Beta'), ...typed }
  const preview = unwrap(await app.useCases.imports.preview(JSON.stringify([account])))
  if (!preview.ok) throw new Error('refused')
  const { outcomes } = unwrap(await app.useCases.imports.run(preview.planId))
  expect(outcomes.map(({ outcome }) => outcome.kind)).toEqual(['added'])
})

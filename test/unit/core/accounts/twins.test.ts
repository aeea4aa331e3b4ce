import { describe, expect, it } from 'vitest'
import type { EnvironmentId } from '../../../../electron/shared/environment'
import { Secret } from '../../../../electron/shared/secret'
import { resultsCsv } from '../../../../electron/core/transfer/import-results'
import { outcomeSummary } from '../../../../electron/shared/wording'
import { BackOffice, unwrap } from '../../../support/back-office'
import { aJwtOf } from '../../../support/builders'

const KEY = 'an-api-key-that-is-long-enough-0123'
/** Ends like the other one. */
const LIKE_IT = 'other-api-key-with-the-same-end-0123'
const SHORT = 'short-key'

async function add(
  office: BackOffice,
  name: string,
  {
    apiKey = KEY,
    environmentId,
    remembers = true,
  }: { apiKey?: string; environmentId?: EnvironmentId; remembers?: boolean } = {},
) {
  office.service.addKey(apiKey)
  const typed = {
    name,
    environmentId: environmentId ?? (await office.environment()),
    apiKey: new Secret(apiKey),
    kind: 'detect',
    partnerId: null,
    rememberApiKey: remembers,
  } as const
  return unwrap(await office.accounts.add(typed, new AbortController().signal))
}

describe('one API key in two accounts', () => {
  it.each([KEY, SHORT])(
    'is said when the second is added, which is kept all the same (%s)',
    async (apiKey) => {
      const office = await BackOffice.open()
      expect((await add(office, 'ACME', { apiKey })).twin).toBeNull()
      const second = await add(office, 'Beta', { apiKey, remembers: false })
      expect(second.twin).toEqual({ name: 'ACME', by: 'api-key' })
      expect(office.accounts.summaries().map(({ name }) => name)).toEqual(['ACME', 'Beta'])
    },
  )

  it('is said when it is entered for an account', async () => {
    const office = await BackOffice.open()
    await add(office, 'ACME')
    const { id } = await add(office, 'Beta', { apiKey: LIKE_IT })
    const entered = unwrap(await office.accounts.enterApiKey(id, new Secret(KEY), true))
    expect(entered.twin).toEqual({ name: 'ACME', by: 'api-key' })
    // And not of itself.
    const again = unwrap(await office.accounts.enterApiKey(id, new Secret(LIKE_IT), true))
    expect(again.twin).toBeNull()
  })

  it('is another key where only the ends are the same, and no matter in another environment', async () => {
    const office = await BackOffice.open()
    await add(office, 'ACME')
    expect((await add(office, 'Beta', { apiKey: LIKE_IT })).twin).toBeNull()
    const elsewhere = { name: 'Live', baseUrl: 'https://live.example.com', production: true }
    const { id: environmentId } = unwrap(await office.environments.add(elsewhere))
    expect((await add(office, 'ACME', { environmentId })).twin).toBeNull()
  })

  it('decrypts no account with another end of its saved key', async () => {
    const office = await BackOffice.open()
    office.service.jwtOf = (n) => `opaque-${String(n)}`
    await add(office, 'ACME', { apiKey: `${KEY}-9999` })
    const opened: string[] = []
    const secrets = office.vault.secrets.bind(office.vault)
    office.vault.secrets = (id) => {
      opened.push(office.summary(id).name)
      return secrets(id)
    }
    await add(office, 'Beta')
    expect(opened).toEqual(['Beta'])
  })

  it('is found by the subject of the JWT where no key is saved', async () => {
    const office = await BackOffice.open()
    office.service.jwtOf = () => aJwtOf({ sub: 'partner-7', iss: 'service' })
    await add(office, 'ACME', { remembers: false })
    expect((await add(office, 'Beta', { remembers: false })).twin).toEqual({ name: 'ACME', by: 'subject' })
    office.service.jwtOf = () => aJwtOf({ sub: 'partner-7', iss: 'another service' })
    expect((await add(office, 'Gamma', { apiKey: LIKE_IT, remembers: false })).twin).toBeNull()
  })

  it('costs no login: where accounts can not be compared, none is said to be like it', async () => {
    const office = await BackOffice.open()
    await add(office, 'ACME')
    office.vault.secrets = () => Promise.reject(new Error('a keyring that fails'))
    expect((await add(office, 'Beta')).twin).toBeNull()
    expect(office.accounts.summaries()).toHaveLength(2)
  })

  it('is said in the results of an import, row by row', async () => {
    const office = await BackOffice.open()
    await add(office, 'ACME')
    const text = `name,environment,apiKey,remember\nBeta,Sandbox,${KEY},yes\nGamma,Sandbox,${LIKE_IT},yes`
    office.service.addKey(LIKE_IT)
    const preview = unwrap(await office.useCases.imports.preview(text))
    const { outcomes } = unwrap(await office.useCases.imports.run(preview.ok ? preview.planId : ''))
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      { kind: 'added', sameKeyAs: 'ACME' },
      { kind: 'added' },
    ])
    expect(outcomeSummary(outcomes)).toBe('2 accounts added, 1 with another account’s API key')
    const csv = await resultsCsv(outcomes, () => Promise.resolve())
    expect(csv).toContain('It has the same API key as ACME')
    expect(csv).not.toContain(KEY)
  })
})

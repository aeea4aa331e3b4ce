/** Refusals that speak of the environment rather than of the accounts, and how they heal (auth-api.md, rules 5 and 6). */
import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../../../electron/shared/account'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'
import { settle } from '../../../support/fakes/fake-time'
import { refusal, withAccounts, renewAll, statuses, doubt } from '../../../support/refusals'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const URL = 'https://api.example.com'
const WRONG_URL = 'https://wrong.example.com'

describe('404, 405 and 501 with JSON', () => {
  it.each([404, 405, 501])(
    '(%i) from an address that has granted nothing yet are about the address: no status changes, no key is sent',
    async (status) => {
      const { office, ids, environmentId } = await withAccounts(2, true)
      unwrap(await office.environments.edit(environmentId, { baseUrl: WRONG_URL }))
      office.service.mishap = () => refusal(status)
      const [id] = ids as [AccountId]
      const problem = { code: 'wrong-address', status }
      expect(await office.accounts.renew(id)).toEqual({ ok: false, error: { code: 'problem', problem } })
      expect(office.service.requests.map(({ call }) => call)).toEqual(['refresh'])
      expect(office.status(id)).toBe('live')
      expect(office.summary(id).problem).toEqual(problem)
      expect(doubt(office)).toEqual({ why: 'wrong-address', status })
      await office.time.advance(12 * HOUR)
      expect(office.service.requests).toHaveLength(1)
      expect(office.notifier.shown.length).toBeLessThanOrEqual(1)
    },
  )

  it.each([404, 405, 501])(
    '(%i) from one that has granted something mean that the token is dead',
    async (status) => {
      const { office, ids } = await withAccounts(1)
      office.service.mishap = () => refusal(status)
      await renewAll(office, ids)
      expect(statuses(office, ids)).toEqual(['needs-key'])
      expect(doubt(office)).toBeNull()
    },
  )

  it('which address has granted something is written once, and known after a restart', async () => {
    const { office, ids } = await withAccounts(1)
    const written = office.stateStore.text
    expect(written).toContain(
      `"grantedFrom":{"${office.summary(ids[0] as AccountId).environmentId}":["${URL}"]}`,
    )
    await renewAll(office, ids)
    expect(office.stateStore.text).toBe(written)
    const restarted = await office.restart()
    restarted.service.mishap = () => refusal(404)
    await renewAll(restarted, ids)
    expect(statuses(restarted, ids)).toEqual(['needs-key'])
  })

  it('a file from before that was written learns it from the sessions that are there', async () => {
    const { office, ids } = await withAccounts(1)
    const { grantedFrom: _, ...older } = JSON.parse(office.stateStore.text ?? '') as Record<string, unknown>
    office.stateStore.text = JSON.stringify(older)
    const restarted = await office.restart()
    restarted.service.mishap = () => refusal(404)
    await renewAll(restarted, ids)
    expect(statuses(restarted, ids)).toEqual(['needs-key'])
  })

  it('correcting the address heals all accounts automatically', async () => {
    const { office, ids, environmentId } = await withAccounts(5)
    unwrap(await office.environments.edit(environmentId, { baseUrl: WRONG_URL }))
    office.service.mishap = (_, __, { baseUrl }) => (baseUrl === WRONG_URL ? refusal(404) : null)
    await renewAll(office, ids)
    office.service.requests.length = 0
    unwrap(await office.environments.edit(environmentId, { baseUrl: URL }))
    await office.time.advance(SECOND)
    expect(office.service.requests).toHaveLength(5)
    expect(ids.map((id) => office.summary(id).problem)).toEqual(ids.map(() => null))
    expect(doubt(office)).toBeNull()
  })

  it('at a login tell to look at the base URL, and keep nothing', async () => {
    const office = await BackOffice.open()
    office.service.mishap = () => refusal(404)
    expect(
      await office.accounts.add({
        name: 'ACME',
        environmentId: await office.environment(),
        apiKey: new Secret(keyOf('ACME')),
        kind: 'detect',
        partnerId: null,
        rememberApiKey: false,
      }),
    ).toMatchObject({ error: { problem: { code: 'wrong-address', status: 404 } } })
    expect(office.vault.ids()).toEqual([])
  })
})

describe('a refusal from another address than the one now set', () => {
  it('does not count: each account tries once more when the address is put right', async () => {
    const { office, ids, environmentId } = await withAccounts(2)
    unwrap(await office.environments.edit(environmentId, { baseUrl: WRONG_URL }))
    office.service.mishap = (_, __, { baseUrl }) => (baseUrl === WRONG_URL ? refusal(401) : null)
    await renewAll(office, ids)
    expect(statuses(office, ids)).toEqual(['needs-key', 'needs-key'])
    office.service.requests.length = 0
    unwrap(await office.environments.edit(environmentId, { baseUrl: URL }))
    await office.time.advance(SECOND)
    expect(statuses(office, ids)).toEqual(['live', 'live'])
    expect(office.service.requests.map(({ call }) => call)).toEqual(['refresh', 'refresh'])
    expect(ids.map((id) => office.summary(id).problem)).toEqual([null, null])
  })

  it('which comes while the address is changed makes it try the new one at once', async () => {
    const { office, ids, environmentId } = await withAccounts(1)
    unwrap(await office.environments.edit(environmentId, { baseUrl: WRONG_URL }))
    let answer = (): void => undefined
    const gate = new Promise<void>((go) => (answer = go))
    const refresh = office.service.refresh.bind(office.service)
    office.service.refresh = async (target, token) => {
      if (target.baseUrl !== WRONG_URL) return await refresh(target, token)
      await gate
      return { kind: 'refused', status: 401, clockSkewMs: null }
    }
    const renewing = office.accounts.renew(ids[0] as AccountId)
    await settle()
    unwrap(await office.environments.edit(environmentId, { baseUrl: URL }))
    answer()
    unwrap(await renewing)
    expect(statuses(office, ids)).toEqual(['live'])
    expect(office.summary(ids[0] as AccountId).problem).toBeNull()
  })

  it('refused there too, the account needs its key, and nothing repeats endlessly', async () => {
    const { office, ids, environmentId } = await withAccounts(1)
    office.service.revokeTokens()
    await renewAll(office, ids)
    unwrap(await office.environments.edit(environmentId, { baseUrl: WRONG_URL }))
    await office.time.advance(12 * HOUR)
    expect(office.service.requests).toHaveLength(2)
    expect(statuses(office, ids)).toEqual(['needs-key'])
  })
})

describe.each([400, 401, 403, 410, 422])('%i to three accounts within a minute', (status) => {
  it('is a doubt about the environment: one question, and none for an account', async () => {
    const { office, ids } = await withAccounts(6, true)
    office.service.mishap = () => refusal(status)
    await renewAll(office, ids)
    expect(doubt(office)).toEqual({ why: 'refused-together', status })
    expect(statuses(office, ids)).toEqual(ids.map(() => 'live'))
    for (const id of ids) {
      expect(office.summary(id).problem).toEqual({ code: 'refused-together', status })
    }
    await office.time.advance(MINUTE)
    expect(office.notifier.shown.map(({ title }) => title)).toEqual(['Check the environment Sandbox'])
    expect(office.traySummary.attention).toBe(0)
  })
})

describe('no doubt about the environment is', () => {
  it('two accounts that are refused', async () => {
    const { office, ids } = await withAccounts(2)
    office.service.mishap = () => refusal(401)
    await renewAll(office, ids)
    expect(statuses(office, ids)).toEqual(['needs-key', 'needs-key'])
  })

  it('three that are refused over more than a minute', async () => {
    const { office, ids } = await withAccounts(3)
    office.service.mishap = () => refusal(401)
    for (const id of ids) {
      await renewAll(office, [id])
      await office.time.advance(40 * SECOND)
    }
    expect(statuses(office, ids)).toEqual(ids.map(() => 'needs-key'))
  })

  it('three where another one was refused within the hour before', async () => {
    const { office, ids } = await withAccounts(4)
    office.service.mishap = () => refusal(401)
    await renewAll(office, ids.slice(0, 1))
    await office.time.advance(30 * MINUTE)
    await renewAll(office, ids.slice(1))
    expect(statuses(office, ids)).toEqual(ids.map(() => 'needs-key'))
  })

  it('one expired token after the other where the saved API key has logged in at once', async () => {
    const { office, ids } = await withAccounts(5, true)
    office.service.revokeTokens()
    for (const id of ids) unwrap(await office.accounts.renew(id))
    expect(doubt(office)).toBeNull()
    expect(ids.map((id) => office.summary(id).problem)).toEqual(ids.map(() => null))
  })

  it('three of which each is of another environment', async () => {
    const office = await BackOffice.open()
    const ids: AccountId[] = []
    for (const name of ['A', 'B', 'C']) {
      ids.push((await office.add({ name, environmentId: await office.environment(name) })).id)
    }
    office.service.mishap = () => refusal(401)
    await renewAll(office, ids)
    expect(statuses(office, ids)).toEqual(ids.map(() => 'needs-key'))
  })

  it('tokens that were replaced while their answers were lost', async () => {
    const { office, ids } = await withAccounts(4)
    office.service.mishap = () => ({ lose: 'answer' })
    await renewAll(office, ids)
    office.service.mishap = () => null
    await renewAll(office, ids)
    expect(statuses(office, ids)).toEqual(ids.map(() => 'needs-key'))
    expect(office.summary(ids[0] as AccountId).problem).toEqual({
      code: 'key-needed',
      reason: 'refresh-token-maybe-replaced',
    })
  })
})

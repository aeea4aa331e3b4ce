/** Accounts that were refused together: one question about the environment, and how it ends (auth-api.md, rules 5 and 6). */
import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../../../electron/shared/account'
import type { BackOffice } from '../../../support/back-office'
import { keyOf, unwrap } from '../../../support/back-office'
import { settle } from '../../../support/fakes/fake-time'
import { refusal, withAccounts, renewAll, statuses, doubt } from '../../../support/refusals'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

describe('accounts that were refused together', () => {
  async function inDoubt(count = 5) {
    const parts = await withAccounts(count)
    parts.office.service.mishap = () => refusal(401)
    await renewAll(parts.office, parts.ids)
    parts.office.service.mishap = () => null
    parts.office.service.requests.length = 0
    return parts
  }

  it('try nothing by themselves while the question is open, also after a restart', async () => {
    const { office, ids } = await inDoubt()
    for (const id of ids) unwrap(await office.accounts.edit(id, { policy: { jwt: 'keep-live' } }))
    await office.time.advance(12 * HOUR)
    const restarted = await office.restart()
    expect(doubt(restarted)).toEqual({ why: 'refused-together', status: 401 })
    await restarted.time.advance(20 * HOUR)
    expect(office.service.requests).toEqual([])
    expect(statuses(restarted, ids)).toEqual(ids.map(() => 'renewable'))
  })

  it('are shown as refused together after a restart, though they were shown before that was known', async () => {
    const { office, ids } = await inDoubt()
    const shownAnew: unknown[] = []
    const restarted = await office.restart({
      listen: (events) => {
        events.on('accountsChanged', ({ ids }) => void shownAnew.push(...ids))
      },
    })
    expect(doubt(restarted)).not.toBeNull()
    expect(shownAnew).toEqual(expect.arrayContaining(ids))
    const problem = { code: 'refused-together', status: 401 }
    expect(ids.map((id) => restarted.summary(id).problem)).toEqual(ids.map(() => problem))
  })

  it('try once more as soon as any account is granted something', async () => {
    const { office, ids } = await inDoubt()
    unwrap(await office.accounts.renew(ids[0] as AccountId))
    await office.time.advance(SECOND)
    expect(office.service.requests).toHaveLength(ids.length)
    expect(ids.map((id) => office.summary(id).problem)).toEqual(ids.map(() => null))
    expect(doubt(office)).toBeNull()
    await office.time.advance(HOUR)
    expect(office.service.requests).toHaveLength(ids.length)
  })

  it('also where what is granted is a new account', async () => {
    const { office, ids } = await inDoubt()
    await office.add({ name: 'New' })
    await office.time.advance(SECOND)
    expect(office.service.requests).toHaveLength(ids.length + 1)
    expect(statuses(office, ids)).toEqual(ids.map(() => 'live'))
  })

  it('and try once more with another address, without one question between', async () => {
    const { office, ids, environmentId } = await inDoubt()
    unwrap(await office.environments.edit(environmentId, { baseUrl: 'https://right.example.com' }))
    await office.time.advance(SECOND)
    expect(office.service.requests).toHaveLength(ids.length)
    expect(ids.map((id) => office.summary(id).problem)).toEqual(ids.map(() => null))
  })

  it('need their keys when they are refused once more, and never go round in a circle', async () => {
    const { office, ids } = await inDoubt()
    const [first, ...others] = ids as [AccountId, ...AccountId[]]
    office.service.mishap = (request) =>
      request.secret === office.service.newestToken(keyOf('Account 0')) ? null : refusal(401)
    unwrap(await office.accounts.renew(first))
    await office.time.advance(12 * HOUR)
    expect(office.service.requests).toHaveLength(ids.length)
    expect(statuses(office, others)).toEqual(others.map(() => 'needs-key'))
    expect(doubt(office)).toBeNull()
  })

  it('are asked for by one account when the user retries, which heals all or leaves the question', async () => {
    const { office, ids, environmentId } = await inDoubt()
    office.service.mishap = () => refusal(401)
    expect(await office.environments.retry(environmentId)).toMatchObject({
      error: { problem: { code: 'refused-together' } },
    })
    expect(office.service.requests).toHaveLength(1)
    expect(doubt(office)).not.toBeNull()
    office.service.mishap = () => null
    unwrap(await office.environments.retry(environmentId))
    await office.time.advance(SECOND)
    expect(office.service.requests).toHaveLength(1 + ids.length)
    expect(doubt(office)).toBeNull()
  })

  it('need their keys when the user says that the environment is right', async () => {
    const { office, ids, environmentId } = await inDoubt()
    const trusting = office.environments.trustRefusals(environmentId)
    await office.time.advance(SECOND)
    unwrap(await trusting)
    expect(statuses(office, ids)).toEqual(ids.map(() => 'needs-key'))
    expect(doubt(office)).toBeNull()
    expect(statuses(await office.restart(), ids)).toEqual(ids.map(() => 'needs-key'))
  })

  it('take those along that are refused later while the question is open', async () => {
    const { office, ids } = await withAccounts(4)
    const [late, ...together] = ids as [AccountId, ...AccountId[]]
    office.service.mishap = () => refusal(401)
    await renewAll(office, together)
    await office.time.advance(3 * HOUR)
    await renewAll(office, [late])
    expect(office.status(late)).toBe('live')
    office.service.mishap = () => null
    unwrap(await office.accounts.renew(late))
    await office.time.advance(SECOND)
    expect(ids.map((id) => office.summary(id).problem)).toEqual(ids.map(() => null))
  })

  it('that refused saved keys before the third came are in doubt as well', async () => {
    const { office, ids } = await withAccounts(3, true)
    office.service.mishap = () => refusal(401)
    for (const id of ids) await renewAll(office, [id])
    expect(statuses(office, ids)).toEqual(['live', 'live', 'live'])
    office.service.mishap = () => null
    unwrap(await office.accounts.renew(ids[2] as AccountId))
    await office.time.advance(SECOND)
    expect(ids.map((id) => office.summary(id).problem)).toEqual([null, null, null])
  })

  it('that were being refused when the question ended are retried once, at once', async () => {
    const { office, ids } = await inDoubt(4)
    const [first, late] = ids as [AccountId, AccountId]
    let answer = (): void => undefined
    const gate = new Promise<void>((go) => (answer = go))
    const refresh = office.service.refresh.bind(office.service)
    let isFirst = true
    office.service.refresh = async (target, token) => {
      if (!isFirst) return await refresh(target, token)
      isFirst = false
      await gate
      return { kind: 'refused', status: 401, clockSkewMs: null }
    }
    const renewing = office.accounts.renew(late)
    await settle()
    unwrap(await office.accounts.renew(first))
    answer()
    unwrap(await renewing)
    expect(office.status(late)).toBe('live')
    expect(office.summary(late).problem).toBeNull()
  })

  it('do not ask again when the last of them is removed', async () => {
    const { office, ids } = await inDoubt(3)
    for (const id of ids) unwrap(await office.removals.removeNow(id))
    expect(doubt(office)).toBeNull()
  })
})

describe('that many refusals count, by a person’s word,', () => {
  const COUNT = 30

  /** Many accounts in doubt, and the word on its way: the first few are written. */
  async function halfWay() {
    const parts = await withAccounts(COUNT)
    const { office, ids, environmentId } = parts
    office.service.mishap = () => refusal(401)
    await renewAll(office, ids)
    office.service.requests.length = 0
    office.records.writes.length = 0
    const trusting = office.environments.trustRefusals(environmentId)
    await settle()
    return { ...parts, trusting }
  }

  function inDoubt(office: BackOffice, ids: readonly AccountId[]): readonly AccountId[] {
    return ids.filter((id) => office.summary(id).problem?.code === 'refused-together')
  }

  it('is written a few at a time, so that other work runs in between', async () => {
    const { office, ids, trusting } = await halfWay()
    const written = [0]
    office.time.atRest = () => void written.push(office.records.writes.length)
    await office.time.advance(SECOND)
    unwrap(await trusting)
    const inOneGo = written.map((count, turn) => count - (written[turn - 1] ?? 0))
    expect(Math.max(...inOneGo)).toBeLessThanOrEqual(4)
    expect(office.records.writes).toHaveLength(COUNT)
    expect(statuses(office, ids)).toEqual(ids.map(() => 'needs-key'))
    expect(doubt(office)).toBeNull()
  })

  it('ends with a grant that comes meanwhile: those that are left try once more', async () => {
    const { office, ids, trusting } = await halfWay()
    const left = inDoubt(office, ids)
    expect(left.length).toBeGreaterThan(0)
    expect(left.length).toBeLessThan(COUNT)
    office.service.mishap = () => null
    const renewing = office.accounts.renew(left[0] as AccountId)
    await settle()
    await office.time.advance(MINUTE)
    unwrap(await renewing)
    unwrap(await trusting)
    expect(doubt(office)).toBeNull()
    expect(inDoubt(office, ids)).toEqual([])
    const live = ids.filter((id) => office.status(id) === 'live')
    expect(live.length).toBeGreaterThan(COUNT / 2)
    expect(office.service.requests).toHaveLength(live.length)
  })

  it('ends with another address that is entered meanwhile', async () => {
    const { office, ids, environmentId, trusting } = await halfWay()
    office.service.mishap = () => null
    unwrap(await office.environments.edit(environmentId, { baseUrl: 'https://right.example.com' }))
    await office.time.advance(MINUTE)
    unwrap(await trusting)
    expect(statuses(office, ids)).toEqual(ids.map(() => 'live'))
  })

  it('leaves those in doubt that a disk refuses to write, and continues with them when asked again', async () => {
    const { office, ids, environmentId, trusting } = await halfWay()
    office.records.full = true
    await office.time.advance(SECOND)
    expect(await trusting).toMatchObject({ error: { problem: { code: 'storage-unwritable' } } })
    const left = inDoubt(office, ids)
    expect(left.length).toBeGreaterThan(COUNT / 2)
    expect(doubt(office)).toEqual({ why: 'refused-together', status: 401 })
    office.records.full = false
    const again = office.environments.trustRefusals(environmentId)
    await office.time.advance(SECOND)
    unwrap(await again)
    expect(statuses(office, ids)).toEqual(ids.map(() => 'needs-key'))
    expect(doubt(office)).toBeNull()
  })

  it('leaves those in doubt that a crash cuts off', async () => {
    const { office, ids } = await halfWay()
    const left = inDoubt(office, ids)
    const restarted = await office.crash()
    expect(doubt(restarted)).toEqual({ why: 'refused-together', status: 401 })
    expect(inDoubt(restarted, ids)).toEqual(left)
    expect(statuses(restarted, left)).toEqual(left.map(() => 'live'))
  })

  it('is waited for by the app’s end', async () => {
    const { office, ids, trusting } = await halfWay()
    let writtenByThen = 0
    const quitting = office.quit().then(() => (writtenByThen = office.records.writes.length))
    await office.time.advance(SECOND)
    await quitting
    unwrap(await trusting)
    expect(writtenByThen).toBe(COUNT)
    expect(statuses(office, ids)).toEqual(ids.map(() => 'needs-key'))
  })

  it('passes over accounts that are removed meanwhile', async () => {
    const { office, ids, trusting } = await halfWay()
    for (const id of ids.slice(-5)) unwrap(await office.removals.removeNow(id))
    await office.time.advance(SECOND)
    unwrap(await trusting)
    expect(statuses(office, ids.slice(0, -5))).toEqual(ids.slice(0, -5).map(() => 'needs-key'))
    expect(office.vault.ids()).toHaveLength(COUNT - 5)
  })
})

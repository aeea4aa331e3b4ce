import { describe, expect, it } from 'vitest'
import { ACTIVITY_AT_MOST, ACTIVITY_KEPT_MS } from '../../../../electron/shared/activity'
import { describeActivity } from '../../../../electron/shared/wording'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'

const DAY = 86_400_000

async function told(office: BackOffice, id: string | null = null): Promise<string[]> {
  const entries = await office.useCases.activity.entries(id as never)
  return entries.map((entry) => `${entry.name}: ${describeActivity(entry)}`)
}

describe('the activity journal', () => {
  it('tells what happened, the latest first, of one account or of all', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ rememberApiKey: true })
    await office.add({ name: 'Beta' })
    unwrap(await office.jwts.copy(id, 'header'))
    unwrap(await office.accounts.renew(id))
    office.service.revokeTokens()
    unwrap(await office.accounts.renew(id))
    office.service.mishap = () => ({ lose: 'request' })
    await office.accounts.renew(id)
    unwrap(await office.removals.removeNow(id))
    expect(await told(office, id)).toEqual([
      'ACME: Removed',
      'ACME: Renewal failed: service couldn’t be reached',
      'ACME: Logged in with API key',
      'ACME: Renewed',
      'ACME: Copied as R-Auth header',
      'ACME: Added',
    ])
    expect(await told(office)).toHaveLength(7)
  })

  it('notes reminders and other alerts', async () => {
    const office = await BackOffice.open()
    await office.add()
    await office.time.advance(24 * DAY)
    expect((await told(office))[0]).toBe('ACME: Reminded 7 days before the refresh token expires')
  })

  it('still tells of failures under the names that 0.1.0 gave them', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const entry = (problem: string) => ({
      at: office.time.now(),
      id,
      name: 'ACME',
      what: { kind: 'failed', problem },
    })
    const earlier = ['busy', 'nonsense'].map((problem) => `${JSON.stringify(entry(problem))}\n`)
    office.activityFile.text = earlier.join('')
    const entries = await office.useCases.activity.entries(null)
    expect(entries.map(({ what }) => what)).toEqual([
      { kind: 'failed', problem: 'invalid-response' },
      { kind: 'failed', problem: 'service-unavailable' },
    ])
  })

  it('holds no secret', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ rememberApiKey: true })
    unwrap(await office.jwts.copy(id, null))
    unwrap(await office.jwts.reveal(id))
    await office.useCases.activity.settled()
    for (const secret of [keyOf('ACME'), 'jwt-1', 'refresh-token-1']) {
      expect(office.activityFile.text).not.toContain(secret)
    }
  })

  it('keeps 90 days', async () => {
    const office = await BackOffice.open()
    await office.add()
    await office.time.advance(ACTIVITY_KEPT_MS - DAY)
    await office.add({ name: 'Beta' })
    expect(await told(office)).toContain('ACME: Added')
    await office.time.advance(2 * DAY)
    expect(await told(office)).not.toContain('ACME: Added')
    expect(office.activityFile.text).not.toContain('"name":"ACME","what":{"kind":"added"}')
  })

  it('keeps no more than it may, the latest', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    for (let n = 0; n < ACTIVITY_AT_MOST; n += 1)
      office.useCases.activity.note(id, 'ACME', { kind: 'refreshed' })
    const kept = await told(office)
    expect(kept).toHaveLength(ACTIVITY_AT_MOST)
    expect(kept.at(-1)).toBe('ACME: Renewed')
  })

  it('leaves out lines that make no sense, and a disk that refuses costs entries only', async () => {
    const office = await BackOffice.open()
    office.activityFile.text = 'invalidResponse\n{"at":1}\n'
    await office.add()
    expect(await told(office)).toEqual(['ACME: Added'])
    office.activityFile.append = () => Promise.reject(new Error('ENOSPC'))
    await office.add({ name: 'Beta' })
    expect(await told(office)).toEqual(['ACME: Added'])
  })
})

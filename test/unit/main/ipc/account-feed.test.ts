import { beforeEach, describe, expect, it } from 'vitest'
import { AccountFeed } from '../../../../electron/main/ipc/account-feed'
import type { AccountId, AccountSummary } from '../../../../electron/shared/account'
import { anAccount } from '../../../support/builders'
import { FakeTime } from '../../../support/fakes/fake-time'

const A_FRAME_MS = 16

describe('what the window receives about accounts', () => {
  let time: FakeTime
  let accounts: Map<AccountId, AccountSummary>
  let told: unknown[]
  let feed: AccountFeed

  beforeEach(() => {
    time = new FakeTime()
    accounts = new Map()
    told = []
    feed = new AccountFeed(
      (_name, payload) => told.push(payload),
      (id) => accounts.get(id),
      time,
    )
  })

  function become(account: AccountSummary): void {
    accounts.set(account.id, account)
    feed.changed([account.id])
  }

  it('is what they have become, once, of all that has changed within two frames', async () => {
    const account = anAccount({ name: 'Alder' })
    const other = anAccount({ name: 'Birch' })
    become({ ...account, renewal: { phase: 'renewing' } })
    await time.advance(A_FRAME_MS)
    become(account)
    become(other)
    expect(told).toEqual([])
    await time.advance(A_FRAME_MS)
    expect(told).toEqual([{ changed: [account, other], removed: [] }])
    become(other)
    await time.advance(2 * A_FRAME_MS)
    expect(told.at(-1)).toEqual({ changed: [other], removed: [] })
  })

  it('is only that it went, of one that has changed and then gone', async () => {
    const gone = anAccount()
    become(gone)
    accounts.delete(gone.id)
    await time.advance(2 * A_FRAME_MS)
    expect(told).toEqual([{ changed: [], removed: [gone.id] }])
  })
})

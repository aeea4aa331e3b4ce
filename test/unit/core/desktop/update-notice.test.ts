import { describe, expect, it } from 'vitest'
import { BackOffice } from '../../../support/back-office'

const FEED = 'https://updates.example.com/tokendesk.json'
const SECOND = 1_000
const DAY = 86_400_000

async function follow(
  updateFeedUrl: string | null,
  after?: BackOffice,
  version = '1.2.0',
): Promise<BackOffice> {
  const office = after === undefined ? await BackOffice.open({ ports: { version } }) : await after.restart()
  if (after === undefined)
    office.feed.names({ version: '1.3.0', url: 'https://example.com/1.3.0', notes: 'New.' })
  office.settingsStore.change({ updateFeedUrl })
  office.useCases.updates.start()
  return office
}

describe('the update notice', () => {
  it('sends no request while no feed is set', async () => {
    const office = await follow(null)
    await office.time.advance(3 * DAY)
    expect(office.feed.asked).toEqual([])
    expect(office.useCases.updates.available).toBeNull()
  })

  it('asks soon after the start and once a day from then on', async () => {
    const office = await follow(FEED)
    await office.time.advance(9 * SECOND)
    expect(office.feed.asked).toEqual([])
    await office.time.advance(SECOND)
    expect(office.feed.asked).toEqual([FEED])
    await office.time.advance(3 * DAY)
    expect(office.feed.asked).toHaveLength(4)
  })

  it('tells of a newer version once, over restarts, and of the next one again', async () => {
    const first = await follow(FEED)
    await first.time.advance(2 * DAY)
    expect(first.notifier.take()).toEqual([
      expect.stringMatching(/^TokenDesk .*1\.3\.0.* is available: Nothing is installed automatically/u),
    ])
    const second = await follow(FEED, first)
    second.feed.names({ version: '1.3.0' })
    await second.time.advance(2 * DAY)
    expect(second.notifier.take()).toEqual([])
    expect(second.useCases.updates.available).toMatchObject({ version: '1.3.0' })
    second.feed.names({ version: '1.4.0' })
    await second.time.advance(DAY)
    expect(second.notifier.take()).toHaveLength(1)
  })

  it('with notifications off is shown in Settings, and notified when they are on again', async () => {
    const office = await follow(FEED)
    office.settingsStore.change({ desktopNotifications: false })
    await office.time.advance(DAY)
    expect(office.notifier.take()).toEqual([])
    expect(office.useCases.updates.available).toEqual({
      version: '1.3.0',
      url: 'https://example.com/1.3.0',
      notes: 'New.',
    })
    office.settingsStore.change({ desktopNotifications: true })
    await office.time.advance(DAY)
    expect(office.notifier.take()).toHaveLength(1)
  })

  it.each([
    ['1.2.0', '1.10.0'],
    ['1.99.99', '2.0.0'],
    ['1.3.0-beta.2', '1.3.0-beta.10'],
    ['1.3.0-beta.2', '1.3.0'],
  ])('notifies a user with %s of %s', async (version, newer) => {
    const office = await follow(FEED, undefined, version)
    office.feed.names({ version: newer })
    await office.time.advance(DAY)
    expect(office.useCases.updates.available).toMatchObject({ version: newer })
  })

  it('says nothing of a version that is not newer', async () => {
    for (const version of ['1.2.0', '1.1.9', '0.9.0', '1.2.0-beta.1']) {
      const office = await follow(FEED)
      office.feed.names({ version })
      await office.time.advance(DAY)
      expect(office.notifier.take()).toEqual([])
      expect(office.useCases.updates.available).toBeNull()
    }
  })

  it('tries again tomorrow after a failure, without a message', async () => {
    const office = await follow(FEED)
    office.feed.outcome = { ok: false, reason: 'status 503', isTurnedAway: false }
    await office.time.advance(10 * SECOND)
    office.feed.outcome = { ok: true, text: '<html>' }
    await office.time.advance(DAY)
    expect(office.notifier.take()).toEqual([])
    expect(office.feed.asked).toHaveLength(2)
    office.feed.names({ version: '2.0.0' })
    await office.time.advance(DAY)
    expect(office.notifier.take()).toHaveLength(1)
  })

  it('asks again as soon as the proxy that has turned it away has a password, and only then', async () => {
    const office = await follow(FEED)
    const answered = async (): Promise<number> => {
      office.useCases.updates.proxyAnswered()
      await office.time.advance(0)
      return office.feed.asked.length
    }
    expect(await answered()).toBe(0)
    office.feed.outcome = { ok: false, reason: 'status 407', isTurnedAway: true }
    await office.time.advance(10 * SECOND)
    office.feed.names({ version: '2.0.0' })
    expect(await answered()).toBe(2)
    expect(office.useCases.updates.available).toMatchObject({ version: '2.0.0' })
    expect(await answered()).toBe(2)
    await office.time.advance(DAY)
    expect(office.feed.asked).toHaveLength(3)
  })

  it('follows the settings: another feed is asked at once, none is asked no more', async () => {
    const office = await follow(FEED)
    await office.time.advance(10 * SECOND)
    office.settingsStore.change({ updateFeedUrl: `${FEED}.other` })
    expect(office.useCases.updates.available).toBeNull()
    await office.time.advance(0)
    expect(office.feed.asked).toEqual([FEED, `${FEED}.other`])
    office.settingsStore.change({ updateFeedUrl: null })
    await office.time.advance(2 * DAY)
    expect(office.feed.asked).toHaveLength(2)
    expect(office.useCases.updates.available).toBeNull()
  })

  it('leaves no timer behind when the app ends', async () => {
    const office = await follow(FEED)
    await office.quit()
    await office.time.advance(2 * DAY)
    expect(office.feed.asked).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { createHandlers } from '../../../../electron/main/ipc/handlers'
import type { Sender } from '../../../../electron/main/ipc/router'
import { BackOffice, unwrap } from '../../../support/back-office'

const WINDOW: Sender = { senderFrame: null }

async function windowOf(accounts: number) {
  const office = await BackOffice.open()
  for (let nth = 0; nth < accounts; nth += 1) await office.add({ name: `Company ${String(nth)}` })
  const seen = { all: false }
  const handlers = createHandlers({
    useCases: office.useCases,
    startNotices: () => [],
    locale: 'en-GB',
    about: () => expect.unreachable(),
    rendererReady: () => {
      seen.all = true
    },
    windowListens: () => undefined,
    windows: { hideQuickPick: () => undefined, openGuide: () => undefined },
    uncaught: () => undefined,
    quit: () => undefined,
    restart: () => undefined,
  })
  return { seen, handlers }
}

/** The answer is on its way then. */
function aTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

describe('the window has all that it shows', () => {
  it('of few accounts with its snapshot', async () => {
    const { seen, handlers } = await windowOf(1)
    await handlers.getSnapshot(undefined, WINDOW)
    await aTurn()
    expect(seen.all).toBe(true)
  })

  it('of many with the last of them', async () => {
    const { seen, handlers } = await windowOf(101)
    expect(unwrap(await handlers.getSnapshot(undefined, WINDOW)).areAll).toBe(false)
    const ids = [...unwrap(await handlers.getAccountIds(undefined, WINDOW))]
    await handlers.getAccounts({ ids: ids.slice(0, 100) }, WINDOW)
    await aTurn()
    expect(seen.all).toBe(false)
    await handlers.getAccounts({ ids: ids.slice(100) }, WINDOW)
    await aTurn()
    expect(seen.all).toBe(true)
  })
})

/** What a letter in the search costs the page, with 10,000 accounts. */
import type { CDPSession } from '@playwright/test'
import type { Measure } from './figures'
import { PAINTED } from './watched'
import { withApp } from './with-app'

/** Names, a typo, a word that many have, and one that none has. */
const TYPED = ['company 042-77', 'partner 07', 'compnay 99', 'sandbox', 'zephyr']

/** In ms. */
interface Spent {
  readonly script: number
  readonly layout: number
}

export async function measureSearch(): Promise<Measure[]> {
  const spent = await withApp(10_000, async ({ window: { page } }) => {
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable')
    await page.getByRole('searchbox', { name: 'Search accounts' }).click()
    const all: Spent[] = []
    for (const text of TYPED) {
      for (const letter of text) all.push(await spentBy(session, () => page.keyboard.press(letter)))
      // The whole list again.
      all.push(await spentBy(session, () => page.keyboard.press('Escape')))
    }
    return all
  })
  const reference = null
  return [
    {
      ...{ name: 'search keystroke, 10,000 accounts: script', unit: 'ms', reference },
      ...{ runs: spent.map(({ script }) => script), limit: { of: 'p95', most: 16 } },
    },
    {
      ...{ name: 'search keystroke, 10,000 accounts: style and layout', unit: 'ms', reference },
      ...{ runs: spent.map(({ layout }) => layout), limit: { of: 'p95', most: null } },
    },
  ]
}

/** Until what it changed is painted. */
async function spentBy(session: CDPSession, press: () => Promise<void>): Promise<Spent> {
  const before = await spentSoFar(session)
  await press()
  await session.send('Runtime.evaluate', { expression: PAINTED, awaitPromise: true })
  const after = await spentSoFar(session)
  return { script: after.script - before.script, layout: after.layout - before.layout }
}

async function spentSoFar(session: CDPSession): Promise<Spent> {
  const { metrics } = await session.send('Performance.getMetrics')
  const ms = (name: string): number =>
    (metrics.find((each) => each.name === name)?.value ?? Number.NaN) * 1000
  return { script: ms('ScriptDuration'), layout: ms('RecalcStyleDuration') + ms('LayoutDuration') }
}

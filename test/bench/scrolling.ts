/** By the wheel from the first of 10,000 rows to the last. */
import type { Measure } from './figures'
import { longestWhile, PAINTED } from './watched'
import { withApp } from './with-app'

const ACCOUNTS = 10_000
/** In px: about what a wheel that is turned fast gives within a frame. */
const TURN = 1_200
/** Rows are never higher than this. */
const ROW_AT_MOST = 60
const TURNS = (ACCOUNTS * ROW_AT_MOST) / TURN

export async function measureScroll(): Promise<Measure[]> {
  const longest = await withApp(ACCOUNTS, async ({ window: { list, page } }) => {
    const last = list.locator(`[role=row][aria-rowindex="${String(ACCOUNTS)}"]`)
    await list.getByRole('row').first().hover()
    const seen = await longestWhile(page, 'longtask', async () => {
      for (let turn = 0; turn < TURNS; turn += 1) {
        await page.mouse.wheel(0, TURN)
        await page.evaluate(PAINTED)
      }
    })
    await last.waitFor()
    return seen
  })
  return [
    {
      ...{ name: 'scroll of 10,000 rows: longest long task', unit: 'ms', runs: [longest], reference: null },
      limit: { of: 'median', most: 50 },
    },
  ]
}

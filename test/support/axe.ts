/** What axe finds in a window, in light and in dark. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Soft: a finding doesn't keep the states after it from being looked at. */
export async function findNothing(page: Page, state: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await painted(page)
    // The page can't open a blank one to put its findings together in.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
    expect.soft(found, `${state}, ${colorScheme}`).toEqual([])
  }
}

/** The colours of the other theme, and of what has just opened, are on the screen. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const look = () => {
      const moves = document.getAnimations().some(({ playState, effect }) =>
        playState === 'running' && effect.getTiming().iterations !== Infinity)
      requestAnimationFrame(moves ? look : () => requestAnimationFrame(resolve))
    }
    requestAnimationFrame(look)
  })`)
}

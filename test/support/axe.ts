/** What axe finds in a window, in light and in dark. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** What the dark theme can change: all other rules say the same in both. */
const OF_COLORS = ['color-contrast', 'link-in-text-block']

/** Where axe is: loading it takes ten times as long as what it does. */
const loaded = new WeakSet<Page>()

/** Soft: a finding doesn't keep the states after it from being looked at. */
export async function findNothing(page: Page, state: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await painted(page)
    const { violations } = await axeIn(page, colorScheme === 'dark' ? OF_COLORS : null).analyze()
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
    expect.soft(found, `${state}, ${colorScheme}`).toEqual([])
  }
}

function axeIn(page: Page, rules: string[] | null): AxeBuilder {
  const axe = new AxeBuilder({ page, ...(loaded.has(page) && { axeSource: ';' }) })
  loaded.add(page)
  // The page can't open a blank one to put its findings together in. What passes is not to be described.
  axe.setLegacyMode().options({ resultTypes: ['violations'] })
  return rules === null ? axe : axe.withRules(rules)
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

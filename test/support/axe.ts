/** Runs axe on a window, in light and in dark. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** The rules that depend on colors: all others find the same in both themes. */
const OF_COLORS = ['color-contrast', 'link-in-text-block']

/** Pages with axe loaded: loading takes ten times as long as a check. */
const loaded = new WeakSet<Page>()

/** Soft: a finding doesn't keep later states from being checked. */
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
  // The page can't open a blank one to combine findings in. Passed rules need no description.
  axe.setLegacyMode().options({ resultTypes: ['violations'] })
  return rules === null ? axe : axe.withRules(rules)
}

/** Waits until the other theme's colors, and what has just opened, are on the screen. */
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

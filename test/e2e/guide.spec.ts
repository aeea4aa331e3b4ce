/** The user guide inside the app: whole, ours alone, and readable in both themes. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/electron-app'

test('the guide opens in a window of its own, with its pictures, under the strict policy', async ({
  launch,
}) => {
  const { app, window } = await launch()
  await window.getByRole('button', { name: 'Add account', exact: true }).waitFor()
  const opened = app.waitForEvent('window')
  await window.evaluate('tokenDesk.openGuide()')
  const guide = await opened
  const complaints: string[] = []
  guide.on('console', (message) => complaints.push(message.text()))
  await guide.reload()

  await expect(guide).toHaveTitle('TokenDesk user guide')
  await expect(guide).toHaveURL('app://tokendesk/guide.html')
  await expect(guide.getByRole('heading', { level: 1 })).toBeVisible()
  expect(await guide.evaluate("'tokenDesk' in globalThis")).toBe(false)
  expect(await guide.locator('img').count()).toBeGreaterThan(0)
  for (const colorScheme of ['dark', 'light'] as const) {
    await guide.emulateMedia({ colorScheme })
    expect(await pictures(guide, colorScheme)).toEqual([])
  }
  expect(complaints).toEqual([])

  const contents = guide.getByRole('navigation', { name: 'Contents' }).getByRole('link')
  await contents.last().click()
  await expect(guide.getByRole('heading', { name: await contents.last().innerText() })).toBeInViewport()

  for (const colorScheme of ['light', 'dark'] as const) {
    await guide.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page: guide }).setLegacyMode().analyze()
    expect(violations).toEqual([])
  }

  // Asked for again, it is the same window.
  await window.evaluate('tokenDesk.openGuide()')
  expect(app.windows()).toHaveLength(2)
})

/** Those that did not load, or are of the other theme. */
function pictures(page: Page, colorScheme: 'light' | 'dark'): Promise<string[]> {
  return page.locator('img').evaluateAll(async (images, theme) => {
    const all = images as unknown as { decode(): Promise<void>; naturalWidth: number; currentSrc: string }[]
    await Promise.all(all.map((image) => image.decode().catch(() => undefined)))
    return all
      .filter(
        ({ naturalWidth, currentSrc }) =>
          naturalWidth === 0 || currentSrc.endsWith('-dark.png') !== (theme === 'dark'),
      )
      .map(({ currentSrc }) => currentSrc)
  }, colorScheme)
}

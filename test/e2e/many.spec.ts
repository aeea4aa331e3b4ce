/** An app with 10,000 accounts: what is shown while typing, scrolling and copying. */
import { startAuthServer } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import { readClipboard } from '../support/desktop'
import { expect, test } from '../support/electron-app'
import { writeAccounts } from '../support/many-accounts'

const PARTNERS = 100
const COMPANIES_EACH = 99
const ALL = PARTNERS * (1 + COMPANIES_EACH)
const API_KEY = 'canary-key-of-the-real-one-0123'
const REAL = 'Zephyr Ångström Foods'

test('10,000 accounts: a search finds one, the list scrolls to its end, and both copy', async ({
  launch,
  profile,
}) => {
  test.setTimeout(300_000)
  const server = await startAuthServer()
  server.addApiKey({ apiKey: API_KEY, kind: 'company' })
  writeAccounts(profile, server.url, { partners: PARTNERS, companiesEach: COMPANIES_EACH })
  const running = await launch()
  const { window } = running
  const appWindow = new AppWindow(window)
  const search = window.getByRole('searchbox', { name: 'Search accounts' })
  await appWindow.list.waitFor({ timeout: 120_000 })
  await expect(appWindow.list).toHaveAttribute('aria-rowcount', String(ALL))
  await appWindow.addAccount({ name: REAL, apiKey: API_KEY })
  await expect(appWindow.list).toHaveAttribute('aria-rowcount', String(ALL + 1))

  // Typed letter by letter, with a slip and without the accents.
  await search.click()
  await search.pressSequentially('zephir angstrom')
  await expect(appWindow.list).toHaveAttribute('aria-rowcount', '1')
  await appWindow.copyJwt(REAL)
  expect(await isLive(server.url, await readClipboard())).toBe(true)

  // A company names its partner.
  await search.fill('company 042-77')
  await expect(appWindow.row('Company 042-77')).toBeInViewport()
  await expect(appWindow.row('Company 042-77')).toContainText('Partner 042')
  await search.press('Escape')
  await expect(appWindow.list).toHaveAttribute('aria-rowcount', String(ALL + 1))

  // By the wheel to the end; only what is seen is in the page.
  await appWindow.list.getByRole('row').first().hover()
  await window.mouse.wheel(0, 10_000_000)
  await expect(appWindow.row('Company 100-99')).toBeInViewport()
  await expect(appWindow.row(REAL)).toBeInViewport()
  expect(await appWindow.list.getByRole('row').count()).toBeLessThan(100)

  // By keys from end to end, and copied with Enter.
  await search.press('Enter')
  await expect(appWindow.list.locator('[role=row]:focus')).toBeVisible()
  await window.keyboard.press('Home')
  await expect(appWindow.row('Partner 001')).toBeFocused()
  await window.keyboard.press('End')
  await expect(appWindow.row(REAL)).toBeFocused()
  await window.keyboard.press('Enter')
  await expect(appWindow.message(`JWT of ${REAL}`).first()).toBeVisible()
  expect(await isLive(server.url, await readClipboard())).toBe(true)

  // Started again, it shows the first before it has read the others, and then all.
  await running.quit()
  const again = new AppWindow((await launch()).window)
  await expect(again.row('Partner 001')).toBeVisible()
  await expect(again.list).toHaveAttribute('aria-rowcount', String(ALL + 1))
  await server.close()
})

/** Whether a service behind the environment takes this JWT. */
async function isLive(url: string, jwt: string): Promise<boolean> {
  const reply = await fetch(`${url}/whoami`, { headers: { 'R-Auth': jwt } })
  return reply.status === 200
}

/** Nothing leaves the app that its user did not cause; the same is watched over all of main-job.spec.ts. */
import type { Page } from '@playwright/test'
import { AppWindow } from '../support/app-window'
import { openQuickPick } from '../support/quick-pick'
import { addPartner, expect, test } from '../support/served-app'
import { watchTraffic } from '../support/watched-traffic'

/** Misspelt in every language that a dictionary could be fetched for. */
const MISSPELT = 'thiss is definately nott speled rihgt '

test('typing anywhere, the guide and the quick pick send no request; a login asks the service alone', async ({
  launch,
  server,
}) => {
  const traffic = await watchTraffic('all')
  const running = await launch({ args: traffic.switches() })
  const { app, window } = running
  const appWindow = new AppWindow(window)
  // The service is seen at the proxy, so that everything else would be, too.
  await addPartner(server, appWindow, { name: 'Harbor Payroll' })
  await appWindow.act('Harbor Payroll', 'Renew now')
  await expect.poll(() => traffic.atProxy).toHaveLength(2)

  await window.getByRole('searchbox', { name: 'Search accounts' }).click()
  await window.keyboard.type(MISSPELT)
  await window.keyboard.press('Escape')
  await appWindow.act('Harbor Payroll', 'Details')
  await typeIntoAll(window)
  const adding = await appWindow.openAddAccount()
  await typeIntoAll(window)
  await adding.getByRole('button', { name: 'Cancel' }).click()
  await appWindow.openSettings()
  await typeIntoAll(window)
  await window.keyboard.press('Escape')

  const opened = app.waitForEvent('window')
  await window.evaluate('tokenDesk.openGuide()')
  const guide = await opened
  await guide.getByRole('heading', { level: 1 }).waitFor()
  const quickPick = await openQuickPick(running)
  await typeIntoAll(quickPick)

  expect(await sessionsThatSpell(running.app)).toEqual([])
  await running.quit()
  expect(traffic.atProxy).toEqual([`POST ${server.url}/auth/login`, `POST ${server.url}/auth/refresh`])
  expect([...(await traffic.hosts())]).toEqual(['127.0.0.1'])
  await traffic.stop()
})

/** Key by key, unlike `fill`. */
async function typeIntoAll(page: Page): Promise<void> {
  const fields = page.locator('input[type="text"]:visible, input[type="search"]:visible, textarea:visible')
  for (const field of await fields.all()) {
    // What lies below a dialog can't be reached.
    if (
      !(await field.evaluate(
        (element) => (element as unknown as { closest(of: string): unknown }).closest('[inert]') === null,
      ))
    )
      continue
    await field.pressSequentially(MISSPELT)
  }
}

function sessionsThatSpell(app: Parameters<typeof openQuickPick>[0]['app']): Promise<string[]> {
  return app.evaluate(({ session, webContents }) => {
    const known = [
      ...webContents.getAllWebContents().map((contents) => contents.session),
      session.fromPartition('tokendesk-auth-0', { cache: false }),
      session.fromPartition('tokendesk-updates', { cache: false }),
    ]
    return known.flatMap((each) => [
      ...(each.isSpellCheckerEnabled() ? ['it is on'] : []),
      ...each.getSpellCheckerLanguages(),
    ])
  })
}

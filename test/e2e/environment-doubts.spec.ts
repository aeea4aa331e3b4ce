/** When an environment's base URL is to be doubted, rather than its accounts, on the real window. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { startAuthServer } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import type { RunningApp } from '../support/electron-app'
import { capture, FOLDER, resize, settled, SIZES } from '../support/screens'
import { addPartner, expect, keyOf, test } from '../support/served-app'

/** For people to look at: out/screens/<theme>-<state>.png. */
async function pictures({ app, window }: RunningApp, state: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme })
    await settled(window)
    writeFileSync(join(FOLDER, `${colorScheme}-${state}.png`), await capture(app))
  }
}

/** How much of its words has to be scrolled for. */
function hiddenHeight(question: Locator): Promise<number> {
  return question
    .locator('.words')
    .evaluate(({ scrollHeight, clientHeight }: { scrollHeight: number; clientHeight: number }) => {
      return scrollHeight - clientHeight
    })
}

async function editBaseUrl(
  window: Page,
  appWindow: AppWindow,
  environment: string,
  baseUrl: string,
): Promise<void> {
  await appWindow.openSettings('Environments')
  await window.getByRole('button', { name: `Edit ${environment}` }).click()
  const edit = appWindow.dialog('Edit environment')
  await edit.getByRole('textbox', { name: 'Base URL' }).fill(baseUrl)
  await edit.getByRole('button', { name: 'Save' }).click()
  await edit.waitFor({ state: 'hidden' })
  await window.keyboard.press('Escape')
}

test('a replaced base URL gets nothing any more, though the file with the environments is lost', async ({
  launch,
  server,
}) => {
  const old = await startAuthServer()
  for (const each of [old, server]) each.addApiKey({ apiKey: keyOf('ACME'), kind: 'partner', name: 'ACME' })
  const first = await launch()
  const appWindow = new AppWindow(first.window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: old.url })
  await appWindow.addAccount({ name: 'ACME', apiKey: keyOf('ACME'), remember: true })
  await editBaseUrl(first.window, appWindow, 'Sandbox', server.url)
  await first.quit()
  writeFileSync(join(first.profile, 'tokendesk.json'), '\0\0\0\0')
  old.forgetRequests()

  const second = await launch()
  const again = new AppWindow(second.window)
  const question = again.addressQuestion('Sandbox')
  await expect(question).toContainText('was restored from a copy and may be an old one')
  await pictures(second, 'address-to-confirm')
  await again.act('ACME', 'Renew now')
  await expect(again.message('must be confirmed first')).toBeVisible()
  expect([...old.requests, ...server.requests]).toEqual([])

  await question.getByRole('button', { name: 'Confirm base URL…' }).click()
  const dialog = again.dialog('Confirm base URL')
  await expect(dialog.getByRole('textbox', { name: 'Base URL' })).toHaveValue(server.url)
  await pictures(second, 'confirm-address')
  await dialog.getByRole('button', { name: 'Use this base URL' }).click()
  await expect(question).toBeHidden()
  await again.act('ACME', 'Renew now')
  await expect.poll(() => server.report(keyOf('ACME')).logins).toBe(1)
  expect(old.requests).toEqual([])
  await old.close()
})

test('a gateway that refuses all accounts is one question, and all heal with the first that is granted', async ({
  launch,
  server,
}) => {
  const running = await launch()
  const { window } = running
  const appWindow = new AppWindow(window)
  const names = ['Alder', 'Birch', 'Cedar', 'Dogwood']
  for (const name of names) await addPartner(server, appWindow, { name })
  server.script(() => ({ kind: 'reply', status: 403, body: '{"error":"blocked"}' }))
  const question = appWindow.environmentQuestion('Sandbox')
  for (const name of names) {
    await appWindow.act(name, 'Renew now')
    await expect
      .poll(() => server.requests.filter(({ path }) => path === '/auth/refresh').length)
      .toBe(names.indexOf(name) + 1)
    await expect(appWindow.row(name)).not.toHaveAttribute('data-status', 'renewing')
  }
  await expect(question).toContainText('Sandbox rejected 4 accounts within a minute (HTTP 403).')
  for (const name of names) await expect(appWindow.row(name)).toHaveAttribute('data-status', 'live')
  await pictures(running, 'environment-in-doubt')
  for (const size of SIZES.toReversed()) {
    await resize(running.app, window, size)
    if (size.name === 'small') await pictures(running, 'environment-in-doubt-small')
    if (size.zoom === 1) await expect.poll(() => hiddenHeight(question)).toBe(0)
  }

  const retry = question.getByRole('button', { name: 'Retry' })
  await retry.click()
  await expect(appWindow.message('rejected several accounts within a minute')).toBeVisible()
  // The attempt is over before the service is well: else it would heal all, and leave nothing to retry.
  await expect(retry).not.toHaveAttribute('aria-disabled', 'true')
  server.healthy()
  await retry.click()
  await expect(question).toBeHidden()
  for (const name of names) {
    await expect.poll(() => server.report(keyOf(name)).rotations).toBe(1)
    await expect(appWindow.row(name)).toHaveAttribute('data-status', 'live')
    await expect(appWindow.row(name)).not.toContainText(/rejected|no longer accepts/iu)
  }
})

test('a wrong base URL that answers 404 in JSON asks for no key, and putting it right heals all', async ({
  launch,
  server,
}) => {
  const running = await launch()
  const { window } = running
  const appWindow = new AppWindow(window)
  const names = ['Alder', 'Birch', 'Cedar']
  for (const name of names) await addPartner(server, appWindow, { name })
  await editBaseUrl(window, appWindow, 'Sandbox', `${server.url}/elsewhere`)
  for (const name of names) await appWindow.act(name, 'Renew now')
  const question = appWindow.environmentQuestion('Sandbox')
  await expect(question).toContainText('responds, but not like the service (HTTP 404)')
  for (const name of names) await expect(appWindow.row(name)).toHaveAttribute('data-status', 'live')
  await pictures(running, 'wrong-address')

  const dialog = await appWindow.fillAccount({ name: 'Dogwood', apiKey: keyOf('Dogwood') })
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('Check it in Settings, Environments')
  await expect(dialog.getByRole('textbox', { name: 'API key' })).toHaveValue(keyOf('Dogwood'))
  await window.keyboard.press('Escape')
  await window.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })

  await question.getByRole('button', { name: 'Edit environment…' }).click()
  const edit = appWindow.dialog('Edit environment')
  await edit.getByRole('textbox', { name: 'Base URL' }).fill(server.url)
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(question).toBeHidden()
  for (const name of names) await expect.poll(() => server.report(keyOf(name)).rotations).toBe(1)
})

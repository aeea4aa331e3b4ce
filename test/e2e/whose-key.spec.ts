/** Another account's API key replaces nothing before the user has confirmed it, in the real window. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppWindow } from '../support/app-window'
import { readClipboard } from '../support/desktop'
import { capture, FOLDER, settled } from '../support/screens'
import { addPartner, expect, keyOf, test } from '../support/served-app'

test('another account’s API key asks first; on no the old session stands, on yes it is replaced', async ({
  launch,
  server,
}) => {
  const running = await launch()
  const { window, app } = running
  const appWindow = new AppWindow(window)
  await addPartner(server, appWindow, { name: 'Partner X' })
  const other = keyOf('Company Y')
  server.addApiKey({ apiKey: other, kind: 'company', name: 'Company Y' })
  const token = server.report(keyOf('Partner X')).newestRefreshToken

  await appWindow.act('Partner X', 'Enter API key')
  const dialog = appWindow.dialog('Enter API key')
  await dialog.getByRole('textbox', { name: 'API key' }).fill(other)
  await dialog.getByRole('button', { name: 'Log in' }).click()
  const question = appWindow.alertDialog('Replace the session of Partner X?')
  await expect(question).toContainText('Partner X (')
  await expect(question).toContainText('Company Y (')
  mkdirSync(FOLDER, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme })
    await settled(window)
    writeFileSync(join(FOLDER, `${colorScheme}-whose-key.png`), await capture(app))
  }
  await question.getByRole('button', { name: 'Keep current session' }).click()
  await expect(dialog.getByRole('textbox', { name: 'API key' })).toHaveValue(other)
  await window.keyboard.press('Escape')
  await window.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await appWindow.copyJwt('Partner X')
  expect(await nameIn(await readClipboard())).toBe('Partner X')
  await appWindow.act('Partner X', 'Renew now')
  await expect.poll(() => server.report(keyOf('Partner X')).rotations).toBe(1)
  expect(server.report(keyOf('Partner X')).newestRefreshToken).not.toBe(token)

  await appWindow.act('Partner X', 'Enter API key')
  await dialog.getByRole('textbox', { name: 'API key' }).fill(other)
  await dialog.getByRole('button', { name: 'Log in' }).click()
  await question.getByRole('button', { name: 'Replace session' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await appWindow.copyJwt('Partner X')
  await expect.poll(async () => await nameIn(await readClipboard())).toBe('Company Y')

  async function nameIn(jwt: string): Promise<string> {
    const reply = await fetch(`${server.url}/whoami`, { headers: { 'R-Auth': jwt } })
    return ((await reply.json()) as { name: string }).name
  }
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UNDO_REMOVAL_MS } from '../../electron/shared/undo'
import { startAuthServer, type AuthServer } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import { readClipboard, writeClipboard } from '../support/desktop'
import { expect, test as base } from '../support/either-app'
import { filesHolding } from '../support/secret-hunt'

const PARTNER_KEY = 'canary-partner-key-4f1c9a7be2'
const COMPANY_KEY = 'canary-company-key-83d06e5a1f'

const test = base.extend<{ server: AuthServer }>({
  // Playwright reads a fixture's needs from this pattern.
  // eslint-disable-next-line no-empty-pattern
  server: async ({}, use) => {
    const server = await startAuthServer()
    server.addApiKey({ apiKey: PARTNER_KEY, kind: 'partner', name: 'Harbor Payroll' })
    server.addApiKey({ apiKey: COMPANY_KEY, kind: 'company', name: 'Alder Bakery' })
    await use(server)
    await server.close()
  },
})

/** Whether a service behind the environment takes this JWT. */
async function isLive(server: AuthServer, jwt: string): Promise<boolean> {
  const reply = await fetch(`${server.url}/whoami`, { headers: { 'R-Auth': jwt } })
  return reply.status === 200
}

function loginsAndRefreshes(server: AuthServer): string[] {
  return server.requests.map((each) => each.path).filter((path) => path !== '/whoami')
}

test('adds a partner and its company, copies, renews, survives a restart, removes', async ({
  launch,
  server,
}) => {
  const first = await launch()
  const appWindow = new AppWindow(first.window)
  await expect(first.window).toHaveTitle('TokenDesk')

  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await appWindow.addAccount({ name: 'Harbor Payroll', apiKey: PARTNER_KEY, remember: true })
  await appWindow.addAccount({
    name: 'Alder Bakery',
    apiKey: COMPANY_KEY,
    environment: 'Sandbox',
    type: 'Company',
    partner: 'Harbor Payroll',
  })
  const partner = appWindow.row('Harbor Payroll')
  const company = appWindow.row('Alder Bakery')
  await expect(partner).toHaveAttribute('data-status', 'live')
  await expect(partner).toHaveAttribute('aria-level', '1')
  await expect(company).toHaveAttribute('aria-level', '2')
  await expect(partner.locator('[data-deadline="jwt"]')).toHaveText(/^2[34]:\d\d:\d\d$/u)
  await expect(partner.locator('[data-deadline="refresh"]')).toHaveText(/^(29|30) d$/u)

  // Copy: what another program reads from the clipboard works, and comes from the store.
  await appWindow.copyJwt('Alder Bakery')
  const companyJwt = await readClipboard()
  expect(await isLive(server, companyJwt)).toBe(true)
  expect(loginsAndRefreshes(server)).toEqual(['/auth/login', '/auth/login'])

  // Enter on the row does the same.
  await partner.focus()
  await first.window.keyboard.press('Enter')
  await expect(appWindow.message('JWT of Harbor Payroll')).toBeVisible()
  const partnerJwt = await readClipboard()
  expect(partnerJwt).not.toBe(companyJwt)
  expect(await isLive(server, partnerJwt)).toBe(true)

  // Renew: by refresh token, which is replaced.
  const oldToken = server.report(PARTNER_KEY).newestRefreshToken ?? ''
  await appWindow.act('Harbor Payroll', 'Renew now')
  await expect.poll(() => server.report(PARTNER_KEY).rotations).toBe(1)
  await expect(partner).toHaveAttribute('data-status', 'live')
  const newToken = server.report(PARTNER_KEY).newestRefreshToken ?? ''
  expect(newToken).not.toBe(oldToken)

  await first.quit()
  expect(await readClipboard()).toBe('')
  const records = readdirSync(join(first.profile, 'accounts'))
  expect(records).toHaveLength(2)
  for (const name of records) {
    const { session } = JSON.parse(readFileSync(join(first.profile, 'accounts', name), 'utf8')) as {
      session: { sealed: string }
    }
    expect(session.sealed).toMatch(/^gnome_libsecret:/u)
    expect(Buffer.from(session.sealed.split(':')[1] ?? '', 'base64').toString('latin1')).toMatch(/^v11/u)
  }

  // Restart: the accounts are there and the JWT copies without a request; the new refresh token is the one in use.
  const requests = loginsAndRefreshes(server).length
  const second = await launch()
  const again = new AppWindow(second.window)
  await expect(again.row('Alder Bakery')).toHaveAttribute('data-status', 'live')
  await again.copyJwt('Alder Bakery')
  expect(await readClipboard()).toBe(companyJwt)
  expect(loginsAndRefreshes(server)).toHaveLength(requests)
  await again.act('Harbor Payroll', 'Renew now')
  await expect.poll(() => server.report(PARTNER_KEY).rotations).toBe(2)
  expect(server.report(PARTNER_KEY).olderTokensSent).toBe(0)

  // Rename, and remove after a question.
  await again.act('Alder Bakery', 'Rename')
  const rename = again.dialog('Rename')
  await rename.getByRole('textbox', { name: 'Name' }).fill('Alder Street Bakery')
  await rename.getByRole('button', { name: 'Save' }).click()
  await expect(again.row('Alder Street Bakery')).toBeVisible()
  await again.act('Alder Street Bakery', 'Remove')
  const question = again.alertDialog('Remove Alder Street Bakery?')
  await question.getByRole('button', { name: 'Keep' }).click()
  await expect(again.row('Alder Street Bakery')).toBeVisible()
  await again.act('Alder Street Bakery', 'Remove')
  await question.getByRole('button', { name: 'Remove' }).click()
  await expect(again.row('Alder Street Bakery')).toHaveCount(0)
  // Once it can no longer be undone.
  await expect
    .poll(() => readdirSync(join(second.profile, 'accounts')), { timeout: 2 * UNDO_REMOVAL_MS })
    .toHaveLength(1)
})

test('a JWT with little life left is renewed before it is copied, once for ten clicks', async ({
  launch,
  server,
}) => {
  server.addApiKey({ apiKey: 'canary-short-lived-key-77', kind: 'partner', jwtLifeMs: 4 * 60_000 })
  const { window } = await launch()
  const appWindow = new AppWindow(window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await appWindow.addAccount({ name: 'Short', apiKey: 'canary-short-lived-key-77' })
  await writeClipboard('something else')
  server.script(({ path }) => (path === '/auth/refresh' ? { kind: 'none', delayMs: 500 } : undefined))
  const copy = appWindow.row('Short').getByRole('button', { name: 'Copy JWT' })
  await copy.evaluate((button) => {
    for (let click = 0; click < 10; click += 1) (button as unknown as { click(): void }).click()
  })
  await expect(appWindow.row('Short')).toHaveAttribute('data-status', 'renewing')
  await expect(appWindow.message('JWT of Short').first()).toBeVisible()
  expect(await isLive(server, await readClipboard())).toBe(true)
  expect(server.report('canary-short-lived-key-77').rotations).toBe(1)
})

test('what goes wrong while adding is said in plain words, and nothing typed is lost', async ({
  launch,
  server,
}) => {
  const { window, profile } = await launch()
  const appWindow = new AppWindow(window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  const dialog = await appWindow.fillAccount({
    name: 'ACME',
    apiKey: 'no-such-key-0123456789',
    type: 'Partner',
  })
  const alert = dialog.getByRole('alert')

  const tryAndSee = async (words: RegExp): Promise<void> => {
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(alert).toContainText(words)
    await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('ACME')
    await expect(dialog.getByRole('textbox', { name: 'API key' })).toHaveValue('no-such-key-0123456789')
    await expect(dialog.getByRole('radio', { name: 'Partner' })).toBeChecked()
  }

  await tryAndSee(/rejected/iu)
  server.nextReply({ kind: 'redirect', location: 'https://elsewhere.example/login' })
  await tryAndSee(/elsewhere\.example/u)
  server.nextReply({ kind: 'proxy-page', status: 200 })
  await tryAndSee(/A web page answered instead of the service/u)
  await server.close()
  await tryAndSee(/Nothing responds/u)

  await appWindow.page.keyboard.press('Escape')
  expect(readdirSync(join(profile, 'accounts'))).toEqual([])
})

test('a server that is down leaves the account waiting, and asks the user nothing', async ({
  launch,
  server,
}) => {
  const { window } = await launch()
  const appWindow = new AppWindow(window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await appWindow.addAccount({ name: 'ACME', apiKey: PARTNER_KEY })
  server.script(({ path }) => (path === '/auth/refresh' ? { kind: 'reply', status: 503 } : undefined))
  await appWindow.act('ACME', 'Renew now')
  await expect(appWindow.row('ACME')).toHaveAttribute('data-status', 'retrying')
  server.healthy()
  await appWindow.act('ACME', 'Renew now')
  await expect(appWindow.row('ACME')).toHaveAttribute('data-status', 'live')
})

test('a refresh token that is refused makes the row ask for the API key', async ({ launch, server }) => {
  const { window } = await launch()
  const appWindow = new AppWindow(window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await appWindow.addAccount({ name: 'ACME', apiKey: PARTNER_KEY })
  server.revokeRefreshToken(server.report(PARTNER_KEY).newestRefreshToken ?? '')
  await appWindow.act('ACME', 'Renew now')
  await expect(appWindow.row('ACME')).toHaveAttribute('data-status', 'needs-key')

  await appWindow.act('ACME', 'Enter API key')
  const dialog = appWindow.dialog('Enter API key')
  await dialog.getByRole('textbox', { name: 'API key' }).fill(`\n${PARTNER_KEY}\n`)
  await dialog.getByRole('button', { name: 'Log in' }).click()
  await expect(appWindow.row('ACME')).toHaveAttribute('data-status', 'live')
})

test.describe('without a keyring', () => {
  test.use({ storesUnprotected: true })

  test('nothing secret is stored until the user agrees', async ({ launch, server }) => {
    const first = await launch({ keyring: false })
    const appWindow = new AppWindow(first.window)
    await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
    await appWindow.addAccount({ name: 'ACME', apiKey: PARTNER_KEY, remember: true })
    const question = first.window.getByRole('alertdialog')
    await question.getByRole('button', { name: 'Keep in memory only' }).click()
    await expect(appWindow.row('ACME')).toHaveAttribute('data-status', 'live')
    await expect(first.window.getByRole('contentinfo')).toContainText(/memory only/iu)
    await appWindow.copyJwt('ACME')
    const jwt = await readClipboard()
    await first.quit()
    const secrets = [PARTNER_KEY, jwt, server.report(PARTNER_KEY).newestRefreshToken ?? '']
    expect(secrets.every((secret) => secret.length >= 16)).toBe(true)
    expect(filesHolding(first.profile, secrets)).toEqual([])
    const [record = ''] = readdirSync(join(first.profile, 'accounts'))
    expect(JSON.parse(readFileSync(join(first.profile, 'accounts', record), 'utf8'))).toMatchObject({
      session: null,
    })

    // The account is there, says why it needs its key, and stays when the user now agrees.
    const second = await launch({ keyring: false })
    const again = new AppWindow(second.window)
    await expect(again.row('ACME')).toHaveAttribute('data-status', 'needs-key')
    await again.act('ACME', 'Enter API key')
    const dialog = again.dialog('Enter API key')
    await dialog.getByRole('textbox', { name: 'API key' }).fill(PARTNER_KEY)
    await dialog.getByRole('button', { name: 'Log in' }).click()
    await expect(again.row('ACME')).toHaveAttribute('data-status', 'live')
    await second.window
      .getByRole('contentinfo')
      .getByRole('button', { name: /memory only/iu })
      .click()
    await second.window
      .getByRole('alertdialog')
      .getByRole('button', { name: 'Store without protection' })
      .click()
    await expect(second.window.getByRole('contentinfo')).not.toContainText(/memory only/iu)
    await second.quit()
    expect(filesHolding(first.profile, secrets)).toEqual([])

    const third = await launch({ keyring: false })
    await new AppWindow(third.window).copyJwt('ACME')
    expect(await isLive(server, await readClipboard())).toBe(true)
  })
})

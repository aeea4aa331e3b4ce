/** A company's network: real Squid that wants a password, and a certificate authority of its own. */
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { startAuthServer, type AuthServer } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import { makeAuthority, type Authority } from '../support/certificate'
import { readClipboard } from '../support/desktop'
import { capture, FOLDER, settled } from '../support/screens'
import { filesHolding, secretsIn } from '../support/secret-hunt'
import { test as base, expect, keyOf } from '../support/served-app'
import { startSquid, type Squid } from '../support/squid'
import { makeTrustedStore, type TrustedStore } from '../support/trusted-store'

const HOST = 'service.example'
const USER = 'canary-proxy-user'
const PASSWORD = 'canary-proxy-password'

interface Company {
  readonly authority: Authority
  readonly service: AuthServer
  readonly baseUrl: string
  readonly squid: Squid
  readonly store: TrustedStore
  readonly env: Readonly<Record<string, string>>
}

const test = base.extend<{ company: Company }>({
  // Playwright reads a fixture's needs from this pattern.
  // eslint-disable-next-line no-empty-pattern
  company: async ({}, use) => {
    const authority = await makeAuthority()
    const service = await startAuthServer({ tls: await authority.issue(HOST) })
    service.addApiKey({ apiKey: keyOf('ACME'), kind: 'partner', name: 'ACME' })
    const squid = await startSquid({ userName: USER, password: PASSWORD, hosts: [HOST] })
    const store = await makeTrustedStore()
    const baseUrl = `https://${HOST}:${new URL(service.url).port}`
    const env = { HOME: store.home, https_proxy: squid.url, HTTPS_PROXY: squid.url }
    await use({ authority, service, baseUrl, squid, store, env })
    await squid.stop()
    await service.close()
    await store.remove()
  },
})

test('a proxy’s user name and password are asked for once, and remembered', async ({
  launch,
  company,
  profile,
}) => {
  const { authority, service, baseUrl, squid, store, env } = company
  await store.trust(authority.cert)
  const feed = createServer(await authority.issue(HOST), (_request, response) => {
    response.end(JSON.stringify({ version: '99.0.0' }))
  }).listen(0, '127.0.0.1')
  await once(feed, 'listening')
  const feedUrl = `https://${HOST}:${String((feed.address() as AddressInfo).port)}/feed.json`
  const first = await launch({ env })
  const appWindow = new AppWindow(first.window)
  await first.window.evaluate(`tokenDesk.changeSettings({ updateFeedUrl: '${feedUrl}' })`)
  const askFor = `407 - CONNECT ${new URL(feedUrl).host}`
  await expect.poll(() => squid.log()).toContain(askFor)
  const asksForFeed = appWindow.dialog('Proxy password')
  await expect(asksForFeed).toContainText(squid.host)
  await first.window.keyboard.press('Escape')
  await asksForFeed.waitFor({ state: 'hidden' })
  await appWindow.addEnvironment({ name: 'Company', baseUrl })
  const add = await appWindow.fillAccount({ name: 'ACME', apiKey: keyOf('ACME') })
  const confirm = add.getByRole('button', { name: 'Add', exact: true })
  await confirm.click()
  await expect(add.getByRole('alert')).toContainText('The network’s proxy wants a user name and a password')
  expect(service.requests).toEqual([])

  const pictures = async (state: string): Promise<void> => {
    mkdirSync(FOLDER, { recursive: true })
    for (const colorScheme of ['light', 'dark'] as const) {
      await first.window.emulateMedia({ colorScheme })
      await settled(first.window)
      writeFileSync(join(FOLDER, `${colorScheme}-proxy-${state}.png`), await capture(first.app))
    }
  }
  await pictures('turned-away')

  const ask = async (password: string): Promise<void> => {
    await add.getByRole('button', { name: 'Enter password…' }).click()
    const dialog = appWindow.dialog('Proxy password')
    await expect(dialog).toContainText(squid.host)
    await dialog.getByRole('textbox', { name: 'User name' }).fill(USER)
    await dialog.getByRole('textbox', { name: 'Password' }).fill(password)
    await dialog.getByRole('checkbox', { name: 'Remember user name and password' }).check()
    await dialog.getByRole('button', { name: 'Use' }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
  await ask('wrong')
  await confirm.click()
  await expect(add.getByRole('alert')).toContainText('The network’s proxy wants a user name and a password')
  await expect.poll(() => squid.log()).toContainEqual(expect.stringContaining(`407 ${USER}`))
  await add.getByRole('button', { name: 'Enter password…' }).click()
  await expect(appWindow.dialog('Proxy password').getByRole('alert')).toContainText('didn’t accept')
  await pictures('refused')
  await first.window.keyboard.press('Escape')
  await ask(PASSWORD)
  await confirm.click()
  await add.waitFor({ state: 'hidden' })
  await appWindow.copyJwt('ACME')
  expect(await readClipboard()).not.toBe('')
  expect(service.requests.map(({ path }) => path)).toEqual(['/auth/login'])
  await expect
    .poll(() => first.window.evaluate('tokenDesk.getUpdate()'), { message: 'the update feed is asked again' })
    .toMatchObject({ value: { version: '99.0.0' } })
  feed.close()
  const settings = await appWindow.openSettings()
  await settings.getByRole('button', { name: 'Network', exact: true }).click()
  await expect(settings).toContainText(`The proxy ${squid.host} gets your saved user name and password.`)
  await pictures('settings')
  await first.quit()

  const second = await launch({ env })
  const again = new AppWindow(second.window)
  await again.act('ACME', 'Renew now')
  await expect.poll(() => service.requests.map(({ path }) => path)).toEqual(['/auth/login', '/auth/refresh'])
  await expect(again.row('ACME')).toHaveAttribute('data-status', 'live')
  await expect(again.dialog('Proxy password')).toHaveCount(0)
  await second.quit()

  const secrets = [PASSWORD, `${USER}:${PASSWORD}`]
  expect(filesHolding(profile, secrets)).toEqual([])
  expect(secretsIn([...first.output, ...second.output].join('\n'), secrets)).toEqual([])
})

test('a wrong password is tried once, however many accounts wait', async ({ launch, company }) => {
  const { authority, service, baseUrl, squid, store, env } = company
  await store.trust(authority.cert)
  const names = ['ACME', 'Beta', 'Gamma', 'Delta', 'Epsilon']
  for (const name of names) service.addApiKey({ apiKey: keyOf(name), kind: 'partner', name })
  const first = await launch({ env })
  const appWindow = new AppWindow(first.window)
  await appWindow.addEnvironment({ name: 'Company', baseUrl })
  await first.window.keyboard.press('Escape')
  await answer(first.window, squid, 'wrong')
  const tried = names.map((name) =>
    first.window.evaluate(
      `tokenDesk.getSnapshot().then(({ value }) => tokenDesk.addAccount({
        name: '${name}', environmentId: value.environments[0].id, apiKey: '${keyOf(name)}',
        kind: 'detect', partnerId: null, rememberApiKey: false }))`,
    ),
  )
  await Promise.all(tried)
  const wrong = (await squid.log()).filter((line) => line.startsWith(`407 ${USER}`))
  expect(wrong).toHaveLength(1)
  expect(service.requests).toEqual([])
})

test('a company’s certificate authority: the message says what helps on Linux, and it does', async ({
  launch,
  company,
}) => {
  const { authority, store } = company
  const secure = await startAuthServer({ tls: await authority.issue('localhost') })
  secure.addApiKey({ apiKey: keyOf('ACME'), kind: 'partner', name: 'ACME' })
  const baseUrl = `https://localhost:${new URL(secure.url).port}`
  const home = { HOME: store.home }
  const first = await launch({ env: home })
  const appWindow = new AppWindow(first.window)
  await appWindow.addEnvironment({ name: 'Company', baseUrl })
  const add = await appWindow.fillAccount({ name: 'ACME', apiKey: keyOf('ACME') })
  await add.getByRole('button', { name: 'Add', exact: true }).click()
  const alert = add.getByRole('alert')
  await expect(alert).toContainText('from an authority that this computer doesn’t trust')
  await expect(alert).toContainText('add it to your NSS store with certutil')
  const opened = first.app.waitForEvent('window')
  await alert.getByRole('button', { name: 'Open the guide' }).click()
  const guide = await opened
  await expect(guide.getByRole('heading', { name: 'Proxies and certificates' })).toBeInViewport()
  await expect(guide.locator('body')).toContainText('certutil -d sql:$HOME/.pki/nssdb -A -t C,,')
  expect(secure.requests).toEqual([])
  await first.quit()

  await store.trust(authority.cert)
  const second = await launch({ env: home })
  const again = new AppWindow(second.window)
  await again.addAccount({ name: 'ACME', apiKey: keyOf('ACME') })
  await expect(again.row('ACME')).toHaveAttribute('data-status', 'live')
  await secure.close()
})

async function answer(
  window: { evaluate(script: string): Promise<unknown> },
  squid: Squid,
  password: string,
): Promise<void> {
  await window.evaluate(
    `tokenDesk.answerProxy({ host: '${squid.host}', userName: '${USER}', password: '${password}', remember: false })`,
  )
}

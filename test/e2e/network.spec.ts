/** What the app does on networks that are not to be trusted, and where it sends what is secret. */
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { startAuthServer, type AuthServer } from '../support/auth-server'
import { makeCertificate } from '../support/certificate'
import { AppWindow } from '../support/app-window'
import { readClipboard } from '../support/desktop'
import { filesHolding, secretsIn } from '../support/secret-hunt'
import { expect, keyOf, test } from '../support/served-app'

test('a key or a token goes to its own environment’s host, and nowhere else', async ({ launch, server }) => {
  const other = await startAuthServer()
  const third = await startAuthServer()
  for (const [of, name] of [
    [server, 'ACME'],
    [other, 'Beta'],
  ] as const)
    of.addApiKey({ apiKey: keyOf(name), kind: 'partner', name })
  const { window } = await launch()
  const appWindow = new AppWindow(window)
  await appWindow.addEnvironment({ name: 'One', baseUrl: server.url })
  await appWindow.addAccount({ name: 'ACME', apiKey: keyOf('ACME'), environment: 'One', remember: true })
  await appWindow.addEnvironment({ name: 'Other', baseUrl: other.url })
  await appWindow.addAccount({ name: 'Beta', apiKey: keyOf('Beta'), environment: 'Other', remember: true })

  // Each leads to a third place now, whichever way a renewal takes.
  for (const each of [server, other])
    each.script(() => ({ kind: 'redirect', location: `${third.url}/auth/login` }))
  for (const name of ['ACME', 'Beta']) {
    await appWindow.act(name, 'Renew now')
    await expect.poll(() => requestsFor(name === 'ACME' ? server : other)).toContain('/auth/refresh')
    await expect(appWindow.row(name)).not.toHaveAttribute('data-status', 'renewing')
  }
  const reached = await window.evaluate(
    `tokenDesk.testConnection({ baseUrl: ${JSON.stringify(server.url)} })`,
  )
  expect(reached).toMatchObject({
    ok: true,
    value: { kind: 'redirected', target: `${third.url}/auth/login` },
  })
  expect(third.stats.connections).toBe(0)

  expect(secretsOf(server)).not.toEqual([])
  expect(secretsOf(server).filter((secret) => secretsOf(other).includes(secret))).toEqual([])
  expect(sentTo(server)).not.toContain(keyOf('Beta'))
  expect(sentTo(other)).not.toContain(keyOf('ACME'))
  await Promise.all([other.close(), third.close()])
})

test('an untrusted certificate is final: there is no way round', async ({ launch }) => {
  const secure = await startAuthServer({ tls: await makeCertificate() })
  secure.addApiKey({ apiKey: keyOf('ACME'), kind: 'partner' })
  const { window, output } = await launch()
  const appWindow = new AppWindow(window)
  await appWindow.addEnvironment({ name: 'Secure', baseUrl: secure.url })
  const dialog = await appWindow.fillAccount({ name: 'ACME', apiKey: keyOf('ACME') })
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText(/certificate|secure connection|TLS/iu)
  // None that continues anyway.
  expect(await buttons(dialog.page())).toEqual(['Close', 'Show API key', 'Open the guide', 'Cancel', 'Add'])
  expect(secure.requests).toEqual([])
  expect(secretsIn(output.join('\n'), [keyOf('ACME')])).toEqual([])
  await secure.close()
})

test('the credentials of a proxy go nowhere: not to it, to the log, the profile or the diagnostics', async ({
  launch,
  profile,
}) => {
  const user = 'canary-proxy-user'
  const password = 'canary-proxy-password'
  const secrets = [password, `${user}:${password}`]
  const asked: (string | undefined)[] = []
  const proxy = createServer().listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  proxy.on('connect', (request, socket) => {
    asked.push(request.headers['proxy-authorization'])
    socket.end(
      'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n',
    )
  })
  const { port } = proxy.address() as AddressInfo
  const address = `http://${user}:${password}@127.0.0.1:${String(port)}`
  const running = await launch({ env: { https_proxy: address, HTTPS_PROXY: address } })
  const appWindow = new AppWindow(running.window)
  await appWindow.addEnvironment({ name: 'Behind a proxy', baseUrl: 'https://service.example' })
  const dialog = await appWindow.fillAccount({ name: 'ACME', apiKey: keyOf('ACME') })
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText(/proxy/iu)
  expect(secretsIn(await running.window.content(), secrets)).toEqual([])
  expect(asked.length).toBeGreaterThan(0)
  expect(new Set(asked)).toEqual(new Set([undefined]))

  await running.window.evaluate('tokenDesk.copyDiagnostics()')
  await expect.poll(readClipboard).toContain('TokenDesk')
  expect(secretsIn(await readClipboard(), secrets)).toEqual([])
  await running.quit()
  expect(secretsIn(running.output.join('\n'), secrets)).toEqual([])
  expect(filesHolding(profile, secrets)).toEqual([])
  proxy.close()
})

function requestsFor(server: AuthServer): string[] {
  return server.requests.map(({ path }) => path)
}

function sentTo(server: AuthServer): string {
  return server.requests.map(({ body, headers }) => `${body}${JSON.stringify(headers)}`).join('\n')
}

function secretsOf(server: AuthServer): string[] {
  return server.requests.flatMap(({ body }) =>
    body === '' ? [] : Object.values(JSON.parse(body) as Record<string, string>),
  )
}

/** Of the dialog that is open, by their names. */
async function buttons(window: Page): Promise<string[]> {
  const all = window.getByRole('dialog').getByRole('button')
  return await all.evaluateAll((each) =>
    (each as unknown as { ariaLabel: string | null; innerText: string }[]).map(
      ({ ariaLabel, innerText }) => ariaLabel ?? innerText.trim(),
    ),
  )
}

/** What keeps a request from the service, on the real app: what happened, what that means, and what to do. */
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { startAuthServer, type Fault } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import { makeAuthority, makeCertificate } from '../support/certificate'
import type { RunningApp } from '../support/electron-app'
import { capture, FOLDER, settled } from '../support/screens'
import { expect, keyOf, test } from '../support/served-app'
import { makeTrustedStore } from '../support/trusted-store'

interface Told {
  readonly name: string
  readonly baseUrl: string
  readonly says: string
}

/** Tries to add an account there, and takes a picture of what is said, light and dark. */
async function tell({ app, window }: RunningApp, { name, baseUrl, says }: Told): Promise<void> {
  const appWindow = new AppWindow(window)
  await appWindow.addEnvironment({ name, baseUrl })
  const add = await appWindow.fillAccount({ name: 'ACME', apiKey: keyOf('ACME') })
  await add.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(add.getByRole('alert')).toContainText(says, { timeout: 15_000 })
  mkdirSync(FOLDER, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme })
    await settled(window)
    writeFileSync(join(FOLDER, `${colorScheme}-failure-${name}.png`), await capture(app))
  }
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

test('before the service is reached', async ({ launch, server }) => {
  const running = await launch()
  await tell(running, {
    name: 'dns',
    baseUrl: 'https://nothing.invalid',
    says: 'The host name in the base URL wasn’t found, so nothing was sent. Check the base URL for typos and whether you need a VPN.',
  })
  await tell(running, {
    name: 'refused',
    baseUrl: `http://127.0.0.1:${String(await closedPort())}`,
    says: 'Nothing responds at the base URL: the connection was refused, so nothing was sent. Check the host and port of the base URL and whether the service is running.',
  })
  // Linux says so of any TCP connection to a multicast address.
  await tell(running, {
    name: 'no-route',
    baseUrl: 'https://224.0.0.1',
    says: 'Couldn’t reach the service, so nothing was sent. Check the network and the base URL, then try again.',
  })
  // The desktop’s word that there is no network; a lookup then fails as above.
  await running.app.evaluate(({ net }) => {
    net.isOnline = () => false
  })
  await tell(running, {
    name: 'offline',
    baseUrl: 'https://nobody.invalid',
    says: 'This computer is offline, so nothing was sent. Connect to the network and try again.',
  })
  expect(server.requests).toEqual([])
})

test('while the service answers, or somebody else does', async ({ launch, server }) => {
  const running = await launch()
  const faults: readonly (readonly [name: string, fault: Fault, says: string])[] = [
    [
      'reset',
      { kind: 'cut', at: 'request', reset: true },
      'The connection was lost before the response was complete; the service may have received the request. Check the network and try again.',
    ],
    [
      'sign-in-page',
      { kind: 'reply', status: 200, body: '<!doctype html><title>Sign in</title>' },
      'A web page answered instead of the service, often the network’s sign-in page or a proxy. Open a browser and sign in to the network if it asks, else check the base URL.',
    ],
    [
      'sign-in-redirect',
      { kind: 'redirect', status: 302, location: 'https://portal.example/sign-in?to=x' },
      'The service redirected to https://portal.example/sign-in, which TokenDesk didn’t follow so that no API key or token is sent elsewhere.',
    ],
    [
      'sign-in-status',
      { kind: 'reply', status: 511, body: '<html>' },
      'The network wants you to sign in before it lets anything through (HTTP 511). Open a browser, sign in to the network, and try again.',
    ],
    [
      'limited',
      { kind: 'reply', status: 429, headers: { 'Retry-After': '90' }, body: '{}' },
      'The service is limiting requests and wants you to wait (HTTP 429). Try again in 1 min.',
    ],
    [
      'timeout',
      { kind: 'hang', at: 'headers' },
      'The service didn’t respond within 10 seconds, and may have received the request. Check the network and try again.',
    ],
  ]
  for (const [name, fault, says] of faults) {
    server.nextReply(fault)
    await tell(running, { name, baseUrl: `${server.url}/${name}`, says })
  }
  expect(server.requests.length).toBeGreaterThanOrEqual(faults.length)
})

test('where there is no secure connection', async ({ launch, server }) => {
  const authority = await makeAuthority()
  const store = await makeTrustedStore()
  await store.trust(authority.cert)
  const running = await launch({ env: { HOME: store.home } })
  const unknown = await startAuthServer({ tls: await makeCertificate() })
  const other = await startAuthServer({ tls: await authority.issue('other.example') })
  const expired = await startAuthServer({ tls: await authority.issue('localhost', { isExpired: true }) })
  const at = ({ url }: { readonly url: string }): string => `https://localhost:${new URL(url).port}`
  await tell(running, {
    name: 'unknown-authority',
    baseUrl: at(unknown),
    says: 'No secure connection, so nothing was sent: the server’s certificate is from an authority that this computer doesn’t trust. If your company has a certificate authority of its own, add it to your NSS store with certutil.',
  })
  await tell(running, {
    name: 'other-host',
    baseUrl: at(other),
    says: 'No secure connection, so nothing was sent: the server’s certificate is for another host. Check the host of the base URL.',
  })
  await tell(running, {
    name: 'expired-certificate',
    baseUrl: at(expired),
    says: 'No secure connection, so nothing was sent: the server’s certificate has expired, or is not valid yet. Check this computer’s clock; if it’s right, tell the service operator.',
  })
  await tell(running, {
    name: 'not-tls',
    baseUrl: at(server),
    says: 'No secure connection, so nothing was sent: the server and this computer couldn’t agree on one (ERR_SSL_PROTOCOL_ERROR).',
  })
  for (const each of [unknown, other, expired]) {
    expect(each.requests).toEqual([])
    await each.close()
  }
  await store.remove()
})

/** Playwright's tests with the app and a service for it. */
import { startAuthServer, type AuthServer } from './auth-server'
import type { AppWindow } from './app-window'
import { notifications, startTray, watchNotifications, type ShownNotification, type Tray } from './desktop'
import { test as base } from './electron-app'

interface Served {
  readonly server: AuthServer
  /** The notifications that the desktop was asked to show. */
  readonly received: readonly ShownNotification[]
  readonly tray: Tray
}

export const test = base.extend<Served>({
  // Playwright reads a fixture's needs from this pattern.
  // eslint-disable-next-line no-empty-pattern
  server: async ({}, use) => {
    const server = await startAuthServer()
    await use(server)
    await server.close()
  },
  // eslint-disable-next-line no-empty-pattern
  received: async ({}, use) => {
    const watch = await watchNotifications()
    await use(watch.received)
    await watch.stop()
    await notifications.closeAll()
  },
  // eslint-disable-next-line no-empty-pattern
  tray: async ({}, use) => {
    const tray = await startTray()
    await use(tray)
    await tray.stop()
  },
})

export { expect } from './electron-app'

export function keyOf(name: string): string {
  return `canary-key-of-${name.replaceAll(/\W/gu, '-')}`
}

/** Adds a partner whose refresh tokens have this validity; creates the environment if it doesn't exist. */
export async function addPartner(
  server: AuthServer,
  appWindow: AppWindow,
  account: { readonly name: string; readonly refreshLifeMs?: number },
): Promise<void> {
  const apiKey = keyOf(account.name)
  server.addApiKey({ apiKey, kind: 'partner', ...account })
  const isFirst = (await appWindow.list.count()) === 0
  if (isFirst) await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await appWindow.addAccount({ name: account.name, apiKey, type: 'Partner' })
}

/** Whether a service behind the environment accepts this JWT. */
export async function isLive(server: AuthServer, jwt: string): Promise<boolean> {
  const reply = await fetch(`${server.url}/whoami`, { headers: { 'R-Auth': jwt } })
  return reply.status === 200
}

/** A keyring that comes late, as at a login: it is not treated as gone, and TokenDesk needn't be restarted for it. */
import { readdirSync, readFileSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startAuthServer, type AuthServer } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import { expect, test as base, type RunningApp } from '../support/electron-app'
import { startOwnBus, type OwnBus } from '../support/own-bus'

const KEY = 'canary-partner-key-5a0be91c77'

const test = base.extend<{ server: AuthServer; bus: OwnBus }>({
  // Playwright reads a fixture's needs from this pattern.
  // eslint-disable-next-line no-empty-pattern
  server: async ({}, use) => {
    const server = await startAuthServer()
    server.addApiKey({ apiKey: KEY, kind: 'partner' })
    await use(server)
    await server.close()
  },
  // eslint-disable-next-line no-empty-pattern
  bus: async ({}, use) => {
    const bus = await startOwnBus()
    await use(bus)
    await bus.stop()
  },
})

function recordFile(profile: string): string {
  const [name = ''] = readdirSync(join(profile, 'accounts'))
  return join(profile, 'accounts', name)
}

/** Adds an account, agrees to its secrets on the disk, and quits. */
async function storeUnprotected(first: RunningApp, server: AuthServer): Promise<void> {
  const appWindow = new AppWindow(first.window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await appWindow.addAccount({ name: 'ACME', apiKey: KEY })
  await appWindow
    .alertDialog('GNOME Keyring isn’t available')
    .getByRole('button', { name: 'Store without protection' })
    .click()
  await expect(first.window.getByRole('contentinfo')).toContainText('Not protected')
  await first.quit()
}

test('a keyring that is not there at the start opens the accounts when it comes, without a restart', async ({
  launch,
  server,
  bus,
}) => {
  await bus.startKeyring()
  const first = await launch({ env: bus.env })
  const appWindow = new AppWindow(first.window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await appWindow.addAccount({ name: 'ACME', apiKey: KEY })
  await first.quit()
  await bus.stopKeyring()
  const sealed = readFileSync(recordFile(first.profile), 'utf8')

  const second = await launch({ env: bus.env })
  const late = new AppWindow(second.window)
  const bar = second.window.getByRole('complementary', { name: 'Keyring' })
  await expect(bar).toContainText('1 account stays locked')
  await expect(late.row('ACME')).toHaveAttribute('data-status', 'locked')
  await bar.getByRole('button', { name: 'Try again' }).click()
  await expect(late.message('GNOME Keyring still isn’t available')).toBeVisible()
  expect(readFileSync(recordFile(first.profile), 'utf8')).toBe(sealed)

  await bus.startKeyring()
  await expect(late.row('ACME')).toHaveAttribute('data-status', 'live')
  await expect(bar).toBeHidden()
  await late.copyJwt('ACME')
  expect(server.report(KEY).logins).toBe(1)
})

test('a keyring that is locked blocks nothing, and opens the accounts when its owner unlocks it', async ({
  launch,
  server,
  bus,
}) => {
  await bus.startKeyring()
  const first = await launch({ env: bus.env })
  const appWindow = new AppWindow(first.window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await appWindow.addAccount({ name: 'ACME', apiKey: KEY })
  await first.quit()
  await bus.lockKeyring()

  const second = await launch({ env: bus.env })
  const locked = new AppWindow(second.window)
  await expect(locked.row('ACME')).toHaveAttribute('data-status', 'locked')
  // Main answers while the keyring doesn't.
  await (await locked.openSettings()).getByRole('button', { name: 'Close' }).first().click()
  await bus.unlockKeyring()
  await expect(locked.row('ACME')).toHaveAttribute('data-status', 'live')
  await locked.copyJwt('ACME')
})

test.describe('with no keyring at all', () => {
  test.use({ storesUnprotected: true })

  test('sessions that the user agrees to store survive a restart, and are the keyring’s when one comes', async ({
    launch,
    server,
    bus,
  }) => {
    const first = await launch({ env: bus.env })
    await storeUnprotected(first, server)
    expect(readFileSync(recordFile(first.profile), 'utf8')).toContain('basic_text:')

    const second = await launch({ env: bus.env })
    const again = new AppWindow(second.window)
    await again.copyJwt('ACME')
    await bus.startKeyring()
    await expect(second.window.getByRole('contentinfo')).not.toContainText('Not protected')
    await second.quit()
    expect(readFileSync(recordFile(first.profile), 'utf8')).toContain('gnome_libsecret:')
    expect(server.report(KEY).logins).toBe(1)
  })

  test('secrets that the disk keeps from going back to memory only are reported by name, until they have gone', async ({
    launch,
    server,
    bus,
  }) => {
    const first = await launch({ env: bus.env })
    await storeUnprotected(first, server)
    // As after a crash that came between the decision and its first record; and nothing is written through a link.
    const settings = join(first.profile, 'tokendesk.json')
    writeFileSync(settings, readFileSync(settings, 'utf8').replace('"accepted"', '"memory-only"'))
    const accounts = join(first.profile, 'accounts')
    renameSync(accounts, `${accounts}-elsewhere`)
    symlinkSync(`${accounts}-elsewhere`, accounts)

    const second = await launch({ env: bus.env })
    const bar = second.window.getByRole('complementary', { name: 'Keyring' })
    await expect(bar).toContainText('Still readable on this computer’s disk: ACME.')
    await bar.getByRole('button', { name: 'Try again' }).click()
    const again = new AppWindow(second.window)
    await expect(again.message('the disk still refuses')).toBeVisible()
    unlinkSync(accounts)
    renameSync(`${accounts}-elsewhere`, accounts)
    await bar.getByRole('button', { name: 'Try again' }).click()
    await expect(bar).toBeHidden()
    await expect(again.message('tokens and API keys moved')).toBeVisible()
    expect(readFileSync(recordFile(first.profile), 'utf8')).not.toContain('basic_text:')
    await again.copyJwt('ACME')
    expect(server.report(KEY).logins).toBe(1)
  })
})

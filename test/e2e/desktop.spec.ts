/** What the other tests rely on is real: the keyring, the clipboard of other programs, the notification daemon. */
import { calls } from '../../electron/shared/ipc/contract'
import { readClipboard, watchNotifications, notifications, writeClipboard } from '../support/desktop'
import { expect, test } from '../support/electron-app'

test('the desktop of the tests has a keyring, a clipboard and a notification daemon', async ({ launch }) => {
  const { app } = await launch()
  expect(await app.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend())).toBe(
    'gnome_libsecret',
  )

  await writeClipboard('from another program')
  // The X server itself notifies each program that the clipboard has a new owner.
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe('from another program')
  await app.evaluate(async ({ clipboard }) => {
    await clipboard.writeText('from Electron')
  })
  expect(await readClipboard()).toBe('from Electron')

  const watch = await watchNotifications()
  await app.evaluate(({ Notification }) => {
    new Notification({ title: 'A title', body: 'and its text' }).show()
  })
  await expect.poll(() => watch.received).toMatchObject([{ title: 'A title', body: 'and its text' }])
  await notifications.closeAll()
  await watch.stop()
})

test('the window has no Node, a strict policy, and only what the contract names', async ({ launch }) => {
  const { window } = await launch()
  await expect(window.getByRole('button', { name: 'Add account', exact: true })).toBeVisible()
  const found = await window.evaluate(() => {
    const scope = globalThis as unknown as Record<string, object | undefined>
    return {
      globals: ['require', 'process', 'module', 'Buffer'].filter((name) => name in scope),
      bridge: Object.keys(scope['tokenDesk'] ?? {}).sort(),
    }
  })
  expect(found.globals).toEqual([])
  expect(found.bridge).toEqual([...Object.keys(calls), 'on'].sort())
  const outside = await window.evaluate(async () => {
    const look = async (url: string): Promise<string> =>
      await (globalThis as unknown as { fetch: (url: string) => Promise<{ status: number }> })
        .fetch(url)
        .then(
          (reply) => `status ${String(reply.status)}`,
          () => 'refused',
        )
    return [await look('app://tokendesk/../main/index.js'), await look('https://example.com/')]
  })
  expect(outside).toEqual(['refused', 'refused'])
})

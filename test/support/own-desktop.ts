// Playwright's `test` on a desktop of its own: each worker has a display, a keyring, a clipboard and notifications that it
// shares with nobody, so that files run side by side. Elsewhere than on Linux there is only the user's desktop.
import { test as base } from '@playwright/test'
import { startDesktopSession } from '../../scripts/lib/desktop-session.mjs'
import { notifications } from './desktop'

export const test = base.extend<{ cleanScreen: undefined }, { desktop: undefined }>({
  // What an app of the test before has left on the screen is none of this one's.
  cleanScreen: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      if (process.platform === 'linux') await notifications.closeAll()
      await use(undefined)
    },
    { scope: 'test', auto: true },
  ],

  desktop: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const stop = await useOwnDesktop()
      await use(undefined)
      await stop()
    },
    { scope: 'worker', auto: true, timeout: 60_000 },
  ],
})

/** What this process starts from now on is on a new desktop. Resolves with what ends that. */
export async function useOwnDesktop(): Promise<() => Promise<void>> {
  if (process.platform !== 'linux') return () => Promise.resolve()
  const session = await startDesktopSession()
  for (const [name, value] of Object.entries(session.env)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name)
    else process.env[name] = value
  }
  return session.stop
}

// Playwright's `test` on a desktop of its own: each worker has its own display, keyring, clipboard and notifications,
// so that files run in parallel. On other systems than Linux it is the user's desktop.
import { test as base } from '@playwright/test'
import { startDesktopSession } from '../../scripts/lib/desktop-session.mjs'
import { notifications } from './desktop'

export interface DesktopOptions {
  /** The compositor instead of X11; for a whole file, since each has its own desktop. */
  wayland: 'weston' | 'sway' | null
}

export const test = base.extend<{ cleanScreen: undefined }, DesktopOptions & { desktop: undefined }>({
  wayland: [null, { scope: 'worker', option: true }],

  // Removes what the previous test's app has left on the screen.
  cleanScreen: [
    async ({ wayland }, use) => {
      if (process.platform === 'linux' && wayland !== 'weston') await notifications.closeAll()
      await use(undefined)
    },
    { scope: 'test', auto: true },
  ],

  desktop: [
    async ({ wayland }, use) => {
      const stop = await useOwnDesktop(wayland)
      await use(undefined)
      await stop()
    },
    { scope: 'worker', auto: true, timeout: 60_000 },
  ],
})

/** Everything that this process starts from now on is on a new desktop. Resolves with a function that ends it. */
export async function useOwnDesktop(wayland: DesktopOptions['wayland'] = null): Promise<() => Promise<void>> {
  if (process.platform !== 'linux') return () => Promise.resolve()
  const session = await startDesktopSession({ wayland })
  for (const [name, value] of Object.entries(session.env)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name)
    else process.env[name] = value
  }
  return session.stop
}

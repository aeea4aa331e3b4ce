// Playwright's `test` on a desktop of its own: each worker has a display, a keyring, a clipboard and notifications that it
// shares with nobody, so that files run side by side. Elsewhere than on Linux there is only the user's desktop.
import { test as base } from '@playwright/test'
import { startDesktopSession } from '../../scripts/lib/desktop-session.mjs'
import { notifications } from './desktop'

export interface DesktopOptions {
  /** The compositor that takes the place of X11; for a whole file, since each has a desktop of its own. */
  wayland: 'weston' | 'sway' | null
}

export const test = base.extend<{ cleanScreen: undefined }, DesktopOptions & { desktop: undefined }>({
  wayland: [null, { scope: 'worker', option: true }],

  // What an app of the test before has left on the screen is none of this one's.
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

/** What this process starts from now on is on a new desktop. Resolves with what ends that. */
export async function useOwnDesktop(wayland: DesktopOptions['wayland'] = null): Promise<() => Promise<void>> {
  if (process.platform !== 'linux') return () => Promise.resolve()
  const session = await startDesktopSession({ wayland })
  for (const [name, value] of Object.entries(session.env)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name)
    else process.env[name] = value
  }
  return session.stop
}

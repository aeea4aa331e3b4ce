// Playwright's tests of what the app does for its user, whether it is packaged or not: the project decides.
import { launchApp, lend, testWithProfile, type Launch, type StartedApp } from './electron-app'
import { launchPackaged } from './packaged-app'

export interface EitherOptions {
  /** Whether the packaged app is tested, or what the build left in `out/`. */
  isPackaged: boolean
}

export const test = testWithProfile.extend<EitherOptions & { launch: Launch<StartedApp> }>({
  isPackaged: [false, { option: true }],

  launch: async ({ profile, storesUnprotected, isPackaged }, use, testInfo) => {
    const start = isPackaged ? launchPackaged : launchApp
    await lend<StartedApp>((options) => start({ profile, ...options }), use, {
      profile,
      storesUnprotected,
      testInfo,
    })
  },
})

export { expect } from '@playwright/test'

// Playwright's tests that run on the packaged app and the build; the project decides. All traffic is watched: only the
// test's services, on this computer, may be contacted.
import { expect } from '@playwright/test'
import { launchApp, lend, testWithProfile, type Launch, type StartedApp } from './electron-app'
import { launchPackaged } from './packaged-app'
import { watchTraffic } from './watched-traffic'

export interface EitherOptions {
  /** Whether the packaged app is tested, or the build in `out/`. */
  isPackaged: boolean
}

export const test = testWithProfile.extend<EitherOptions & { launch: Launch<StartedApp> }>({
  isPackaged: [false, { option: true }],

  launch: async ({ profile, storesUnprotected, isPackaged }, use, testInfo) => {
    const start = isPackaged ? launchPackaged : launchApp
    const traffic = await watchTraffic('remote')
    const watched: Launch<StartedApp> = ({ args = [], ...options } = {}) =>
      start({ profile, ...options, args: [...traffic.switches(), ...args] })
    await lend<StartedApp>(watched, use, { profile, storesUnprotected, testInfo })
    expect(traffic.atProxy, 'what went out of this computer').toEqual([])
    const others = [...(await traffic.hosts())].filter((host) => host !== '127.0.0.1')
    expect(others, 'hosts that were asked or looked up').toEqual([])
    await traffic.stop()
  },
})

export { expect } from '@playwright/test'

// Playwright's tests of what the app does for its user, whether it is packaged or not: the project decides. All of its
// traffic is watched meanwhile: nothing is to be asked but the services of the test, which are on this computer.
import { expect } from '@playwright/test'
import { launchApp, lend, testWithProfile, type Launch, type StartedApp } from './electron-app'
import { launchPackaged } from './packaged-app'
import { watchTraffic } from './watched-traffic'

export interface EitherOptions {
  /** Whether the packaged app is tested, or what the build left in `out/`. */
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

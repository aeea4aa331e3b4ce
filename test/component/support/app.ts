import { mount, flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeAll } from 'vitest'
import App from '../../../src/app/App.vue'
import { createAppContext } from '../../../src/base/app-context'
import { loadAsyncComponents } from '../../../src/app/async-components'
import { startMain, type MainInMemory, type MainStart } from '../../support/main-in-memory'
import { anEnvironment } from '../../support/builders'
import { isAtRest } from '../../support/shared-time'
import { FakeWindowTime } from './fake-window-time'

export interface OpenedApp {
  readonly bridge: MainInMemory
  readonly time: FakeWindowTime
}

// Importing them takes Vitest a while, and a real window has loaded them by the time it is used.
beforeAll(() =>
  Promise.all([loadAsyncComponents(), import('../../../src/features/quick-pick/QuickPickView.vue')]),
)

let mounted: VueWrapper | null = null

afterEach(() => {
  mounted?.unmount()
  mounted = null
  document.body.innerHTML = ''
})

/** The whole window over an in-memory main. The list is 600 px high, since Happy DOM has no layout. */
export async function openApp(start: MainStart = {}): Promise<OpenedApp> {
  const time = new FakeWindowTime()
  const bridge = await startMain({ environments: [anEnvironment()], time: time.main, ...start })
  const app = { bridge, time }
  mountApp(app)
  await settle()
  return app
}

export function mountApp({ bridge, time }: OpenedApp): void {
  // Happy DOM has no top layer.
  HTMLElement.prototype.showPopover = () => undefined
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 600 })
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 800 })
  const host = document.createElement('div')
  document.body.append(host)
  mounted = mount(App, { attachTo: host, global: { plugins: [createAppContext({ bridge, time })] } })
}

/** Waits until responses have arrived and are rendered. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 4 || !isAtRest(); round += 1) await flushPromises()
}

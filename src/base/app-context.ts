import { createPinia } from 'pinia'
import { inject, type InjectionKey, type Plugin } from 'vue'
import type { Bridge } from './bridge'
import { createTick, type Tick } from './clock/tick'
import type { WindowTime } from './clock/window-time'

/** What the window needs from outside of it. */
export interface DeskParts {
  readonly bridge: Bridge
  readonly time: WindowTime
}

const PARTS: InjectionKey<DeskParts & { readonly tick: Tick }> = Symbol('desk parts')

/** Wires the window's outside and its stores into the app. */
export function createDesk(parts: DeskParts): Plugin {
  return {
    install(app) {
      const tick = createTick(parts.time, () => {
        void parts.bridge.reevaluate(undefined)
      })
      app.onUnmount(() => {
        tick.stop()
      })
      app.provide(PARTS, { ...parts, tick })
      app.use(createPinia())
    },
  }
}

export function useDesk(): DeskParts & { readonly tick: Tick } {
  const parts = inject(PARTS)
  if (parts === undefined) throw new Error('The app was made without createDesk.')
  return parts
}

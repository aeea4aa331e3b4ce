import { createPinia } from 'pinia'
import { inject, type InjectionKey, type Plugin } from 'vue'
import { ownZoneChanged, whenOwnZoneIsUsed } from '../../electron/shared/wording'
import type { Bridge } from './bridge'
import { createTick, type Tick } from './clock/tick'
import { hideCompositionKeys } from './keys'
import type { WindowTime } from './clock/window-time'
import { dependOn } from './depend-on'

/** What the window needs from outside. */
export interface AppParts {
  readonly bridge: Bridge
  readonly time: WindowTime
}

const PARTS: InjectionKey<AppParts & { readonly tick: Tick }> = Symbol('app context')

/** Provides these parts and the stores to the app. */
export function createAppContext(parts: AppParts): Plugin {
  return {
    install(app) {
      app.onUnmount(hideCompositionKeys(window))
      const tick = createTick(parts.time, {
        jumped: () => {
          void parts.bridge.reevaluate(undefined)
        },
        moved: ownZoneChanged,
      })
      // Whatever writes a date in the computer's zone is written anew when that changes.
      whenOwnZoneIsUsed(() => {
        dependOn(tick.zoneChanges)
      })
      app.onUnmount(() => {
        tick.stop()
      })
      app.provide(PARTS, { ...parts, tick })
      app.use(createPinia())
    },
  }
}

export function useApp(): AppParts & { readonly tick: Tick } {
  const parts = inject(PARTS)
  if (parts === undefined) throw new Error('The app was made without createAppContext.')
  return parts
}

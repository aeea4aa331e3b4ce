import { globalShortcut } from 'electron'
import type { GlobalShortcut } from '../../core/base/ports'

export const systemShortcut: GlobalShortcut = {
  register(accelerator, pressed) {
    try {
      return globalShortcut.register(accelerator, pressed) ? 'set' : 'taken'
    } catch {
      // What Electron can't read as a combination of keys.
      return 'invalid'
    }
  },
  unregister(accelerator) {
    globalShortcut.unregister(accelerator)
  },
}

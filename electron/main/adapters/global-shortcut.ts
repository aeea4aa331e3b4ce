import { globalShortcut } from 'electron'
import type { GlobalShortcut } from '../../core/base/ports'

export const systemShortcut: GlobalShortcut = {
  register(accelerator, pressed) {
    try {
      return globalShortcut.register(accelerator, pressed) ? 'set' : 'taken'
    } catch {
      // Electron can't read it as a shortcut.
      return 'invalid'
    }
  },
  unregister(accelerator) {
    globalShortcut.unregister(accelerator)
  },
}

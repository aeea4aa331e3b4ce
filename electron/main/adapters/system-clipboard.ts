import { clipboard } from 'electron'
import type { Clipboard } from '../../core/ports'

/** Electron's clipboard. Its methods answer with promises since Electron 44 and at once before: `await` fits both. */
export const systemClipboard: Clipboard = {
  async writeText(text) {
    await clipboard.writeText(text)
  },
  async readText() {
    return await clipboard.readText()
  },
  clear() {
    clipboard.clear()
    return Promise.resolve()
  },
}

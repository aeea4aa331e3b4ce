/**
 * Electron's clipboard. Since Electron 44 its methods answer with promises (`await` fits both) and it writes several
 * formats at once; before that a raw format can't stand beside the text, and secrets go unmarked.
 */
import type { Clipboard } from '../../core/base/ports'
import { concealingFormats } from '../platform/clipboard-privacy'

type Late<Value> = Value | Promise<Value>

/** The part of the `electron` module that this needs, in both its shapes. */
export interface ElectronClipboard {
  readonly clipboard: {
    readText(): Late<string>
    writeText(text: string): Late<void>
    write(items: readonly object[]): Late<void>
    clear(): Late<void>
  }
  readonly ClipboardItem?: new (formats: Record<string, string>) => object
}

export function createSystemClipboard(electron: ElectronClipboard, platform: NodeJS.Platform): Clipboard {
  const { clipboard, ClipboardItem } = electron
  return {
    async writeText(text) {
      await clipboard.writeText(text)
    },
    async writeSecret(secret) {
      const text = secret.reveal()
      if (ClipboardItem !== undefined) {
        try {
          await clipboard.write([new ClipboardItem({ 'text/plain': text, ...marks(platform) })])
          if ((await clipboard.readText()) !== '') return
        } catch {
          // As when nothing has arrived: a mark that the system doesn't take must not keep the user from copying.
        }
      }
      await clipboard.writeText(text)
    },
    async readText() {
      return await clipboard.readText()
    },
    async clear() {
      await clipboard.clear()
    },
  }
}

function marks(platform: NodeJS.Platform): Record<string, string> {
  const formats = Object.entries(concealingFormats(platform))
  return Object.fromEntries(
    formats.map(([name, content]) => [`electron application/osclipboard;format="${name}"`, content]),
  )
}

/**
 * Electron's clipboard. From Electron 44 its methods return promises (`await` fits both) and it writes several formats
 * at once; in older versions no other format can accompany the text, so secrets are not marked.
 */
import type { Clipboard } from '../../core/base/ports'
import { concealingFormats } from '../platform/clipboard-privacy'

type Late<Value> = Value | Promise<Value>

/** What this adapter uses of the `electron` module, in both versions. */
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
          // Counts as empty: a mark that the system refuses must not keep the user from copying.
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

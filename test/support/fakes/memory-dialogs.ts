import type { FileDialogs } from '../../../electron/core/base/ports'

/** A user who saves and chooses what the test says. */
export class MemoryDialogs implements FileDialogs {
  readonly saved = new Map<string, string | Uint8Array>()
  /** The next choice; null: the user cancels. */
  chosen: { readonly name: string; readonly bytes: Uint8Array } | null = null
  /** The user cancels saving. */
  declines = false
  /** Called while a dialog is open. */
  whileOpen: () => unknown = () => undefined

  async save(
    suggestedName: string,
    content: string | Uint8Array,
    isStillWanted: () => boolean,
  ): Promise<boolean> {
    await this.whileOpen()
    if (this.declines || !isStillWanted()) return false
    this.saved.set(suggestedName, content)
    return true
  }

  async open(): Promise<{ readonly name: string; readonly bytes: Uint8Array } | null> {
    await this.whileOpen()
    return this.chosen
  }
}

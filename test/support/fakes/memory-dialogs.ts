import type { FileDialogs } from '../../../electron/core/ports'

/** A user who saves and chooses what the test says. */
export class MemoryDialogs implements FileDialogs {
  readonly saved = new Map<string, string | Uint8Array>()
  /** What is chosen next; null: the user thinks better of it. */
  chosen: { readonly name: string; readonly bytes: Uint8Array } | null = null
  /** The user thinks better of saving. */
  declines = false

  save(suggestedName: string, content: string | Uint8Array): Promise<boolean> {
    if (!this.declines) this.saved.set(suggestedName, content)
    return Promise.resolve(!this.declines)
  }

  open(): Promise<{ readonly name: string; readonly bytes: Uint8Array } | null> {
    return Promise.resolve(this.chosen)
  }
}

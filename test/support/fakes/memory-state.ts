import { StorageUnwritableError } from '../../../electron/core/base/errors'
import type { QuarantineReason, StateStore, StoredText } from '../../../electron/core/base/ports'

export class MemoryState implements StateStore {
  text: string | null = null
  kept: { readonly why: QuarantineReason; readonly text: string } | null = null
  full = false
  /** How many writes succeed but report failure: only syncing the folder failed. */
  unsynced = 0
  /** How many writes succeeded. */
  writes = 0

  read(): StoredText {
    return this.text === null ? { kind: 'missing' } : { kind: 'text', text: this.text }
  }

  write(state: object): void {
    if (this.full) throw new StorageUnwritableError('ENOSPC')
    this.text = JSON.stringify(state)
    this.writes += 1
    if (this.unsynced === 0) return
    this.unsynced -= 1
    throw new StorageUnwritableError('EIO', { mayBeThere: true })
  }

  quarantine(why: QuarantineReason): string {
    const keptAs = this.keepCopy(why)
    this.text = null
    return keptAs
  }

  keepCopy(why: QuarantineReason): string {
    this.kept = { why, text: this.text ?? '' }
    return `tokendesk.json.${why}-1`
  }

  remove(): void {
    if (this.full) throw new StorageUnwritableError('EROFS')
    this.text = null
  }
}

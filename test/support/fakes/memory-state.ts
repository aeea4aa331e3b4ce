import { StorageUnwritableError } from '../../../electron/core/base/errors'
import type { QuarantineReason, StateStore, StoredText } from '../../../electron/core/base/ports'

export class MemoryState implements StateStore {
  text: string | null = null
  kept: { readonly why: QuarantineReason; readonly text: string } | null = null
  full = false
  /** How many were done. */
  writes = 0

  read(): StoredText {
    return this.text === null ? { kind: 'missing' } : { kind: 'text', text: this.text }
  }

  write(state: object): void {
    if (this.full) throw new StorageUnwritableError('ENOSPC')
    this.text = JSON.stringify(state)
    this.writes += 1
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

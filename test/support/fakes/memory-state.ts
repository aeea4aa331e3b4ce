import {
  StorageUnwritableError,
  type SetAsideReason,
  type StateStore,
  type StoredText,
} from '../../../electron/core/ports'

export class MemoryState implements StateStore {
  text: string | null = null
  kept: { readonly why: SetAsideReason; readonly text: string } | null = null
  full = false

  read(): StoredText {
    return this.text === null ? { kind: 'missing' } : { kind: 'text', text: this.text }
  }

  write(state: object): void {
    if (this.full) throw new StorageUnwritableError('ENOSPC')
    this.text = JSON.stringify(state)
  }

  setAside(why: SetAsideReason): string {
    this.keepCopy(why)
    this.text = null
    return `tokendesk.json.${why}-1`
  }

  keepCopy(why: SetAsideReason): void {
    this.kept = { why, text: this.text ?? '' }
  }

  remove(): void {
    if (this.full) throw new StorageUnwritableError('EROFS')
    this.text = null
  }
}

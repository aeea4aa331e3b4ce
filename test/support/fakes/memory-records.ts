import { StorageUnwritableError } from '../../../electron/core/base/errors'
import type { FoundRecord, RecordStore, QuarantineReason } from '../../../electron/core/base/ports'
import type { AccountId } from '../../../electron/shared/account'

/** Account records in memory, as text, so that reading them uses the same parsing as from disk. */
export class MemoryRecords implements RecordStore {
  readonly files = new Map<AccountId, string>()
  readonly aside = new Map<AccountId, { readonly why: QuarantineReason; readonly text: string }>()
  /** Those that the system doesn't allow reading. */
  readonly unreadable = new Set<AccountId>()
  /** A full disk: every write fails. */
  full = false
  /** Each successful write, oldest first. */
  readonly writes: { readonly id: AccountId; readonly text: string }[] = []

  /** The same disk for another process: later writes of this one don't reach it. */
  copy(): MemoryRecords {
    const copy = new MemoryRecords()
    for (const [id, text] of this.files) copy.files.set(id, text)
    for (const [id, kept] of this.aside) copy.aside.set(id, kept)
    for (const id of this.unreadable) copy.unreadable.add(id)
    copy.full = this.full
    return copy
  }

  async *readAll(first: readonly AccountId[]): AsyncGenerator<FoundRecord> {
    const isFirst = new Set(first)
    const inOrder = [...this.files].sort(([a], [b]) => Number(isFirst.has(b)) - Number(isFirst.has(a)))
    const live = inOrder.map(([id, text]) =>
      this.unreadable.has(id)
        ? { id, stored: { kind: 'unreadable' as const, detail: 'EACCES' }, quarantine: false }
        : found(id, text, false),
    )
    const aside = [...this.aside]
      .filter(([id, { why }]) => !this.files.has(id) && why !== 'before-migration')
      .map(([id, { text }]) => found(id, text, true))
    yield* await Promise.resolve([...live, ...aside])
  }

  write(id: AccountId, record: object): void {
    this.probe()
    const text = JSON.stringify(record)
    this.files.set(id, text)
    this.writes.push({ id, text })
  }

  probe(): void {
    if (this.full) throw new StorageUnwritableError('ENOSPC')
  }

  quarantine(id: AccountId, why: QuarantineReason): void {
    this.keepCopy(id, why)
    this.files.delete(id)
  }

  keepCopy(id: AccountId, why: QuarantineReason): void {
    this.aside.set(id, { why, text: this.files.get(id) ?? '' })
  }

  remove(id: AccountId): void {
    this.probe()
    this.files.delete(id)
    this.aside.delete(id)
  }

  removeCopies(isToGo?: (id: AccountId, text: string) => boolean): void {
    if (isToGo === undefined) this.probe()
    for (const [id, { text }] of this.aside) {
      if (isToGo?.(id, text) === false) continue
      this.probe()
      this.aside.delete(id)
    }
  }
}

function found(id: AccountId, text: string, quarantine: boolean): FoundRecord {
  return { id, stored: { kind: 'text', text }, quarantine }
}

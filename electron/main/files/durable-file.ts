/** How the documents of the profile are written: by electron-store, over the one writer. */
import Store from 'electron-store'
import type { Disk } from './disk'
import { ownFolder } from './private-files'
import { unwritable, writeWhole } from './whole-file'

type Document = Record<string, unknown>

/**
 * electron-store with its way to the disk replaced. Its own takes what the disk accepted of a write for the whole, and
 * reads through links; all that it reads or writes goes through `store`.
 */
class DurableStore extends Store<Document> {
  readonly #disk: Disk
  /** How many bytes were written. */
  written = 0

  constructor(folder: string, name: string, disk: Disk) {
    super({ cwd: folder, name })
    this.#disk = disk
  }

  /** Documents are replaced as a whole: what lies there was read, and judged, by who decided to replace it. */
  override get store(): Document {
    return {}
  }

  override set store(document: Document) {
    const bytes = Buffer.from(JSON.stringify(document, undefined, '\t'))
    writeWhole(this.path, bytes, this.#disk)
    this.written = bytes.length
  }
}

/** Writes `<folder>/<name>.json` and returns its size. Throws `StorageUnwritableError`, as `writeWhole`. */
export function writeDurably(folder: string, name: string, document: object, disk: Disk): number {
  try {
    ownFolder(folder, disk)
    const store = new DurableStore(folder, name, disk)
    store.store = { ...document }
    return store.written
  } catch (error) {
    throw unwritable(error)
  }
}

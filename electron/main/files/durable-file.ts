/** Writes the profile's documents with electron-store, through `writeWhole`. */
import Store from 'electron-store'
import type { Disk } from './disk'
import { ownFolder } from './private-files'
import { unwritable, writeWhole } from './whole-file'

type Document = Record<string, unknown>

/**
 * electron-store with its file access replaced: the original ignores partial writes and follows links. All reading and
 * writing goes through `store`.
 */
class DurableStore extends Store<Document> {
  readonly #disk: Disk
  written = 0

  constructor(folder: string, name: string, disk: Disk) {
    super({ cwd: folder, name })
    this.#disk = disk
  }

  /** Documents are replaced as a whole: whoever replaces one has read the old one already. */
  override get store(): Document {
    return {}
  }

  override set store(document: Document) {
    const bytes = Buffer.from(JSON.stringify(document, undefined, '\t'))
    writeWhole(this.path, bytes, this.#disk)
    this.written = bytes.length
  }
}

/** Writes `<folder>/<name>.json` and returns its size. Throws `StorageUnwritableError`, like `writeWhole`. */
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

/** A growing file that is rotated when full; only the newest ones are kept. Owner-only. */
import { dirname, join, parse } from 'node:path'
import { appendOwn } from './append-file'
import { type Disk, nodeDisk } from './disk'
import { ownFolder, refuseLink } from './private-files'
import { readOwnText } from './read-file'

export interface RotatingFileLimits {
  readonly maxBytes: number
  /** Including the current one. */
  readonly files: number
}

/** Limits memory if something logs in an endless loop. */
const MOST_WAITING = 1_000

export class RotatingFile {
  #waiting: string[] = []
  #last: Promise<void> = Promise.resolve()

  constructor(
    private readonly path: string,
    private readonly limits: RotatingFileLimits,
    private readonly disk: Disk = nodeDisk,
  ) {}

  /** Returns at once. A failing disk loses the line and has no other effect. */
  append(line: string): void {
    if (this.#waiting.length >= MOST_WAITING) return
    this.#waiting.push(`${line}\n`)
    if (this.#waiting.length === 1)
      this.#last = this.#last.then(() => {
        this.#write()
      })
  }

  /** Resolves when all appended lines are written. */
  async settled(): Promise<void> {
    await this.#last
  }

  /** At most `count` lines, the latest last. */
  async tail(count: number): Promise<readonly string[]> {
    await this.settled()
    const now = this.#lines(this.path)
    const before = now.length < count ? this.#lines(this.#older(1)) : []
    return [...before, ...now].slice(-count)
  }

  #write(): void {
    const text = this.#waiting.join('')
    this.#waiting = []
    const folder = dirname(this.path)
    try {
      refuseLink(folder, this.disk)
      ownFolder(folder, this.disk)
      const size = this.disk.lstat(this.path)?.size ?? 0
      if (size + Buffer.byteLength(text) > this.limits.maxBytes) this.#rotate()
      appendOwn(this.path, text, this.disk)
    } catch {
      // The log itself has failed, so this can't be logged.
    }
  }

  #rotate(): void {
    for (let n = this.limits.files - 1; n > 0; n -= 1) {
      const from = this.#older(n - 1)
      if (this.disk.lstat(from) !== undefined) this.disk.rename(from, this.#older(n))
    }
  }

  #lines(path: string): readonly string[] {
    try {
      return readOwnText(path, this.disk)
        .split('\n')
        .filter((line) => line !== '')
    } catch {
      return []
    }
  }

  /** `tokendesk.log`, `tokendesk.1.log`, … */
  #older(n: number): string {
    const { dir, name, ext } = parse(this.path)
    return n === 0 ? this.path : join(dir, `${name}.${String(n)}${ext}`)
  }
}

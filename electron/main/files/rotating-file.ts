/** A file that grows at its end and is put aside when it is full; of those put aside the oldest goes. Owner-only. */
import { constants } from 'node:fs'
import { lstat, open, rename } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'
import { appendOwn, ownFolder, refuseLink } from './own-files'

export interface RotatingFileLimits {
  readonly maxBytes: number
  /** With the one that is written. */
  readonly files: number
}

/** A link planted in the profile must lead us nowhere. Windows has no such flag. */
const READ = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NOFOLLOW)
/** Should the disk hang, memory must not fill up. */
const MOST_WAITING = 1_000

export class RotatingFile {
  #waiting: string[] = []
  #last: Promise<void> = Promise.resolve()

  constructor(
    private readonly path: string,
    private readonly limits: RotatingFileLimits,
  ) {}

  /** Returns at once. A disk that refuses costs the line and nothing else. */
  append(line: string): void {
    if (this.#waiting.length >= MOST_WAITING) return
    this.#waiting.push(`${line}\n`)
    if (this.#waiting.length === 1) this.#last = this.#last.then(() => this.#write())
  }

  /** Resolves when all that was appended is written. */
  async settled(): Promise<void> {
    await this.#last
  }

  /** At most `count` lines, the latest last. */
  async tail(count: number): Promise<readonly string[]> {
    await this.settled()
    const now = await readLines(this.path)
    const before = now.length < count ? await readLines(this.#older(1)) : []
    return [...before, ...now].slice(-count)
  }

  async #write(): Promise<void> {
    const text = this.#waiting.join('')
    this.#waiting = []
    try {
      refuseLink(dirname(this.path))
      ownFolder(dirname(this.path))
      if ((await sizeOf(this.path)) + Buffer.byteLength(text) > this.limits.maxBytes) await this.#rotate()
      await appendOwn(this.path, text)
    } catch {
      // There is nowhere to say it: this is where it would be said.
    }
  }

  async #rotate(): Promise<void> {
    for (let n = this.limits.files - 1; n > 0; n -= 1) {
      await rename(this.#older(n - 1), this.#older(n)).catch(ignoreMissing)
    }
  }

  /** `tokendesk.log`, `tokendesk.1.log`, … */
  #older(n: number): string {
    const { dir, name, ext } = parse(this.path)
    return n === 0 ? this.path : join(dir, `${name}.${String(n)}${ext}`)
  }
}

async function sizeOf(path: string): Promise<number> {
  return await lstat(path).then(
    ({ size }) => size,
    () => 0,
  )
}

async function readLines(path: string): Promise<readonly string[]> {
  try {
    const file = await open(path, READ)
    const text = await file.readFile('utf8').finally(() => file.close())
    return text.split('\n').filter((line) => line !== '')
  } catch {
    return []
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
}

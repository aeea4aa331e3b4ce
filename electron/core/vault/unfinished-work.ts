/** Tracks work that quitting must wait for. */
export type WorkKind = 'renewal' | 'login' | 'saving'

/** How many of each kind are under way. */
export type Unfinished = Readonly<Record<WorkKind, number>>

export class UnfinishedWork {
  readonly #running = new Map<Promise<unknown>, WorkKind>()

  /** Returns the very same promise. */
  run<Value>(kind: WorkKind, work: Promise<Value>): Promise<Value> {
    this.#running.set(work, kind)
    const over = (): void => void this.#running.delete(work)
    work.then(over, over)
    return work
  }

  get counts(): Unfinished {
    const counts = { renewal: 0, login: 0, saving: 0 }
    for (const kind of this.#running.values()) counts[kind] += 1
    return counts
  }

  get isEmpty(): boolean {
    return this.#running.size === 0
  }

  /** Resolves when all work has ended, whether it succeeded or failed. */
  async settled(): Promise<void> {
    while (!this.isEmpty) await Promise.allSettled(this.#running.keys())
  }
}

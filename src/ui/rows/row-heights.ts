/** Where rows of different heights lie, of which most have never been rendered. All in CSS pixels. */
export class RowHeights {
  #heights = new Float64Array(0)

  constructor(private readonly estimate: number) {}

  /** Those that are new have the estimated height. */
  grow(count: number): void {
    if (count <= this.#heights.length) return
    const next = new Float64Array(count).fill(this.estimate)
    next.set(this.#heights)
    this.#heights = next
  }

  get(index: number): number {
    return this.#heights[index] ?? this.estimate
  }

  set(index: number, height: number): void {
    this.#heights[index] = height
  }

  /** The rows of `count` that touch the range `from` to `to`, and how high all of them are together. */
  within(
    count: number,
    from: number,
    to: number,
  ): { rows: { index: number; start: number }[]; total: number } {
    const rows: { index: number; start: number }[] = []
    let start = 0
    for (let index = 0; index < count; index += 1) {
      const end = start + this.get(index)
      if (end > from && start < to) rows.push({ index, start })
      start = end
    }
    return { rows, total: start }
  }
}

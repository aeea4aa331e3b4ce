import { shortened } from './masked-cells'

const MAX_NAMES = 20
const LENGTH_TOLD = 60

/** Names of columns that mean nothing to us, as people may see them. */
export class UnknownColumns {
  readonly #names = new Set<string>()

  get names(): readonly string[] {
    return [...this.#names]
  }

  addAll(headings: readonly string[]): void {
    for (const heading of headings) {
      const name = shortened(heading.trim(), LENGTH_TOLD)
      if (name !== '' && this.#names.size < MAX_NAMES) this.#names.add(name)
    }
  }
}

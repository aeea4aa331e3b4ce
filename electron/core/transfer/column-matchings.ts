/** How the columns of foreign files were matched, by their headings: the same program's next file needs no choosing. */
import type { ColumnMatching } from '../../shared/transfer'
import type { StateDocument } from '../settings/state-document'

const KEPT_AT_MOST = 20

export class ColumnMatchings {
  constructor(private readonly document: StateDocument) {}

  /** Null where these headings were never matched. */
  of(id: string): ColumnMatching | null {
    return this.document.content.columnMatchings.find((each) => each.id === id) ?? null
  }

  /** Where the first row is data, its cells say nothing about another file. */
  remember(matching: ColumnMatching): void {
    if (!matching.hasHeadings) return
    const others = this.document.content.columnMatchings.filter(({ id }) => id !== matching.id)
    this.document.changeIfPossible({ columnMatchings: [matching, ...others].slice(0, KEPT_AT_MOST) })
  }
}

import type { AccountSummary } from '../../../../electron/shared/account'
import type { TextRange } from '../../../list/search/fold'
import type { Mark } from '../../../list/search/marks'
import { FOUND_IN } from '../../../../electron/shared/wording'

/** Where a search matched outside of what the row shows. */
export interface FoundIn {
  readonly label: string
  readonly text: string
  readonly marks: readonly TextRange[]
}

/** How many characters of a note are shown before the first match. */
const BEFORE = 18
const AFTER = 80

export function foundIn(account: AccountSummary, marks: readonly Mark[]): FoundIn | null {
  const inNote = marks.filter(({ field }) => field === 'note')
  const [first] = inNote
  if (first !== undefined) return { label: FOUND_IN.note, ...excerpt(account.note, first, inNote) }
  const inHint = marks.filter(({ field }) => field === 'keyHint')
  if (inHint.length === 0 || account.apiKeyHint === null) return null
  return { label: FOUND_IN.apiKey, text: account.apiKeyHint, marks: inHint }
}

function excerpt(note: string, first: TextRange, marks: readonly TextRange[]): Omit<FoundIn, 'label'> {
  // White space is replaced by spaces of the same length, so that positions stay valid.
  const line = note.replaceAll(/\s/gu, ' ')
  const from = first.start <= BEFORE ? 0 : startOfWord(line, first.start - BEFORE, first.start)
  const to = Math.min(line.length, first.end + AFTER)
  const lead = from === 0 ? '' : '…'
  return {
    text: `${lead}${line.slice(from, to)}${to < line.length ? '…' : ''}`,
    marks: marks
      .filter(({ end }) => end <= to)
      .map(({ start, end }) => ({ start: start - from + lead.length, end: end - from + lead.length })),
  }
}

function startOfWord(line: string, at: number, limit: number): number {
  const space = line.indexOf(' ', at)
  return space < 0 || space >= limit ? limit : space + 1
}

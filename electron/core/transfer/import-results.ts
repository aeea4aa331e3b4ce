/** What an import did, as a CSV file to keep: line, name and words, never a key. */
import { CSV_START, csvLine } from './csv'
import { inSlices, UNITS_PER_ROW, type Pause, type Work } from '../base/slices'
import type { RowOutcome } from '../../shared/transfer'
import { outcomeReason, outcomeWord } from '../../shared/wording'

export function resultsCsv(outcomes: readonly RowOutcome[], pause: Pause): Promise<string> {
  return inSlices(written(outcomes), pause)
}

function* written(outcomes: readonly RowOutcome[]): Work<string> {
  const lines = [CSV_START, csvLine(['line', 'name', 'result', 'reason'])]
  for (const { line, name, outcome } of outcomes) {
    lines.push(csvLine([String(line), name, outcomeWord(outcome), outcomeReason(outcome)]))
    yield UNITS_PER_ROW
  }
  return lines.join('')
}

import { CircleAlert, CircleCheck, CircleMinus } from '@lucide/vue'
import type { PreviewRow, RowOutcome, RowPlan } from '../../../electron/shared/transfer'
import {
  keyUnwrapped,
  kindWord,
  outcomeReason,
  outcomeWord,
  planWord,
  rowProblem,
  wentWrong,
} from '../../../electron/shared/wording'

export type Tone = 'good' | 'muted' | 'bad'

export const TONE_ICONS = { good: CircleCheck, muted: CircleMinus, bad: CircleAlert } as const

export const PLAN_TONES: Readonly<Record<RowPlan, Tone>> = { add: 'good', skip: 'muted', 'leave-out': 'bad' }

/** A row in an import's tables, before and after it ran. */
export interface ImportLine {
  /** The line in the file, from 1. */
  readonly line: number
  readonly name: string
  /** Environment, type and partner as far as they were recognized. */
  readonly about: string
  readonly word: string
  readonly tone: Tone
  /** Empty when the word is self-explanatory. */
  readonly why: string
}

/** `isUpdated`: changes of the account that exists are chosen. */
export function previewLine(row: PreviewRow, isUpdated: boolean): ImportLine {
  const { kind, environment, partner } = row
  return {
    line: row.line,
    name: row.name,
    about: [
      environment,
      kind === null || kind === 'detect' ? null : kindWord(kind),
      partner === null ? null : `under ${partner}`,
    ]
      .filter((part) => part !== null)
      .join(' · '),
    word: planWord(row.plan, isUpdated),
    tone: isUpdated ? 'good' : PLAN_TONES[row.plan],
    why: [...row.problems.map(rowProblem), keyUnwrapped(row.removed) ?? ''].join(' ').trim(),
  }
}

/** Whether anything stands in its column for reasons: also what can be chosen there. */
export function hasReason(row: PreviewRow | undefined): boolean {
  return row !== undefined && row.problems.length + row.removed.length + row.changes.length > 0
}

export function outcomeLine(row: RowOutcome): ImportLine {
  const isGood = row.outcome.kind === 'added' || row.outcome.kind === 'updated'
  const tone = isGood ? 'good' : wentWrong(row) ? 'bad' : 'muted'
  return {
    line: row.line,
    name: row.name,
    about: '',
    word: outcomeWord(row.outcome),
    tone: row.outcome.kind === 'cancelled' ? 'muted' : tone,
    why: outcomeReason(row.outcome),
  }
}

import { waitInWords, COPYING } from '../../../electron/shared/wording'
import type { SelectOption } from './select-option'

/** The usual durations and the current one, in ms. */
export function durationOptions(usual: readonly number[], present: number): SelectOption<string>[] {
  return [...new Set([...usual, present])]
    .sort((a, b) => a - b)
    .map((ms) => ({ value: String(ms), label: ms === 0 ? COPYING.noMinimum : waitInWords(ms) }))
}

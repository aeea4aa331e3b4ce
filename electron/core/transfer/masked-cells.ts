/** Cells of a foreign file as they may be shown: nothing in them that may be a key. */
import { type ImportColumn } from '../../shared/transfer'

const SAMPLE_LENGTH = 40
const MASK = '••••'

export function shortened(text: string, length = SAMPLE_LENGTH): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}

/** `cell` may be masked already. */
export function masked(cell: string): string {
  const text = cell.trim()
  if (/^••••.{0,4}$/u.test(text)) return text
  if (text === '') return ''
  return text.length >= 16 ? `${MASK}${text.slice(-4)}` : MASK
}

/** Text with everything masked that may be a key. Names may look more like one than other cells. */
export function withoutSecrets(cell: string, column: ImportColumn | null): string {
  const least = column === null || column === 'note' ? 8 : 16
  const text = cell
    .slice(0, 10 * SAMPLE_LENGTH)
    .trim()
    .split(/(\s+)/u)
    .map((word) => (looksSecret(word, least) ? masked(word) : word.replace(/\s+/u, ' ')))
    .join('')
  return shortened(text)
}

const ADDRESS = /^(?:https?:\/\/[^\s@?#]*|[^\s@/]+@[\w.-]+)$/u

export function looksSecret(word: string, least: number): boolean {
  if (word.length < least || /\s/u.test(word) || ADDRESS.test(word)) return false
  return word.length >= 24 || (/\d/u.test(word) && /\p{L}/u.test(word)) || /\p{Ll}\p{Lu}.*\p{Lu}/u.test(word)
}

import type { KeyDamage, Wrapping } from '../pasted-key'
import { listed } from './counts'

const WORDS: Readonly<Record<Wrapping, string>> = {
  unseen: 'white space',
  quotes: 'quotation marks',
  formula: 'the equals sign of a formula',
  delimiter: 'a comma or semicolon',
  label: 'a label',
}

/** What was taken off a pasted API key; null when nothing was. */
export function keyUnwrapped(removed: readonly Wrapping[]): string | null {
  const [first] = removed
  if (first === undefined) return null
  if (first === 'unseen' && removed.length === 1) {
    return 'Spaces, line breaks, or invisible characters around the API key were removed.'
  }
  return `Removed around the API key: ${listed(removed.map((each) => WORDS[each]))}.`
}

/** A key that another program no longer shows as it is. */
export function damagedKey(damage: KeyDamage): string {
  return damage === 'shortened'
    ? 'This API key is shortened or hidden (it contains …, three dots, or ••••). Copy it in full.'
    : 'Excel has changed this API key. Export the column as text.'
}

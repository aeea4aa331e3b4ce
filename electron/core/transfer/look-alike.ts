/** Names that people may have meant for one another: a typing error, another spelling, a letter of another script. */
import { nameKey } from '../../shared/account-fields'

/** Letters of other scripts, and digits, that look like these. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  х: 'x',
  у: 'y',
  і: 'i',
  ѕ: 's',
  ԁ: 'd',
  ο: 'o',
  α: 'a',
  ν: 'v',
  0: 'o',
  1: 'l',
}

export function looksAlike(one: string, other: string): boolean {
  const a = skeleton(one)
  const b = skeleton(other)
  if (a === '' || b === '') return false
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a]
  if (shorter.length >= 3 && longer.startsWith(shorter)) return true
  return distance(a, b) <= allowed(longer.length)
}

function allowed(length: number): number {
  if (length < 4) return 0
  return length < 8 ? 1 : 2
}

function skeleton(name: string): string {
  const letters = nameKey(name)
    .slice(0, 100)
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
  return Array.from(letters, (letter) => LOOK_ALIKES[letter] ?? letter).join('')
}

/** Letters to add, take away, replace or swap (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1)
      row.push(best)
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}

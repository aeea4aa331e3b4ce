/** Names that people may have meant for one another: a typing error, another spelling, a letter of another script. */
import { nameKey } from '../../shared/account-fields'

/** Letters of other scripts, and digits, that look like these: small and capital ones apart, as `Н` is an H and `н` none. */
const LOOK_ALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['a', 'аɑαАΑ'],
    ['b', 'ЬВΒв'],
    ['c', 'сϲСϹ'],
    ['d', 'ԁԀ'],
    ['e', 'еёєҽЕЁΕ'],
    ['f', 'ƒϝϜ'],
    ['g', 'ɡց'],
    ['h', 'һНΗн'],
    ['i', 'іıɩιІΙ'],
    ['j', 'јϳЈ'],
    ['k', 'кκКΚ'],
    ['l', 'ӏӀ1|'],
    ['m', 'мМΜ'],
    ['n', 'ոηпΝ'],
    ['o', 'оοσօОΟՕ0'],
    ['p', 'рρРΡ'],
    ['q', 'ԛզԚ'],
    ['r', 'гᴦ'],
    ['s', 'ѕՏЅ5'],
    ['t', 'тτТΤ'],
    ['u', 'υսцՍ'],
    ['v', 'νѵѴ'],
    ['w', 'ԝωѡԜ'],
    ['x', 'хχХΧ'],
    ['y', 'уγУҮΥү'],
    ['z', 'ᴢΖ'],
  ].flatMap(([letter = '', alike = '']) => Array.from(alike, (each) => [each, letter] as const)),
)

/** Of `known` the one that `name` was most likely meant for; undefined where none looks like it. */
export function mostAlike<Known extends { readonly name: string }>(
  name: string,
  known: readonly Known[],
): Known | undefined {
  const alike = known.flatMap((each) => {
    const difference = differenceOf(each.name, name)
    return difference === null ? [] : [{ each, difference }]
  })
  return alike.toSorted((a, b) => a.difference - b.difference)[0]?.each
}

/** Whether nobody could tell them apart: they differ in letters of another script only. */
export function looksSame(one: string, other: string): boolean {
  return shownAs(one) === shownAs(other)
}

export function looksAlike(one: string, other: string): boolean {
  return differenceOf(one, other) !== null
}

/** Null: too different to have been meant for one another. */
function differenceOf(one: string, other: string): number | null {
  const a = skeleton(one)
  const b = skeleton(other)
  if (a === '' || b === '') return null
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a]
  const difference = distance(a, b)
  if (shorter.length >= 3 && longer.startsWith(shorter)) return difference
  return difference <= allowed(longer.length) ? difference : null
}

function allowed(length: number): number {
  if (length < 4) return 0
  return length < 8 ? 1 : 2
}

function shownAs(name: string): string {
  return nameKey(
    Array.from(name.normalize('NFKD'), (letter) =>
      /\d/u.test(letter) ? letter : (LOOK_ALIKES[letter] ?? letter),
    ).join(''),
  )
}

function skeleton(name: string): string {
  const shown = Array.from(
    name.slice(0, 100).normalize('NFKD'),
    (letter) => LOOK_ALIKES[letter] ?? letter,
  ).join('')
  return nameKey(shown).replaceAll(/[^\p{L}\p{N}]/gu, '')
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

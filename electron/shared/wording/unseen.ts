import type { UnseenCharacter } from '../unseen'

/** The names under which people can look them up. */
const NAMES: Readonly<Record<number, string>> = {
  0x00_ad: 'a soft hyphen',
  0x03_4f: 'a combining grapheme joiner',
  0x06_1c: 'an Arabic letter mark',
  0x11_5f: 'a Hangul filler',
  0x11_60: 'a Hangul filler',
  0x18_0e: 'a Mongolian vowel separator',
  0x20_0b: 'a zero-width space',
  0x20_0c: 'a zero-width non-joiner',
  0x20_0d: 'a zero-width joiner',
  0x20_0e: 'a left-to-right mark',
  0x20_0f: 'a right-to-left mark',
  0x20_60: 'a word joiner',
  0x28_00: 'a blank Braille pattern',
  0x31_64: 'a Hangul filler',
  0xfe_ff: 'a byte order mark',
  0xff_a0: 'a Hangul filler',
}

const RANGES: readonly (readonly [first: number, last: number, name: string])[] = [
  [0x00_00, 0x00_1f, 'a control character'],
  [0x00_7f, 0x00_9f, 'a control character'],
  [0x20_2a, 0x20_2e, 'a mark that turns the direction of writing'],
  [0x20_61, 0x20_64, 'an invisible sign of mathematics'],
  [0x20_66, 0x20_69, 'a mark that turns the direction of writing'],
  [0xfe_00, 0xfe_0f, 'a variation selector'],
  [0xe_00_00, 0xe_00_7f, 'a tag character'],
  [0xe_01_00, 0xe_01_ef, 'a variation selector'],
]

/** `Character 4 of the key is invisible: a zero-width space (U+200B).` */
export function unseenIn(what: string, { codePoint, position }: UnseenCharacter): string {
  const range = RANGES.find(([first, last]) => codePoint >= first && codePoint <= last)
  const code = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
  const name = NAMES[codePoint] ?? range?.[2]
  const which = name === undefined ? code : `${name} (${code})`
  return `Character ${String(position)} of the ${what} is invisible: ${which}.`
}

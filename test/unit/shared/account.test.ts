import { describe, expect, test } from 'vitest'
import { checkApiKey, checkName, checkTags, nameKey, sameName } from '../../../electron/shared/account'

const ZERO_WIDTH_SPACE = '\u200B'
const BOM = '\uFEFF'
const SOFT_HYPHEN = '\u00AD'
const ZWJ = '\u200D'
const ZWNJ = '\u200C'
const HANGUL_FILLER = '\u3164'
const BRAILLE_BLANK = '\u2800'

describe('a name', () => {
  test.each([
    `${ZERO_WIDTH_SPACE}ACME `,
    ` ACME${BOM}${ZERO_WIDTH_SPACE} `,
    '\u2068ACME\u2069',
    `${SOFT_HYPHEN}ACME`,
    '\u{E0001}ACME\u{E0001} ',
  ])('loses what can’t be seen at its ends: %j', (typed) => {
    expect(checkName(typed)).toEqual({ ok: true, value: 'ACME' })
  })

  test.each([
    '',
    ' ',
    ZERO_WIDTH_SPACE,
    `${BOM} ${ZWJ}`,
    HANGUL_FILLER,
    `${HANGUL_FILLER}${ZERO_WIDTH_SPACE}${HANGUL_FILLER}`,
    '\u115F\u1160',
    '\uFFA0',
    BRAILLE_BLANK,
    '\uFE0F',
    '\u034F',
    '\u{E0020}',
  ])('must have something to see: %j', (typed) => {
    expect(checkName(typed)).toEqual({ ok: false, reason: 'empty' })
  })

  test.each([
    `نامه${ZWNJ}ها`,
    `क्${ZWJ}ष`,
    `👩${ZWJ}👩${ZWJ}👧 Toys`,
    'I ❤️ Bread ❤️',
    '한국 상사',
    '𝒜CME 🥐',
    '🥐',
  ])('keeps the joiners inside as typed: %s', (typed) => {
    expect(checkName(typed)).toEqual({ ok: true, value: typed })
  })

  test('is refused with a control character or a mark that reorders text inside', () => {
    for (const inside of ['\u0007', '\u009B', '\u202E', '\u2066'])
      expect(checkName(`AC${inside}ME`)).toEqual({ ok: false, reason: 'control-character' })
  })

  test('is the same as one that reads the same', () => {
    for (const like of [
      `AC${ZERO_WIDTH_SPACE}ME`,
      `acme${BOM}`,
      `A${SOFT_HYPHEN}CME`,
      `ACME${HANGUL_FILLER}`,
      `AC${ZWJ}ME`,
    ])
      expect(sameName('ACME', like)).toBe(true)
    expect(sameName('I ❤️ Bread', 'I ❤ Bread')).toBe(true)
    expect(nameKey('Cafe\u0301')).toBe(nameKey('CAFÉ'))
    expect(sameName('ACME', 'AC ME')).toBe(false)
  })
})

describe('tags', () => {
  test('that nobody could see are dropped, as are those that read the same', () => {
    expect(checkTags(['payroll', ZERO_WIDTH_SPACE, HANGUL_FILLER, `Pay${ZERO_WIDTH_SPACE}roll`])).toEqual({
      ok: true,
      value: ['payroll'],
    })
  })
})

describe('an API key', () => {
  test.each([` key-1\r\n`, `${BOM}key-1`, `key-1${ZERO_WIDTH_SPACE}\n`])(
    'loses what can’t be seen at its ends: %j',
    (typed) => {
      expect(checkApiKey(typed)).toEqual({ ok: true, value: 'key-1' })
    },
  )

  test.each([
    [`key${ZERO_WIDTH_SPACE}1`, 'invisible-character'],
    [`key${SOFT_HYPHEN}1`, 'invisible-character'],
    ['key\u00001', 'invisible-character'],
    ['key\u007F1', 'invisible-character'],
    ['key\n1', 'inner-whitespace'],
    [ZERO_WIDTH_SPACE, 'empty'],
    ['x'.repeat(4097), 'too-long'],
  ])('is refused: %j', (typed, reason) => {
    expect(checkApiKey(typed)).toEqual({ ok: false, reason })
  })
})

import { describe, expect, test } from 'vitest'
import { checkName, checkTags, nameKey, sameName } from '../../../electron/shared/account-fields'
import { checkApiKey } from '../../../electron/shared/api-key'
import { fieldProblem } from '../../../electron/shared/wording'

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
  test('that are invisible are dropped, as are those that read the same', () => {
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
    ['key\n1', 'inner-whitespace'],
    [ZERO_WIDTH_SPACE, 'empty'],
    ['x'.repeat(4097), 'too-long'],
  ])('is refused: %j', (typed, reason) => {
    expect(checkApiKey(typed)).toEqual({ ok: false, reason: { field: 'apiKey', reason } })
  })

  test.each([
    ['\u0000', 'a control character (U+0000)'],
    ['\u007F', 'a control character (U+007F)'],
    [SOFT_HYPHEN, 'a soft hyphen (U+00AD)'],
    [ZERO_WIDTH_SPACE, 'a zero-width space (U+200B)'],
    ['\u200D', 'a zero-width joiner (U+200D)'],
    [BOM, 'a byte order mark (U+FEFF)'],
    ['\uFE0F', 'a variation selector (U+FE0F)'],
    ['\u{E0100}', 'a variation selector (U+E0100)'],
    ['\u202E', 'a mark that turns the direction of writing (U+202E)'],
    ['\u2066', 'a mark that turns the direction of writing (U+2066)'],
    ['\u{E0041}', 'a tag character (U+E0041)'],
    ['\u3164', 'a Hangul filler (U+3164)'],
    ['\u034F', 'a combining grapheme joiner (U+034F)'],
    ['\u2800', 'a blank Braille pattern (U+2800)'],
    ['\u17B4', 'U+17B4'],
  ])(
    'with a default-ignorable code point inside is refused, by its name and position: %j',
    (unseen, name) => {
      for (const typed of [`ke${unseen}y-1`, ` k\u{1F511}${unseen}y-${unseen}1`.trimStart()]) {
        const checked = checkApiKey(typed)
        if (checked.ok) throw new Error('It was accepted')
        expect(checked.reason).toMatchObject({ field: 'apiKey', reason: 'invisible-character' })
        expect(fieldProblem(checked.reason)).toBe(
          `Character 3 of the API key is invisible: ${name}. Copy it again from where it was issued.`,
        )
      }
    },
  )

  test('counts the place in what was typed, with the spaces before it', () => {
    expect(checkApiKey(`  ke${ZERO_WIDTH_SPACE}y`)).toMatchObject({ reason: { unseen: { position: 5 } } })
  })

  test('is refused for a variation selector at its end, which no trimming takes for white space', () => {
    expect(checkApiKey('key-1\uFE0F')).toMatchObject({
      reason: { unseen: { codePoint: 0xfe_0f, position: 6 } },
    })
  })
})

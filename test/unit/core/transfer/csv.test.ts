import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine, neutralised, readRecord, unneutralised } from '../../../../electron/core/transfer/csv'
import { inputs } from '../../../support/length'

const LIMIT = 1000

function cellsOf(text: string, delimiter = ','): readonly string[] {
  return readRecord(text, 0, delimiter, LIMIT).cells
}

/** Text made of what CSV and spreadsheets mind. */
const nasty = fc.string({ unit: fc.constantFrom(...Array.from(`=+-@＝＋－＠'",;\t\r\n a`)), maxLength: 12 })

describe('a record', () => {
  it.each([
    ['a,b,c', ['a', 'b', 'c']],
    ['', ['']],
    [',', ['', '']],
    ['"a, b",c', ['a, b', 'c']],
    ['"say ""hi""",c', ['say "hi"', 'c']],
    ['"","""",""""""', ['', '"', '""']],
    ['"two\nlines",c', ['two\nlines', 'c']],
    ['a, "b, c" ,d', ['a', 'b, c', 'd']],
    ['5" pipe,6" pipe', ['5" pipe', '6" pipe']],
    [' a , b ', [' a ', ' b ']],
    ['שלום,世界', ['שלום', '世界']],
  ])('%j has the cells %j', (text, cells) => {
    expect(cellsOf(text)).toEqual(cells)
  })

  it.each([';', '\t'])('may have the delimiter %j', (delimiter) => {
    expect(cellsOf(`a,b${delimiter}"c${delimiter}d"${delimiter}e`, delimiter)).toEqual([
      'a,b',
      `c${delimiter}d`,
      'e',
    ])
  })

  it.each([
    ['a\nb', 2, 1],
    ['a\r\nb', 3, 1],
    ['a\rb', 2, 1],
    ['"a\r\n\nb\r"\r\nc', 10, 4],
    ['a', 1, 0],
  ])('%j ends at %i after %i line breaks', (text, end, lineBreaks) => {
    expect(readRecord(text, 0, ',', LIMIT)).toMatchObject({ end, lineBreaks, flaw: null })
  })

  it.each([
    ['"a"b,c', 'stray-quote'],
    ['"the "best" one",c', 'stray-quote'],
    ['a,"b', 'unclosed-quote'],
    ['"', 'unclosed-quote'],
    ['x'.repeat(LIMIT + 1), 'too-long'],
    [`"${'x'.repeat(LIMIT)}"`, 'too-long'],
    [`"${'x'.repeat(LIMIT)}`, 'too-long'],
    [' '.repeat(LIMIT + 1), 'too-long'],
    [','.repeat(LIMIT + 1), 'too-long'],
  ] as const)('%j is flawed: %s', (text, flaw) => {
    expect(readRecord(text, 0, ',', LIMIT).flaw).toBe(flaw)
  })

  it('may be nearly as long as the limit', () => {
    const text = `${'x'.repeat(LIMIT - 1)}\r\n`
    expect(readRecord(text, 0, ',', LIMIT)).toMatchObject({ end: text.length, flaw: null })
  })
})

describe('a written line', () => {
  it('is read back as the same cells, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(nasty, fc.string()), { minLength: 1, maxLength: 5 }), (cells) => {
        const line = csvLine(cells)
        const read = readRecord(line, 0, ',', LIMIT)
        expect(read.flaw).toBeNull()
        expect(read.end).toBe(line.length)
        expect(read.cells.map(unneutralised)).toEqual(cells)
      }),
      inputs(2000, 1),
    )
  })

  it('has no cell that begins like a formula, whichever delimiter it is read by', () => {
    fc.assert(
      fc.property(
        fc.array(nasty, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(',', ';'),
        (cells, delimiter) => {
          const seen = cellsOf(csvLine(cells), delimiter)
          expect(seen.filter((cell) => /^[=+\-@＝＋－＠]/u.test(cell))).toEqual([])
        },
      ),
      inputs(2000, 2),
    )
  })
})

describe('neutralising', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30 1234', "'+49 30 1234"],
    ['-Minus', "'-Minus"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1+1', "'＝1+1"],
    ['＋49 30 1234', "'＋49 30 1234"],
    ['－Minus', "'－Minus"],
    ['＠SUM(A1)', "'＠SUM(A1)"],
    ["'＝1", "''＝1"],
    ['x;＝cmd()', "x;'＝cmd()"],
    ['\ttab', "'\ttab"],
    ['\rreturn', "'\rreturn"],
    ['\t=1', "'\t'=1"],
    ["'=1", "''=1"],
    ['x;=cmd()', "x;'=cmd()"],
    ['x"; "=cmd()', 'x"; "\'=cmd()'],
    ['Plain & Simple', 'Plain & Simple'],
    ["O'Brien - Sons", "O'Brien - Sons"],
    ["'quoted'", "'quoted'"],
    ['a=b', 'a=b'],
    ['', ''],
  ])('makes %j %j', (cell, safe) => {
    expect(neutralised(cell)).toBe(safe)
    expect(unneutralised(safe)).toBe(cell)
  })

  it('leaves apostrophes alone that no formula follows', () => {
    expect(unneutralised("'quoted'")).toBe("'quoted'")
    expect(unneutralised("'90s; O'Brien")).toBe("'90s; O'Brien")
  })

  it('is undone exactly', () => {
    fc.assert(
      fc.property(nasty, (cell) => {
        expect(unneutralised(neutralised(cell))).toBe(cell)
      }),
      inputs(20_000, 3),
    )
  })
})

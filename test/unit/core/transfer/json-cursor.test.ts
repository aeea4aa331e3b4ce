import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonCursor, JsonFlawError } from '../../../../electron/core/transfer/json-cursor'
import { TextWindow } from '../../../../electron/core/transfer/text-window'
import { inputs } from '../../../support/length'

const MAX = 200

/** The text cut into pieces of `size`, so that the window moves on in the middle of anything. */
function windowOn(text: string, size = 7): TextWindow {
  const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, n) =>
    text.slice(n * size, (n + 1) * size),
  )
  return new TextWindow(pieces.values(), MAX + 2)
}

function elementsOf(text: string): { value: unknown; line: number }[] {
  const cursor = new JsonCursor(windowOn(text), MAX)
  const found: { value: unknown; line: number }[] = []
  for (const _ of cursor.elements((value, line) => found.push({ value, line })));
  cursor.finish()
  return found
}

function membersOf(text: string): Record<string, unknown> {
  const cursor = new JsonCursor(windowOn(text), MAX)
  const found: [string, unknown][] = []
  const members = cursor.members(function* (key) {
    found.push([key, cursor.value()])
    yield 0
  })
  for (const _ of members);
  cursor.finish()
  // As JSON.parse does: `__proto__` is a member like any other.
  return Object.fromEntries(found)
}

function flawOf(text: string): unknown {
  try {
    return text.startsWith('{') ? membersOf(text) : elementsOf(text)
  } catch (error) {
    if (!(error instanceof JsonFlawError)) throw error
    return `${error.flaw} at line ${String(error.line)}`
  }
}

// Deeper in a text it is indented further.
const json = fc.jsonValue({ maxDepth: 2 }).filter((value) => JSON.stringify([value], null, 16).length < MAX)
const indent = fc.constantFrom(0, 1, 8)

describe('elements', () => {
  it('are what JSON.parse makes of them, on the line where they begin', () => {
    fc.assert(
      fc.property(fc.array(json), indent, (values, space) => {
        const text = JSON.stringify(values, null, space)
        const found = elementsOf(text)
        expect(found.map(({ value }) => value)).toEqual(JSON.parse(text))
        const lines = text.split('\n')
        for (const { value, line } of found) {
          const first = JSON.stringify(value, null, space).split('\n')[0] ?? ''
          expect(lines[line - 1]).toContain(first)
        }
      }),
      inputs(300, 1),
    )
  })

  it.each([
    [' [ ] ', []],
    ['[\r\n1,\r\n2]', [2, 3]],
    ['[1\r,2\n\n,3]', [1, 2, 4]],
  ])('of %j are on lines %j', (text, lines) => {
    expect(elementsOf(text).map(({ line }) => line)).toEqual(lines)
  })
})

it('members are what JSON.parse makes of them', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ maxLength: 20 }), json), indent, (object, space) => {
      const text = JSON.stringify(object, null, space)
      expect(membersOf(text)).toEqual(JSON.parse(text))
    }),
    inputs(300, 2),
  )
})

it('a text that is cut anywhere is not JSON', () => {
  const text = JSON.stringify([{ name: 'A "quoted" \\ name', tags: ['a', 'b'] }, 12.5e3, null, true], null, 2)
  for (let end = 0; end < text.length; end += 1) {
    expect(flawOf(text.slice(0, end)), text.slice(0, end)).toMatch(/^not-json at line \d+$/u)
  }
})

describe('flaws', () => {
  it.each([
    ['[1 2]', 'not-json at line 1'],
    ['[1,]', 'not-json at line 1'],
    ['[,1]', 'not-json at line 1'],
    ['[1]]', 'not-json at line 1'],
    ['[1]\n x', 'not-json at line 2'],
    ['[1,\n\n{"a":nope}]', 'not-json at line 3'],
    ['[{"a":1]]', 'not-json at line 1'],
    ["['a']", 'not-json at line 1'],
    ['[01]', 'not-json at line 1'],
    ['{"a" 1}', 'not-json at line 1'],
    ['{a:1}', 'not-json at line 1'],
    ['{"a":1,}', 'not-json at line 1'],
    ['{1:1}', 'not-json at line 1'],
    [`[1,\n${'['.repeat(20)}${']'.repeat(20)}]`, 'too-deep at line 2'],
    [`[\n${'{"a":'.repeat(20)}`, 'too-deep at line 2'],
    [`[1,\n"${'x'.repeat(MAX)}"]`, 'too-long at line 2'],
    [`[1,\n{"a":"${'\\"'.repeat(MAX)}"}]`, 'too-long at line 2'],
    [`[1,\n[${'1,'.repeat(MAX)}1]]`, 'too-long at line 2'],
    [`[1,\n${' '.repeat(MAX + 1)}2]`, 'too-long at line 1'],
  ])('%j: %s', (text, flaw) => {
    expect(flawOf(text)).toBe(flaw)
  })
})

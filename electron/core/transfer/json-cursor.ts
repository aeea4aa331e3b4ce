/**
 * Walks over a long JSON text and hands out the small values in it, with their lines: `JSON.parse` takes such a text
 * in one go only, and knows no lines. What it hands out is for `JSON.parse`, which judges it; the cursor itself judges
 * only what is around.
 */
import { countLineBreaks } from './csv'
import { UNITS_PER_ROW, type Work } from '../base/slices'
import type { TextWindow } from './text-window'

const MAX_DEPTH = 16

export type JsonFlaw = 'not-json' | 'too-deep' | 'too-long'

/** The text can't be read on from this line (counted from 1). */
export class JsonFlawError extends Error {
  override readonly name = 'JsonFlawError'

  constructor(
    readonly flaw: JsonFlaw,
    readonly line: number,
  ) {
    super(`${flaw} at line ${String(line)}`)
  }
}

export class JsonCursor {
  #line = 1
  /** Of the value that was handed out last. */
  #valueLength = 0

  /** A value that takes more than `maxLength` characters is refused; `source` looks further ahead than that. */
  constructor(
    private readonly source: TextWindow,
    private readonly maxLength: number,
  ) {
    this.#skipSpace()
  }

  /** Whether the next value is an array. */
  get isAtArray(): boolean {
    return this.#next === '['
  }

  /** Hands out each element of the array that begins here, parsed, with its line. */
  *elements(take: (value: unknown, line: number) => void): Work<void> {
    this.#expect('[')
    if (this.#takes(']')) return
    do {
      const line = this.#line
      take(this.value(), line)
      yield UNITS_PER_ROW + this.#valueLength
    } while (this.#takes(','))
    this.#expect(']')
  }

  /** Tells each key of the object that begins here; `read` takes the value, which the cursor is then at. */
  *members(read: (key: string) => Work<void>): Work<void> {
    this.#expect('{')
    if (this.#takes('}')) return
    do {
      const key = this.#next === '"' ? this.value() : this.#refuse('not-json')
      this.#expect(':')
      yield* read(String(key))
      yield UNITS_PER_ROW + this.#valueLength
    } while (this.#takes(','))
    this.#expect('}')
  }

  /** The value that begins here, parsed. */
  value(): unknown {
    const { source } = this
    const end = this.#endOfValue()
    const json = source.text.slice(source.at, end)
    let value: unknown
    try {
      value = JSON.parse(json)
    } catch {
      this.#refuse('not-json')
    }
    this.#line += countLineBreaks(json)
    this.#valueLength = json.length
    source.at = end
    this.#skipSpace()
    return value
  }

  /** Nothing but white space may follow. */
  finish(): void {
    if (!this.source.isAtEnd) this.#refuse('not-json')
  }

  get #next(): string | undefined {
    return this.source.text[this.source.at]
  }

  #endOfValue(): number {
    const { text, at: from } = this.source
    const limit = from + this.maxLength
    const first = text[from]
    if (first === '"') return this.#endOfString(from, limit)
    if (first !== '{' && first !== '[') return this.#endOfScalar()

    let depth = 0
    let at = from
    do {
      if (at >= text.length) return this.#refuse('not-json')
      if (at >= limit) return this.#refuse('too-long')
      const character = text[at]
      if (character === '"') at = this.#endOfString(at, limit)
      else {
        if (character === '{' || character === '[') depth += 1
        else if (character === '}' || character === ']') depth -= 1
        if (depth > MAX_DEPTH) return this.#refuse('too-deep')
        at += 1
      }
    } while (depth > 0)
    return at
  }

  /** Numbers and words have no fixed end. No number that means anything has more than 400 characters. */
  #endOfScalar(): number {
    const scalar = /[^\s,:[\]{}"]{0,400}/uy
    scalar.lastIndex = this.source.at
    return this.source.at + (scalar.exec(this.source.text)?.[0].length ?? 0)
  }

  /** After the string's closing quote; strings are where most of the characters are. */
  #endOfString(opening: number, limit: number): number {
    let at = opening + 1
    while (at < limit) {
      const character = this.source.text[at]
      if (character === undefined) return this.#refuse('not-json')
      if (character === '"') return at + 1
      at += character === '\\' ? 2 : 1
    }
    return this.#refuse('too-long')
  }

  #takes(character: string): boolean {
    if (this.#next !== character) return false
    this.source.at += 1
    this.#skipSpace()
    return true
  }

  #expect(character: string): void {
    if (!this.#takes(character)) this.#refuse('not-json')
  }

  /** What comes next is then within `maxLength` characters. */
  #skipSpace(): void {
    const { source } = this
    source.look()
    const { text, at: from } = source
    const limit = Math.min(text.length, from + this.maxLength)
    let at = from
    while (at < limit && isSpace(text[at])) at += 1
    if (isSpace(text[at])) this.#refuse('too-long')
    this.#line += countLineBreaks(text.slice(from, at))
    source.at = at
    source.look()
  }

  #refuse(flaw: JsonFlaw): never {
    throw new JsonFlawError(flaw, this.#line)
  }
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t'
}

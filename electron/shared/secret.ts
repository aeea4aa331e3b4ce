/**
 * A text that only shows itself when asked in so many words. Whatever prints, joins, serialises or clones it gets
 * `[secret]` or nothing, so that a log line, an error's text or a message can't hold it by accident.
 */
const SHOWN = '[secret]'

export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** Where the text leaves for its one purpose: the request, the seal, the clipboard, the pane. */
  reveal(): string {
    return this.#text
  }

  toString(): string {
    return SHOWN
  }

  toJSON(): string {
    return SHOWN
  }

  /** What Node's `console` and `util.inspect` ask for. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return SHOWN
  }
}

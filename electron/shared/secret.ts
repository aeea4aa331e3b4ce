/**
 * A text that shows itself only through `reveal()`. Printing, joining, serializing or cloning it gives `[secret]` or
 * nothing, so that no log line, error text or message can contain it by accident.
 */
const SHOWN = '[secret]'

export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** Call it only where the text is needed: the request, encryption, the clipboard, the revealed pane. */
  reveal(): string {
    return this.#text
  }

  toString(): string {
    return SHOWN
  }

  toJSON(): string {
    return SHOWN
  }

  /** The hook of Node's `console` and `util.inspect`. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return SHOWN
  }
}

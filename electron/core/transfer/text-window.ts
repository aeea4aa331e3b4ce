/** A long text, of which a reader has only a stretch at a time: no turn is spent on making all of it one string. */
export class TextWindow {
  /** A stretch of the text. */
  text = ''
  /** Where in `text` the reader is. */
  at = 0
  #isWhole = false

  /** @param ahead how many characters `look` makes sure of. */
  constructor(
    private readonly pieces: Iterator<string, unknown>,
    private readonly ahead: number,
  ) {}

  /** Afterwards `text` goes on for at least `ahead` characters after `at`, unless the whole text ends before. */
  look(): void {
    if (this.#isWhole || this.text.length - this.at >= this.ahead) return
    const found = [this.text.slice(this.at)]
    let length = this.text.length - this.at
    while (length < this.ahead && !this.#isWhole) {
      const piece = this.pieces.next()
      if (piece.done === true) this.#isWhole = true
      else {
        found.push(piece.value)
        length += piece.value.length
      }
    }
    this.text = found.join('')
    this.at = 0
  }

  /** Whether the reader has read all of it. */
  get isAtEnd(): boolean {
    this.look()
    return this.at >= this.text.length
  }
}

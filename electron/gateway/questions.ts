/** Questions to another process, each with a number; one that isn't answered in time gets what is given for that. */
export class Questions<Answer> {
  readonly #withinMs: number
  readonly #otherwise: Answer
  readonly #open = new Map<number, (answer: Answer) => void>()
  #last = 0

  constructor(withinMs: number, otherwise: Answer) {
    this.#withinMs = withinMs
    this.#otherwise = otherwise
  }

  ask(send: (id: number) => void): Promise<Answer> {
    this.#last += 1
    const id = this.#last
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.answer(id, this.#otherwise)
      }, this.#withinMs)
      this.#open.set(id, (answer) => {
        clearTimeout(timer)
        resolve(answer)
      })
      send(id)
    })
  }

  /** To a question that is not open any more it does nothing. */
  answer(id: number, answer: Answer): void {
    const open = this.#open.get(id)
    this.#open.delete(id)
    open?.(answer)
  }
}

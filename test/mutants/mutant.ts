/** One guarding line, how it is broken, and who must notice. */
export interface Mutants {
  readonly file: string
  /** Of these at least one test must fail, for each of the breaks. Names as Vitest takes them: parts of paths. */
  readonly tests: readonly string[]
  /** A text that occurs exactly once, and its replacement. */
  readonly breaks: readonly (readonly [text: string, broken: string])[]
}

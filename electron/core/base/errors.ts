/** What use cases throw to each other; the outermost turns it into an answer (results.ts). */

/** The disk refused: full, read-only, no permission. */
export class StorageUnwritableError extends Error {
  override readonly name = 'StorageUnwritableError'
  /** What was to be written may lie there all the same: only the proof that it will stay there failed. */
  readonly mayBeThere: boolean

  constructor(message: string, options: ErrorOptions & { readonly mayBeThere?: boolean } = {}) {
    super(message, options)
    this.mayBeThere = options.mayBeThere ?? false
  }
}

/** The desktop has kept what was in the clipboard, or nobody can say whether it has. */
export class ClipboardRefusedError extends Error {
  override readonly name = 'ClipboardRefusedError'
}

/** The account, or what it had of secrets, was removed while something was under way for it. */
export class AccountGoneError extends Error {
  override readonly name = 'AccountGoneError'
}

/**
 * What a log may know of an error: its kind, and the system's code where it has one. Never its text, which could quote
 * a secret.
 */
export function errorFacts(error: unknown): { readonly error: string; readonly code: string | null } {
  if (!(error instanceof Error)) return { error: typeof error, code: null }
  return {
    // With zod's `$ZodError`: a message that doesn't have its shape.
    error: /^\$?\w+$/u.test(error.name) ? error.name : 'Error',
    code: codeOf(error) ?? codeOf(error.cause),
  }
}

/** As Node gives them: `ENOSPC`, `ERR_INVALID_ARG_TYPE`. */
function codeOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && /^E[A-Z0-9_]+$/u.test(code) ? code : null
}

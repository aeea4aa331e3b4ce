import type { AccountSummary } from './account'

/** Another account of the same environment that is one and the same for the service. */
export interface Twin {
  readonly name: string
  /** Both have this API key, or both JWTs speak of the same subject. */
  readonly by: 'api-key' | 'subject'
}

/** What an account is after a login by a key that somebody entered. */
export type LoggedInAccount = AccountSummary & { readonly twin: Twin | null }

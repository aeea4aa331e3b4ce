import type { AccountSummary } from './account'

/** Another account of the same environment that is the same one for the service. */
export interface Twin {
  readonly name: string
  /** Both have this API key, or both JWTs name the same subject. */
  readonly by: 'api-key' | 'subject'
}

/** An account after a login with an entered key. */
export type LoggedInAccount = AccountSummary & { readonly twin: Twin | null }

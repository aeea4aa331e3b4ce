/**
 * Finds out whether an account that was just logged in exists already under another name: two such accounts may
 * invalidate each other's refresh token. Secrets are decrypted one by one and not kept.
 */
import { apiKeyHint } from '../../shared/api-key'
import type { AccountId } from '../../shared/account'
import type { Secret } from '../../shared/secret'
import { isSameSubject, subjectOf, type JwtSubject } from '../../shared/subject'
import type { Twin } from '../../shared/twin'
import type { Secrets } from '../vault/account-record'
import { errorFacts } from '../base/error-facts'
import type { Log, Timers } from '../base/ports'
import { AccountGoneError } from '../base/errors'
import type { Account } from '../vault/account-view'
import type { Vault } from '../vault/vault'

/** More at once would keep main from answering. */
const OPENED_AT_ONCE = 500

export interface TwinsDeps {
  readonly vault: Vault
  readonly timers: Timers
  readonly log: Log
}

export class Twins {
  constructor(private readonly deps: TwinsDeps) {}

  /** By the API key alone: only accounts whose saved key ends like this one are opened. */
  async byKey(id: AccountId, apiKey: Secret): Promise<Twin | null> {
    return await this.#orNone(async () => {
      const hint = apiKeyHint(apiKey.reveal())
      const mayHaveIt = ({ session }: Account): boolean =>
        session?.remembersApiKey === true && session.apiKeyHint === hint
      return await this.#first(id, mayHaveIt, ({ apiKey: saved }) =>
        saved?.reveal() === apiKey.reveal() ? 'api-key' : null,
      )
    })
  }

  /**
   * By the API key (the saved one, where `apiKey` is null), else by the JWT's subject. Decrypts all accounts for that.
   */
  async byKeyOrSubject(id: AccountId, apiKey: Secret | null): Promise<Twin | null> {
    return await this.#orNone(async () => {
      const own = await this.#open(id)
      const key = apiKey ?? own?.apiKey ?? null
      const twin = key === null ? null : await this.byKey(id, key)
      const subject = subjectIn(own)
      if (twin !== null || subject === null) return twin
      const hasJwt = ({ session }: Account): boolean => session?.jwt != null
      return await this.#first(id, hasJwt, (secrets) => {
        const other = subjectIn(secrets)
        return other !== null && isSameSubject(subject, other) ? 'subject' : null
      })
    })
  }

  async #first(
    id: AccountId,
    isCandidate: (account: Account) => boolean,
    compare: (secrets: Secrets) => Twin['by'] | null,
  ): Promise<Twin | null> {
    const { vault, timers } = this.deps
    const environmentId = vault.get(id)?.environment.id
    let opened = 0
    for (const other of vault.ids()) {
      const account = other === id ? undefined : vault.get(other)
      if (account === undefined || account.environment.id !== environmentId || !isCandidate(account)) continue
      const secrets = await this.#open(other)
      const by = secrets === null ? null : compare(secrets)
      if (by !== null) return { name: account.name, by }
      opened += 1
      if (opened % OPENED_AT_ONCE === 0) {
        await new Promise<void>((go) => {
          timers.after(0, go)
        })
      }
    }
    return null
  }

  /** Null where its secrets can't be decrypted, or where it was removed meanwhile. */
  async #open(id: AccountId): Promise<Secrets | null> {
    const { vault } = this.deps
    if (vault.get(id)?.locked !== null) return null
    try {
      const opened = await vault.secrets(id)
      return opened.ok ? opened.secrets : null
    } catch (error) {
      if (error instanceof AccountGoneError) return null
      throw error
    }
  }

  /** The account is stored by now, so a failure of this search must not look like a failed login. */
  async #orNone(find: () => Promise<Twin | null>): Promise<Twin | null> {
    try {
      return await find()
    } catch (error) {
      this.deps.log.warn('accounts could not be compared', errorFacts(error))
      return null
    }
  }
}

function subjectIn(secrets: Secrets | null): JwtSubject | null {
  const jwt = secrets?.jwt ?? null
  return jwt === null ? null : subjectOf(jwt.reveal())
}

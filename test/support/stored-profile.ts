/** The files of a profile with these accounts, environments and settings. */
import { RECORD_VERSION, copyOf, type Refusal } from '../../electron/core/vault/account-record'
import { UNPROTECTED_TAG } from '../../electron/core/vault/sealed-text'
import type { AccountId, AccountSummary } from '../../electron/shared/account'
import type { Environment } from '../../electron/shared/environment'
import type { Settings } from '../../electron/shared/settings'
import { keyOf } from './back-office'
import { anEnvironment } from './builders'

/** Version 2 of `tokendesk.json`. */
export function storedState(settings: Settings, environments: readonly Environment[]): string {
  return JSON.stringify({
    version: 2,
    settings,
    environments: environments.map(({ doubt: _, ...environment }) => environment),
    grantedFrom: Object.fromEntries(
      environments.map(({ id, baseUrl, doubt }) => [id, doubt?.why === 'wrong-address' ? [] : [baseUrl]]),
    ),
  })
}

export interface StoredWith {
  readonly environments: readonly Environment[]
  /** The keyring's own name. */
  readonly keyring: string
  readonly jwt: string
}

/** `usage.json`. */
export function storedUsage(accounts: readonly AccountSummary[]): string {
  const used = accounts.flatMap(({ id, usage, copyFormat }) =>
    usage === null ? [] : [[id, { ...usage, format: copyFormat }]],
  )
  return JSON.stringify({ version: 1, accounts: Object.fromEntries(used) as unknown })
}

/** The account's record, encrypted like `VisibleCipher` does. */
export function storedAccount(account: AccountSummary, { environments, keyring, jwt }: StoredWith): string {
  const environment =
    environments.find(({ id }) => id === account.environmentId) ??
    anEnvironment({ id: account.environmentId, name: 'Unknown environment' })
  const { apiKeyHint, remembersApiKey, refreshToken, problem } = account
  const refusal = refusalOf(account, environment.baseUrl)
  const secrets = {
    jwt: account.jwt === null ? null : jwt,
    refreshToken: refreshToken === null ? null : refreshTokenOf(account.id),
    apiKey: remembersApiKey ? keyOf(account.name) : null,
  }
  const { name, kind, kindChoice, partnerId, createdAt, policy, pinned, tags, note } = account
  return JSON.stringify({
    version: RECORD_VERSION,
    id: account.id,
    ...{ name, kind, kindChoice, partnerId, createdAt, policy, pinned, tags, note },
    environment: copyOf(environment),
    session:
      account.secretsIn === 'memory'
        ? null
        : {
            jwt: account.jwt,
            refreshToken: refreshToken && {
              ...refreshToken,
              refused: problem?.code === 'key-refused' && !refreshToken.refused ? null : refusal,
            },
            remembersApiKey,
            apiKeyHint,
            keyRefused: refreshToken === null || problem?.code === 'key-refused' ? refusal : null,
            keyOfAnother: false,
            maybeReplaced: false,
            journal: { state: 'settled' },
            sealed: `${tagOf(account, keyring)}:${Buffer.from(JSON.stringify(secrets)).toString('hex')}`,
          },
  })
}

/** What the service has refused: the refresh token, where there is one and nothing else is given. */
function refusalOf(
  { refreshToken, problem }: AccountSummary,
  baseUrl: string,
): (Refusal & { status: number }) | null {
  const isDoubtful = problem?.code === 'refused-together'
  const status = isDoubtful || problem?.code === 'key-refused' ? problem.status : 401
  const isRefused = isDoubtful || problem?.code === 'key-refused' || refreshToken?.refused === true
  return isRefused ? { at: null, status, baseUrl, isDoubtful } : null
}

/** The one that the service knows. */
export function refreshTokenOf(id: AccountId): string {
  return `refresh-token-of-${id}`
}

function tagOf({ secretsIn, problem }: AccountSummary, keyring: string): string {
  if (secretsIn === 'unprotected-file') return UNPROTECTED_TAG
  const isOther = secretsIn === 'locked' && problem === null
  return isOther ? 'another_keyring' : keyring
}

/** The accounts that are tortured: known to a server, added through the bridge. */
import type { AccountId } from '../../../electron/shared/account'
import type { AuthServer } from '../../support/auth-server'
import { readClipboard } from '../../support/desktop'
import { valueOf, type Asked, type AppClient } from './app-client'

/** Less than a copied JWT must have left, so that every copy renews first. */
export const SHORT_JWT_LIFE_MS = 4 * 60_000

export interface SubjectPlan {
  readonly kind: 'partner' | 'company'
  readonly remembers: boolean
  /** Default 24 h. */
  readonly jwtLifeMs?: number
  /** Makes its JWTs longer by about so many bytes and a third; default 0. */
  readonly claimBytes?: number
}

export interface Subject extends SubjectPlan {
  readonly id: AccountId
  readonly name: string
  readonly apiKey: string
}

export interface Population {
  readonly environment: string
  readonly plans: readonly SubjectPlan[]
}

export async function populate(
  client: AppClient,
  server: AuthServer,
  { environment, plans }: Population,
): Promise<Subject[]> {
  const { id: environmentId } = valueOf(
    await client.call('addEnvironment', { name: environment, baseUrl: server.url, production: false }),
  )
  const wanted = plans.map((plan, index) => {
    const name = `${environment} ${plan.kind} ${String(index + 1).padStart(4, '0')}`
    const apiKey = `torture-key-${name.replaceAll(' ', '-')}`
    server.addApiKey({ ...plan, apiKey, name })
    return { ...plan, name, apiKey }
  })
  const added = await client.callAll(
    'addAccount',
    wanted.map(({ name, apiKey, kind, remembers }) => ({
      name,
      environmentId,
      apiKey,
      kind,
      partnerId: null,
      rememberApiKey: remembers,
    })),
  )
  return wanted.map((each, index) => {
    const result = added[index]
    if (result === undefined) throw new Error('an account was not added')
    return { ...each, id: valueOf(result).id }
  })
}

export interface Copied extends Asked {
  /** Copied, and what another program reads from the clipboard is a JWT that the service takes for this account. */
  readonly isLive: boolean
}

export async function copyAndProve(client: AppClient, server: AuthServer, subject: Subject): Promise<Copied> {
  const asked = await client.ask('copyJwt', { id: subject.id })
  return {
    ...asked,
    isLive: asked.result.ok && (await nameBehind(server, await readClipboard())) === subject.name,
  }
}

export async function nameBehind(server: AuthServer, jwt: string): Promise<string | null> {
  const reply = await fetch(`${server.url}/whoami`, { headers: { 'R-Auth': jwt } })
  return reply.ok ? ((await reply.json()) as { name: string }).name : null
}

/** Enters the account's API key as its user would; the account then remembers the key as before. */
export async function enterKey(client: AppClient, { id, apiKey, remembers }: Subject): Promise<Asked> {
  return await client.ask('enterApiKey', { id, apiKey, rememberApiKey: remembers })
}

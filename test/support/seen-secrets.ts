/** Publishes every secret that a test's service issues or receives; nothing stores them unless it subscribes. */
import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel'

const SEEN = 'tokendesk tests: secret seen'
const seen = channel(SEEN)
const SECRET_FIELDS = ['apiKey', 'jwt', 'refreshToken']

/** Publishes the secrets in the JSON of a request or a response. */
export function publishSecretsIn(body: string): void {
  if (!seen.hasSubscribers || body === '') return
  let fields: unknown
  try {
    fields = JSON.parse(body)
  } catch {
    return
  }
  if (typeof fields !== 'object' || fields === null) return
  for (const [name, value] of Object.entries(fields)) {
    if (SECRET_FIELDS.includes(name) && typeof value === 'string' && value !== '') seen.publish(value)
  }
}

/** Collects them from now on. */
export function gatherSecrets(): { readonly secrets: ReadonlySet<string>; stop(): void } {
  const secrets = new Set<string>()
  const gather = (secret: unknown): void => {
    secrets.add(secret as string)
  }
  subscribe(SEEN, gather)
  return { secrets, stop: () => unsubscribe(SEEN, gather) }
}

/** Which certificates the gateway trusts: those that the runtime brings, and the system's where it can read them. */
import tls from 'node:tls'

/** Since Node 22.15. */
interface WithSystemCAs {
  getCACertificates?(type: 'default' | 'system'): string[]
}

let system: readonly string[] | null | undefined

/** Null where the runtime can't read them, or finds none. */
export function getSystemCAs(): readonly string[] | null {
  if (system === undefined) {
    try {
      const found = (tls as WithSystemCAs).getCACertificates?.('system') ?? []
      system = found.length > 0 ? found : null
    } catch {
      system = null
    }
  }
  return system
}

/** `extra`: for tests. */
export function makeSecureContext(extra: readonly string[]): tls.SecureContext {
  const more = [...(getSystemCAs() ?? []), ...extra]
  return tls.createSecureContext(more.length === 0 ? {} : { ca: [...tls.rootCertificates, ...more] })
}

/**
 * What of a request's headers reaches the service, and of a response's the tool. What belongs to one connection is taken
 * off first, so that `Connection: r-auth` can't take off what is set afterwards (Infisical's agent proxy).
 */
import { basePath } from './refusals'
import { tokensOf, valuesOf, without, type RawHeaders } from './raw-headers'

/** Of one connection only (RFC 9110, section 7.6.1). `Trailer` names what is forwarded, too, so it stays. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
])

/** What the tool says for the loopback address, or may not say at all. */
const REPLACED = new Set(['r-auth', 'cookie', 'cookie2', 'host'])

/** How long a body is, which is said anew on each connection. */
export type Framing =
  { readonly kind: 'none' | 'chunked' } | { readonly kind: 'length'; readonly bytes: string }

export function framingOf(headers: RawHeaders): Framing {
  if (valuesOf(headers, 'transfer-encoding').length > 0) return { kind: 'chunked' }
  const [bytes] = valuesOf(headers, 'content-length')
  return bytes === undefined ? { kind: 'none' } : { kind: 'length', bytes }
}

export interface ToService {
  readonly host: string
  readonly jwt: string
  readonly method: string
  /** The body is already here, so that nothing has to be expected any more. */
  readonly isBodyHere: boolean
}

export function requestHeaders(headers: RawHeaders, to: ToService): string[] {
  const framing = framingOf(headers)
  const isGone = goneBy(headers)
  const kept = without(
    headers,
    (key) =>
      isGone(key) || REPLACED.has(key) || key === 'content-length' || (key === 'expect' && to.isBodyHere),
  )
  const takesTrailers = tokensOf(valuesOf(headers, 'te')).some((token) => /^trailers\s*(?:;|$)/u.test(token))
  return [
    ...['Host', to.host],
    ...kept,
    ...framingHeaders(framing, to.method),
    ...(takesTrailers ? ['TE', 'trailers', 'Connection', 'TE, keep-alive'] : ['Connection', 'keep-alive']),
    ...['R-Auth', to.jwt],
  ]
}

/** A POST without a body says so: some servers insist, and Node would begin a chunked one. */
function framingHeaders(framing: Framing, method: string): string[] {
  switch (framing.kind) {
    case 'chunked':
      return ['Transfer-Encoding', 'chunked']
    case 'length':
      return ['Content-Length', framing.bytes]
    case 'none':
      return ['POST', 'PUT', 'PATCH'].includes(method) ? ['Content-Length', '0'] : []
  }
}

export interface ToClient {
  /** Where the request went. */
  readonly url: string
  readonly baseUrl: string
  /** `http://127.0.0.1:PORT/g/<capability>`. */
  readonly gateway: string
}

export function responseHeaders(headers: RawHeaders, to: ToClient): string[] {
  const isGone = goneBy(headers)
  const kept = without(headers, (key) => isGone(key) && key !== 'content-length')
  return kept.map((text, index) =>
    index % 2 === 1 && kept[index - 1]?.toLowerCase() === 'location' ? rewrittenLocation(text, to) : text,
  )
}

/** Trailers may not say again what was decided at the beginning. */
export function requestTrailers(trailers: RawHeaders): [string, string][] {
  return pairs(without(trailers, (key) => HOP_BY_HOP.has(key) || REPLACED.has(key) || FRAMING.has(key)))
}

export function responseTrailers(trailers: RawHeaders): [string, string][] {
  return pairs(without(trailers, (key) => HOP_BY_HOP.has(key) || FRAMING.has(key)))
}

const FRAMING = new Set(['content-length', 'trailer'])

function goneBy(headers: RawHeaders): (key: string) => boolean {
  const named = new Set(tokensOf(valuesOf(headers, 'connection')).map((token) => token.replaceAll('_', '-')))
  return (key) => HOP_BY_HOP.has(key) || named.has(key)
}

function pairs(headers: RawHeaders): [string, string][] {
  return headers.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, headers[index + 1] ?? '']] : [],
  )
}

/**
 * To the gateway where it stays below the base URL. One that leaves it on the same host becomes absolute: relative to
 * the gateway it would mean another place. All others stay as they are.
 */
export function rewrittenLocation(location: string, { url, baseUrl, gateway }: ToClient): string {
  const target = URL.canParse(location, url) ? new URL(location, url) : null
  const base = new URL(baseUrl)
  if (target?.origin !== base.origin) return location
  const prefix = basePath(base)
  const isBelow = target.pathname === prefix || target.pathname.startsWith(`${prefix}/`)
  if (!isBelow || target.username !== '' || target.password !== '') return target.href
  return gateway + target.pathname.slice(prefix.length) + target.search + target.hash
}

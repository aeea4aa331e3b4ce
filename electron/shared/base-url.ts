/** Checks an environment's base URL and builds the service's URLs from it. */
import type { Checked } from './checked'

export type BaseUrlProblem =
  | 'empty'
  | 'too-long'
  | 'inner-whitespace'
  /** `https://` is missing: `api.example.com` or `localhost:8080`. */
  | 'no-scheme'
  /** Neither `https:` nor `http:`. */
  | 'other-scheme'
  /** `http://` to another computer: keys and tokens would travel unencrypted. */
  | 'not-https'
  /** The URL contains a user name or password. */
  | 'credentials'
  | 'query-or-fragment'
  /** The URL of a call instead of the base: it ends in `/auth/login` or `/auth/refresh`. */
  | 'endpoint-included'
  | 'bad-port'
  | 'malformed'

/** What was changed or kept and may not be what the user meant. */
export type BaseUrlNotice =
  | { readonly code: 'trailing-slash-removed' }
  /** The URL has a path, which goes before `/auth/login`. */
  | { readonly code: 'path-kept'; readonly path: string }
  /** The host isn't plain ASCII: look-alike letters can imitate another host. `host` is where requests really go. */
  | { readonly code: 'host-in-ascii'; readonly host: string }

export interface CheckedBaseUrl {
  /** Without a trailing slash, host in ASCII and lower case. */
  readonly baseUrl: string
  readonly notices: readonly BaseUrlNotice[]
}

export const BASE_URL_MAX_LENGTH = 2000

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const WHITESPACE_OR_CONTROL = /[\s\u0000-\u001f\u007f-\u009f]/u
const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//iu
/** `mailto:` or `javascript:`, but not `localhost:8080`. */
const SCHEME_WITHOUT_SLASHES = /^[a-z][a-z0-9+-]*:(?!\d|$)/iu
const ENDPOINT_AT_END = /\/auth\/(?:login|refresh)$/iu

/** Takes a URL as people type or paste it; returns it as it is stored and as `endpoint` expects it. */
export function checkBaseUrl(typed: string): Checked<CheckedBaseUrl, BaseUrlProblem> {
  const text = typed.trim()
  if (text === '') return refuse('empty')
  if (text.length > BASE_URL_MAX_LENGTH) return refuse('too-long')
  if (WHITESPACE_OR_CONTROL.test(text)) return refuse('inner-whitespace')

  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined) return refuse(schemelessProblem(text))
  if (scheme !== 'https' && scheme !== 'http') return refuse('other-scheme')

  // The text itself is checked: the parser drops an empty user name, query or fragment, and turns `\` into `/`.
  const rest = text.slice(scheme.length + '://'.length)
  const authority = /^[^/\\?#]*/u.exec(rest)?.[0] ?? ''
  if (authority.includes('@')) return refuse('credentials')
  if (/[?#]/u.test(rest)) return refuse('query-or-fragment')
  if (rest.includes('\\') || authority === '' || authority.includes('%')) return refuse('malformed')
  const port = /:([^:\]]*)$/u.exec(authority)?.[1]
  if (port !== undefined && !isPort(port)) return refuse('bad-port')

  const url = parse(text)
  if (url === null) return refuse('malformed')
  if (url.protocol === 'http:' && !isLoopback(url)) return refuse('not-https')
  const path = url.pathname.replace(/\/+$/u, '')
  if (ENDPOINT_AT_END.test(path)) return refuse('endpoint-included')

  const notices: BaseUrlNotice[] = []
  if (rest.endsWith('/')) notices.push({ code: 'trailing-slash-removed' })
  if (path !== '') notices.push({ code: 'path-kept', path })
  if (!/^[\u0021-\u007e]*$/u.test(authority)) notices.push({ code: 'host-in-ascii', host: url.hostname })
  return { ok: true, value: { baseUrl: url.origin + path, notices } }
}

/** Whether requests to it stay on this computer, so that they may go without TLS (RFC 6761, section 6.3; RFC 1122). */
export function isLoopback(url: URL): boolean {
  const host = url.hostname
  // The parser has already turned numeric hosts (`127.1`, `0x7f.1`) into four decimal numbers.
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    /^127\.\d+\.\d+\.\d+$/u.test(host) ||
    host === '[::1]'
  )
}

/** `baseUrl` as `checkBaseUrl` returned it. */
export function endpoint(baseUrl: string, call: 'login' | 'refresh'): string {
  return `${baseUrl}/auth/${call}`
}

function schemelessProblem(text: string): BaseUrlProblem {
  if (/^https?:/iu.test(text)) return 'malformed'
  return SCHEME_WITHOUT_SLASHES.test(text) ? 'other-scheme' : 'no-scheme'
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/u.test(text) && Number(text) >= 1 && Number(text) <= 65_535
}

function parse(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

function refuse(reason: BaseUrlProblem): { readonly ok: false; readonly reason: BaseUrlProblem } {
  return { ok: false, reason }
}

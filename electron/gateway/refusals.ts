/**
 * Who may use the gateway, and for what: decided before anything is asked of main or sent anywhere. Each check stands
 * in the order of issue 24, rule 4, and the first that fails is the answer.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { GatewayRoute, Refusal } from '../shared/gateway'
import { hasToken, valuesOf, type RawHeaders } from './raw-headers'

/** A request as it stands in its first lines. */
export interface RequestHead {
  readonly method: string
  /** The target as it was sent. */
  readonly target: string
  readonly headers: RawHeaders
}

/** A route with its capability as it is compared. */
export interface OpenRoute extends GatewayRoute {
  readonly digest: Buffer
}

export interface GatewayView {
  readonly port: number
  readonly routes: readonly OpenRoute[]
  readonly locked: boolean
  readonly now: number
}

export type Verdict =
  | {
      readonly ok: true
      readonly route: OpenRoute
      /** What follows the capability: path and query, as they came. */
      readonly rest: string
    }
  /** `route`: whose address it was, where it was one. */
  | { readonly ok: false; readonly code: Refusal; readonly route: OpenRoute | null }

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/iu
/** Anything but visible ASCII. llhttp refuses most of it itself, depending on its version. */
const NOT_VISIBLE = /[^\u0021-\u007e]/u
/** The capability, also in a target of another form, which is then refused for that. */
const CAPABILITY = /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#\\]*)?\/*g\/([A-Za-z0-9_-]{1,86})(?=[/?#\\]|$)/iu

const BROWSER_HEADERS = ['origin', 'referer'] as const
const METHOD = /^[A-Z]{1,32}(?:-[A-Z]{1,32})?$/u
const REFUSED_METHODS: readonly string[] = ['CONNECT', 'TRACE', 'TRACK']
/** Servers and frameworks take the method, or the path, from these instead of the first line. */
const OVERRIDES = [
  'x-http-method-override',
  'x-http-method',
  'x-method-override',
  'x-original-method',
  'x-original-url',
  'x-original-uri',
  'x-rewrite-url',
] as const
const READING: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

export function openRoute(route: GatewayRoute): OpenRoute {
  return { ...route, digest: digestOf(route.capability) }
}

export function judge(head: RequestHead, view: GatewayView): Verdict {
  const no = (code: Refusal, route: OpenRoute | null = null): Verdict => ({ ok: false, code, route })
  const { headers, target } = head
  // Some versions of llhttp take `Origin :` for a header of that name, which no check below would find.
  if (headers.some((name, index) => index % 2 === 0 && !HEADER_NAME.test(name)))
    return no('malformed-request')
  if (!isOurHost(headers, view.port)) return no('wrong-host')
  if (isFromBrowser(headers)) return no('browser-request')

  const found = CAPABILITY.exec(target)
  const route = routeOf(found?.[1] ?? '', view.routes)
  if (found === null || route === null) return no('not-found')
  const rest = target.slice(found[0].length)
  if (!target.startsWith('/g/') || !isPlainTarget(rest)) return no('bad-target', route)
  if (!staysBelow(route.baseUrl, rest)) return no('bad-target', route)

  if (!METHOD.test(head.method) || REFUSED_METHODS.includes(head.method))
    return no('method-not-allowed', route)
  if (OVERRIDES.some((name) => valuesOf(headers, name).length > 0)) return no('override-header', route)
  if (isAuthCall(rest)) return no('auth-call', route)

  const unsupported = unsupportedIn(headers)
  if (unsupported !== null) return no(unsupported, route)
  if (view.locked) return no('locked', route)
  if (!mayChange(route, head.method, view.now)) return no('production-not-armed', route)
  return { ok: true, route, rest }
}

/** As `judge` looks at it, for what comes after a base URL and begins with a slash. */
export function judgePath(baseUrl: string, path: string): 'bad-target' | 'auth-call' | null {
  if (!path.startsWith('/') || !isPlainTarget(path) || !staysBelow(baseUrl, path)) return 'bad-target'
  return isAuthCall(path) ? 'auth-call' : null
}

function isOurHost(headers: RawHeaders, port: number): boolean {
  const hosts = valuesOf(headers, 'host')
  const [host] = hosts
  return hosts.length === 1 && (host === `127.0.0.1:${String(port)}` || host === `localhost:${String(port)}`)
}

/** A page in a browser is no tool; `none` is what a person has typed into the address bar. */
function isFromBrowser(headers: RawHeaders): boolean {
  return (
    BROWSER_HEADERS.some((name) => valuesOf(headers, name).length > 0) ||
    valuesOf(headers, 'sec-fetch-site').some((value) => value.trim().toLowerCase() !== 'none')
  )
}

/** Every route is compared, each in the same time, so that nothing can be learned from how long it takes. */
function routeOf(capability: string, routes: readonly OpenRoute[]): OpenRoute | null {
  const given = digestOf(capability)
  let found: OpenRoute | null = null
  for (const route of routes) if (timingSafeEqual(route.digest, given)) found = route
  return found
}

function digestOf(capability: string): Buffer {
  return createHash('sha256').update(capability).digest()
}

/** `rest`: what follows the capability. */
function isPlainTarget(rest: string): boolean {
  if (rest !== '' && !rest.startsWith('/') && !rest.startsWith('?')) return false
  if (NOT_VISIBLE.test(rest) || rest.includes('#') || rest.includes('\\')) return false
  const [path = ''] = rest.split('?', 1)
  const decoded = fullyDecoded(path)
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  if (decoded.startsWith('//') || /[\\\u0000-\u001f\u007f]/u.test(decoded)) return false
  return !decoded.split('/').some(isDotSegment)
}

/** Some servers take `..;x` for `..`. */
function isDotSegment(segment: string): boolean {
  return /^\.{1,2}(?:;|$)/u.test(segment)
}

/** However often a server decodes it. A byte that is no ASCII stays, since none of those means anything here. */
function fullyDecoded(path: string): string {
  const once = path.replaceAll(/%([0-7][0-9a-f])/giu, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return once === path ? path : fullyDecoded(once)
}

/** By the parser that servers are written to agree with, whatever the checks before it have missed. */
function staysBelow(baseUrl: string, rest: string): boolean {
  const base = new URL(baseUrl)
  const url = new URL(`${base.origin}${basePath(base)}${rest}`)
  const path = basePath(base)
  return url.origin === base.origin && (url.pathname === path || url.pathname.startsWith(`${path}/`))
}

/** Without a slash at its end. */
export function basePath(base: URL): string {
  return base.pathname.replace(/\/+$/u, '')
}

/** A login or a rotation behind the vault's back would lose the refresh token; servers read such a path generously. */
function isAuthCall(rest: string): boolean {
  const [path = ''] = rest.split('?', 1)
  const segments = fullyDecoded(path)
    .toLowerCase()
    .split('/')
    .map((each) => each.replace(/;.*$/u, '').trim())
    .filter((each) => each !== '')
  const [first = '', second = ''] = segments
  return first === 'auth' && /^(?:login|refresh)(?![a-z0-9_-])/u.test(second)
}

function unsupportedIn(headers: RawHeaders): Refusal | null {
  if (valuesOf(headers, 'upgrade').length > 0) return 'upgrade-not-supported'
  const codings = valuesOf(headers, 'transfer-encoding')
  if (codings.some((value) => value.trim().toLowerCase() !== 'chunked') || codings.length > 1)
    return 'transfer-coding-not-supported'
  const isOther = (value: string): boolean => !hasToken([value], '100-continue')
  return valuesOf(headers, 'expect').some(isOther) ? 'expectation-not-supported' : null
}

function mayChange(route: GatewayRoute, method: string, now: number): boolean {
  if (!route.production || READING.includes(method)) return true
  return route.armedUntil !== null && now < route.armedUntil
}

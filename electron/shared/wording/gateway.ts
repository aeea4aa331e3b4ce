/** What tools read when the gateway itself answers. */
import type { GatewayCode, PortProblem, UnreachableReason } from '../gateway'
import { counted, figure } from './counts'
import { gatewayPortProblem } from './gateway-port'
import { isolated } from './messages'
import type { NotificationText } from './notifications'

const REFUSED: Readonly<Record<Exclude<GatewayCode, 'unreachable'>, string>> = {
  'malformed-request': 'TokenDesk’s gateway couldn’t read this request. Check how your tool builds it.',
  'headers-too-large':
    'The URL and headers of this request are over 32 KiB. Send large data in the body instead.',
  'headers-too-slow': 'The headers of this request took longer than 10 seconds. Send it again.',
  'too-many-connections':
    'TokenDesk’s gateway has 64 connections open, which is its limit. Close some, then try again.',
  'wrong-host':
    'The gateway responds only to 127.0.0.1 and localhost with its port. Copy the address from TokenDesk again.',
  'browser-request':
    'This request comes from a web page, which the gateway doesn’t allow. Use an API client, curl, or a script.',
  'not-found':
    'No open gateway has this address. Open the account’s gateway in TokenDesk and copy its address.',
  'bad-target':
    'This path isn’t allowed: it must begin with one slash and contain no backslash, control character, or “.” or “..” segment. Check how your tool joins the gateway’s address and the path.',
  'method-not-allowed':
    'The gateway doesn’t forward CONNECT and TRACE requests. Use it as a base URL, not as a proxy.',
  'override-header':
    'The gateway doesn’t forward headers that replace a request’s method or path. Remove them, and use the method and path themselves.',
  'auth-call':
    'TokenDesk logs in and renews by itself, so the gateway doesn’t forward calls to /auth. Remove this request from your collection.',
  'upgrade-not-supported':
    'The gateway doesn’t forward upgrades such as WebSocket. Connect to the service directly.',
  'transfer-coding-not-supported': 'The gateway forwards chunked bodies only. Remove other transfer codings.',
  'expectation-not-supported': 'The gateway knows only “Expect: 100-continue”. Remove other expectations.',
  locked: 'TokenDesk is locked. Unlock it, then try again.',
  'production-not-armed':
    'This is production, where the gateway is read-only. Allow changes for 15 minutes in TokenDesk, then try again.',
  'api-key-needed': 'This account needs its API key. Enter it in TokenDesk, then try again.',
  'service-unavailable': 'The service is unavailable, so the JWT couldn’t be renewed. Try again later.',
  'timed-out': 'The service took too long to respond. Try again later.',
  'gateway-changed':
    'The gateway was closed or its account changed while this request was under way. Check the account in TokenDesk, then try again.',
  'internal-error': 'Something went wrong in TokenDesk. Try again.',
}

const UNREACHABLE: Readonly<Record<UnreachableReason, string>> = {
  'name-not-found': 'Can’t reach the service: its host name wasn’t found. Check the environment’s base URL.',
  'connection-refused':
    'Can’t reach the service: the connection was refused. Check the environment’s base URL.',
  'no-network': 'Can’t reach the service: there is no network. Check your connection.',
  certificate:
    'Can’t reach the service: its certificate isn’t trusted. TokenDesk doesn’t bypass that; ask who runs the service.',
  'system-certificates-unreadable':
    'Can’t reach the service: its certificate isn’t trusted, and this version of TokenDesk can’t read the system’s certificates in the gateway. Copy the JWT and connect directly, or update TokenDesk.',
  proxy: 'Can’t reach the service: the proxy didn’t let the request through. Check your proxy settings.',
  'proxy-password':
    'Can’t reach the service: the proxy asks for a password. Renew the account in TokenDesk, which asks for it.',
  'broken-off': 'The service broke off the connection before it answered. Try again.',
  'invalid-response': 'The service’s response isn’t valid HTTP. Ask who runs the service.',
  other: 'Can’t reach the service. Check the environment’s base URL and your connection.',
}

export function describeRefusal(code: GatewayCode, reason: UnreachableReason | null): string {
  return code === 'unreachable' ? UNREACHABLE[reason ?? 'other'] : REFUSED[code]
}

export const ALLOW_CHANGES = 'Allow changes for 15 minutes'

export function productionRefusedText(account: string, environment: string): NotificationText {
  return {
    title: `${isolated(account)}: a change in ${isolated(environment)} was stopped`,
    body: 'Its gateway is read-only in production. If you meant to change live data, allow changes for 15 minutes.',
  }
}

export function gatewayPortText(port: number, problem: PortProblem): NotificationText {
  const { what, todo } = gatewayPortProblem(port, problem)
  return { title: 'The gateway isn’t available', body: `${what} ${todo}` }
}

/** `12 requests through the gateway in an hour: GET 2xx 10, POST 4xx 2`. */
export function gatewayUse(
  counts: readonly { readonly method: string; readonly result: string; readonly count: number }[],
): string {
  const all = counts.reduce((sum, { count }) => sum + count, 0)
  const each = counts.map(({ method, result, count }) => `${method} ${result} ${figure(count)}`)
  return `${counted(all, 'request')} through the gateway in an hour: ${each.join(', ')}`
}

/** Replies of the service as the adapter hands them on. */
import { readAuthReply, type AuthReply } from '../../electron/core/session/auth-response'
import type { AuthOutcome } from '../../electron/core/base/ports'

export const REPLY_URL = 'https://api.example.com/v2/auth/refresh'
export const NOW = Date.parse('2026-06-01T12:00:00Z')
export const NO_HEADERS = { contentType: 'application/json', date: null, location: null, retryAfter: null }

export function readReply(
  status: number,
  body: string | AuthReply['body'],
  headers: Partial<AuthReply['headers']> = {},
  times: { sentAt: number; receivedAt: number; elapsedMs?: number } = { sentAt: NOW, receivedAt: NOW },
  zone = 'UTC',
): AuthOutcome {
  const reply: AuthReply = {
    url: REPLY_URL,
    status,
    headers: { ...NO_HEADERS, ...headers },
    body: typeof body === 'string' ? { kind: 'text', text: body } : body,
    ...times,
    elapsedMs: times.elapsedMs ?? times.receivedAt - times.sentAt,
  }
  return readAuthReply(reply, { defaultTimeZone: zone })
}

export function jwtOf(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256' })}.${part(claims)}.sig`
}

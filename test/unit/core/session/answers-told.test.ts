/** Each answer is told as what it is, and means for a refresh what it must: one table for both. */
import { describe, expect, it } from 'vitest'
import type { AuthAnswer } from '../../../../electron/core/base/ports'
import { readAuthReply, type AuthReply } from '../../../../electron/core/session/auth-response'
import { asSentence, describeProblem, todoAt, writeDatesAs } from '../../../../electron/shared/wording'
import { BackOffice } from '../../../support/back-office'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const DAY = 86_400_000

interface Answered {
  readonly status: number
  readonly body?: string | AuthReply['body']
  readonly contentType?: string
  readonly retryAfter?: string
}

function answerTo({ status, body = '', contentType, retryAfter }: Answered): AuthAnswer {
  const { clockSkewMs: _unused, ...answer } = readAuthReply(
    {
      url: 'https://api.example.com/auth/refresh',
      status,
      headers: {
        contentType: contentType ?? null,
        date: null,
        location: null,
        retryAfter: retryAfter ?? null,
      },
      body: typeof body === 'string' ? { kind: 'text', text: body } : body,
      ...{ sentAt: NOW, receivedAt: NOW, elapsedMs: 0 },
    },
    { defaultTimeZone: 'UTC' },
  )
  return answer
}

function told(answered: Answered): string {
  const answer = answerTo(answered)
  if (answer.kind !== 'transient') throw new Error(`it is ${answer.kind}`)
  return asSentence(describeProblem(answer.problem))
}

const JWT = JSON.stringify({ data: { jwt: 'opaque' } })
const REPORT = 'Check the base URL; if it’s right, report this to the service operator.'

/** A 2xx without a session: the service may have replaced the refresh token. */
const AMBIGUOUS: readonly (readonly [name: string, answered: Answered, words: string])[] = [
  ['204', { status: 204 }, `The service’s response is invalid: it’s empty. ${REPORT}`],
  ['an empty 200', { status: 200 }, `The service’s response is invalid: it’s empty. ${REPORT}`],
  [
    'null',
    { status: 200, body: 'null' },
    `The service’s response is invalid: it’s JSON, but not an object. ${REPORT}`,
  ],
  [
    '[]',
    { status: 200, body: '[]' },
    `The service’s response is invalid: it’s JSON, but not an object. ${REPORT}`,
  ],
  ['words', { status: 200, body: 'OK' }, `The service’s response is invalid: it isn’t JSON. ${REPORT}`],
  [
    'a nested answer',
    { status: 200, body: JWT },
    `The service’s response is invalid: the JWT is nested inside another object. ${REPORT}`,
  ],
  [
    'over 1 MiB',
    { status: 200, body: { kind: 'too-large' } },
    `The service’s response is invalid: it’s larger than 1 MiB. ${REPORT}`,
  ],
  [
    'the sign-in page of a network',
    { status: 200, body: '<!doctype html><title>Sign in</title>' },
    'A web page answered instead of the service, often the network’s sign-in page or a proxy. Open a browser and sign in to the network if it asks, else check the base URL.',
  ],
]

/** Not processed, so the refresh token is what it was. */
const NOT_PROCESSED: typeof AMBIGUOUS = [
  [
    '401 with nothing',
    { status: 401 },
    'Something answered without the service’s own words (HTTP 401), often a proxy or a gateway. Check the base URL, and sign in to the network or VPN if asked.',
  ],
  [
    '410 in plain text',
    { status: 410, body: 'Gone', contentType: 'text/plain' },
    'Something answered without the service’s own words (HTTP 410), often a proxy or a gateway. Check the base URL, and sign in to the network or VPN if asked.',
  ],
  [
    '405 as a page',
    { status: 405, body: '<html>', contentType: 'text/html' },
    'A web page answered instead of the service (HTTP 405), often from a proxy or the network’s sign-in page. Check the base URL, and sign in to the network or VPN if asked.',
  ],
  ['402', { status: 402 }, `Unexpected response: the service asks for payment (HTTP 402). ${REPORT}`],
  [
    '418',
    { status: 418 },
    `Unexpected response: “I’m a teapot”, often from a firewall (HTTP 418). ${REPORT}`,
  ],
  [
    '451',
    { status: 451 },
    'Access to the service is blocked for legal reasons (HTTP 451). Try another network, or ask the service operator.',
  ],
  [
    '407',
    { status: 407 },
    'A proxy in between wants a user name and a password, so nothing was sent. Set it as the proxy in the system’s settings, so that TokenDesk can ask for them.',
  ],
  [
    '429',
    { status: 429 },
    'The service is limiting requests and wants you to wait (HTTP 429). Try again in a moment.',
  ],
]

describe('an answer is told as what it is', () => {
  it.each([...AMBIGUOUS, ...NOT_PROCESSED])('%s', (_name, answered, words) => {
    expect(told(answered)).toBe(words)
  })

  it('304 is no redirect: a cache has answered', () => {
    expect(told({ status: 304 })).toBe(
      `Unexpected response: a cache answered “Not Modified” (HTTP 304). ${REPORT}`,
    )
  })

  it('502 is the service’s own trouble, whatever page says so', () => {
    expect(told({ status: 502, body: '<html>' })).toBe(
      'The service is unavailable (HTTP 502). Try again in a moment.',
    )
  })

  it('511 is what a network says that wants somebody to sign in', () => {
    expect(told({ status: 511 })).toBe(
      'The network wants you to sign in before it lets anything through (HTTP 511). Open a browser, sign in to the network, and try again.',
    )
  })

  it.each([
    [429, 'The service is limiting requests and wants you to wait (HTTP 429).'],
    [503, 'The service is unavailable (HTTP 503).'],
  ])('%d with a time tells the time, and counts it down', (status, what) => {
    writeDatesAs('en-GB')
    const answer = answerTo({ status, retryAfter: '90' })
    const message = answer.kind === 'transient' ? describeProblem(answer.problem) : null
    expect(message).toMatchObject({ what, retryAt: NOW + 90_000 })
    expect(message?.todo).toMatch(/^Try again after \d\d:01\.$/u)
    const at = (now: number): string => todoAt(message ?? { todo: '' }, now)
    expect([at(NOW), at(NOW + 66_000), at(NOW + 90_000)]).toEqual([
      'Try again in 1 min.',
      'Try again in 24 s.',
      'Try again now.',
    ])
  })
})

describe('what an answer without a session means for the refresh token', () => {
  async function refreshed(answered: Answered): Promise<{ office: BackOffice; refreshes: number }> {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.mishap = ({ call }) => (call === 'refresh' ? { answer: answerTo(answered) } : null)
    await office.accounts.renew(id)
    await office.time.advance(2 * DAY)
    return { office, refreshes: office.service.requests.filter(({ call }) => call === 'refresh').length }
  }

  it.each(AMBIGUOUS)('%s: it may be replaced, so it is sent only once more', async (_name, answered) => {
    const { office, refreshes } = await refreshed(answered)
    expect(refreshes).toBe(2)
    expect(office.records.files.size).toBe(1)
  })

  it.each(NOT_PROCESSED)('%s: it is what it was, so it is tried again and again', async (_name, answered) => {
    const { refreshes } = await refreshed(answered)
    expect(refreshes).toBeGreaterThan(10)
  })
})

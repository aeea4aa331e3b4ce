import { describe, expect, test } from 'vitest'
import type { BaseUrlNotice, BaseUrlProblem } from '../../../electron/shared/base-url'
import type { Problem } from '../../../electron/shared/problem'
import * as wording from '../../../electron/shared/wording'
import { aJwt, anAccount, aPartner, aRefreshToken, NOW } from '../../support/builders'

const { SECOND, MINUTE, HOUR, DAY } = wording
const ZONE = 'UTC'
const clocks = { here: NOW, server: NOW }

describe('durations', () => {
  test.each([
    [0, '00:00:00'],
    [999, '00:00:00'],
    [1000, '00:00:01'],
    [HOUR - 1, '00:59:59'],
    [DAY, '24:00:00'],
    [1000 * HOUR, '41 d'],
    [-5, '00:00:00'],
  ])('countdown(%i) is %s', (ms, words) => {
    expect(wording.countdown(ms)).toBe(words)
  })

  test.each([
    [30 * SECOND, 'less than a minute'],
    [MINUTE, '1 min'],
    [HOUR, '1 h'],
    [23 * HOUR + 41 * MINUTE, '23 h 41 min'],
    [2 * DAY - 1, '47 h 59 min'],
    [29 * DAY, '29 days'],
  ])('lifeInWords(%i) is %s', (ms, words) => {
    expect(wording.lifeInWords(ms)).toBe(words)
  })

  test.each([
    [400, '1 s'],
    [24_900, '24 s'],
    [60_000, '1 min'],
    [HOUR, '1 h'],
  ])('waitInWords(%i) is %s', (ms, words) => {
    expect(wording.waitInWords(ms)).toBe(words)
  })
})

describe('dates', () => {
  test.each([
    [NOW, '09:00 today'],
    [NOW + DAY, '09:00 tomorrow'],
    [NOW - DAY, '09:00 yesterday'],
    [NOW + 29 * DAY, '09:00 on 23 Dec'],
    [NOW + 60 * DAY, '09:00 on 23 Jan 2027'],
  ])('moment(%i) is %s', (at, words) => {
    expect(wording.moment(at, NOW, ZONE)).toBe(words)
  })

  test.each([
    [NOW - HOUR, 'ended 08:00'],
    [NOW - DAY, 'ended 23 Nov'],
    [NOW - 400 * DAY, 'ended 20 Oct 2025'],
  ])('endedAt(%i) is %s', (at, words) => {
    expect(wording.endedAt(at, NOW, ZONE)).toBe(words)
  })

  test('the day is that of the reader’s zone', () => {
    const lateEvening = Date.UTC(2026, 10, 24, 23, 30)
    expect(wording.moment(lateEvening, NOW, 'Europe/Lisbon')).toBe('23:30 today')
    expect(wording.moment(lateEvening, NOW, 'Europe/Berlin')).toBe('00:30 tomorrow')
  })
})

describe('the health line', () => {
  const health = (account: Parameters<typeof wording.healthLine>[0]): string => {
    const { headline, rest } = wording.healthLine(account, clocks, ZONE)
    return `${headline} ${rest}`
  }

  test('of a partner', () => {
    const account = aPartner({ jwt: aJwt(23 * HOUR + 41 * MINUTE), refreshToken: aRefreshToken(29 * DAY) })
    expect(health(account)).toBe('Live for 23 h 41 min. Renews by refresh token, which dies on 23 Dec 2026.')
  })

  test('of a company that remembers its key', () => {
    expect(health(anAccount({ jwt: aJwt(6 * HOUR), remembersApiKey: true }))).toBe(
      'Live for 6 h. Has no refresh token: when the JWT ends, the remembered API key logs in again.',
    )
  })

  test('of a company that lives on time alone', () => {
    expect(health(anAccount({ jwt: aJwt(6 * HOUR) }))).toBe(
      'Live for 6 h. Has no refresh token and no remembered API key: when the JWT ends, it needs its API key.',
    )
  })

  test('of one that renews when used', () => {
    expect(health(aPartner({ jwt: aJwt(-HOUR), refreshToken: aRefreshToken(29 * DAY) }))).toBe(
      'The JWT ended at 08:00 today. Copying renews it first by refresh token, which dies on 23 Dec 2026.',
    )
  })

  test('of one whose next try is planned, by this machine’s clock', () => {
    const account = anAccount({ jwt: aJwt(HOUR), renewal: { phase: 'waiting', retryAt: NOW + 42 * SECOND } })
    const { rest } = wording.healthLine(account, { here: NOW, server: NOW + 10 * MINUTE }, ZONE)
    expect(rest).toBe('The last renewal failed. The next try is in 42 s.')
  })

  test('of one that needs its key', () => {
    expect(health(anAccount({ jwt: aJwt(-HOUR) }))).toBe(
      'Needs its API key. The JWT ended at 08:00 today. Enter the API key to get a new JWT.',
    )
  })
})

describe('problems', () => {
  const problems: Problem[] = [
    ...(['offline', 'dns', 'refused', 'proxy', 'tls', 'other'] as const).map(
      (reason) => ({ code: 'unreachable', reason, detail: 'x' }) as const,
    ),
    { code: 'no-answer', reason: 'timeout', detail: '' },
    { code: 'no-answer', reason: 'broken', detail: '' },
    { code: 'busy', status: 503 },
    { code: 'not-the-service', status: 403 },
    { code: 'nonsense', reason: 'not-json' },
    { code: 'redirected', status: 302, target: 'https://elsewhere.example' },
    { code: 'key-refused', status: 401 },
    { code: 'key-needed', reason: 'refresh-token-maybe-replaced' },
    { code: 'locked', reason: 'other-keyring' },
    { code: 'storage-unwritable', afterAnswer: true, detail: 'ENOSPC' },
    { code: 'storage-unwritable', afterAnswer: false, detail: 'ENOSPC' },
  ]

  test.each(problems)('$code $reason: what happened and what to do are two whole sentences', (problem) => {
    const { what, todo } = wording.told(problem)
    expect(what).toMatch(/^[A-Z].*[.]$/u)
    expect(todo).toMatch(/^[A-Z].*[.]$/u)
    expect(wording.problemInShort(problem).length).toBeLessThanOrEqual(40)
  })

  test('a token that may have been replaced is said to be that', () => {
    expect(
      wording.asSentence(wording.told({ code: 'key-needed', reason: 'refresh-token-maybe-replaced' })),
    ).toBe(
      'The service may have replaced this token while the connection broke. Enter the API key once to go on.',
    )
  })

  test('a redirect names its target', () => {
    const problem = { code: 'redirected', status: 302, target: 'https://elsewhere.example' } as const
    expect(wording.told(problem).what).toContain('https://elsewhere.example')
  })

  test.each(['internal', 'forbidden', 'invalid-message', 'not-found'] as const)('%s has words', (code) => {
    expect(wording.asSentence(wording.toldOfCall({ code }))).toMatch(/[.]$/u)
  })
})

describe('fields', () => {
  const baseUrlProblems: BaseUrlProblem[] = [
    'empty',
    'too-long',
    'inner-whitespace',
    'no-scheme',
    'other-scheme',
    'not-https',
    'credentials',
    'query-or-fragment',
    'endpoint-included',
    'bad-port',
    'malformed',
  ]

  test.each(baseUrlProblems)('a base URL that is %s has words of its own', (reason) => {
    expect(wording.baseUrlProblem(reason)).not.toBe(wording.baseUrlProblem('never heard of'))
  })

  test.each([
    ['name', 'duplicate'],
    ['name', 'empty'],
    ['name', 'control-character'],
    ['apiKey', 'inner-whitespace'],
    ['environmentId', 'unknown'],
    ['partnerId', 'unknown'],
    ['baseUrl', 'duplicate'],
    ['name', 'a reason from the future'],
  ] as const)('%s %s ends as a sentence', (field, reason) => {
    expect(wording.fieldProblem({ field, reason })).toMatch(/^[A-Z].*[.]$/u)
  })

  test.each<[BaseUrlNotice, string]>([
    [{ code: 'trailing-slash-removed' }, 'slash'],
    [{ code: 'path-kept', path: '/v2' }, '/v2/auth/login'],
    [{ code: 'host-in-ascii', host: 'xn--bcher-kva.example' }, 'xn--bcher-kva.example'],
  ])('notice %o names %s', (notice, part) => {
    expect(wording.baseUrlNotice(notice)).toContain(part)
  })
})

describe('two ends of one JWT', () => {
  test.each([
    [2 * HOUR, 'UTC', 'UTC+02:00'],
    [-3 * HOUR - 30 * MINUTE, 'UTC', 'UTC-03:30'],
    [2 * HOUR + 40 * SECOND, 'UTC', 'UTC+02:00'],
    [HOUR, '+01:00', 'UTC+02:00'],
  ])('a difference of %i ms read as %s is explained by %s', (difference, zone, offset) => {
    expect(wording.claimDifference(difference, zone)).toContain(offset)
  })

  test.each([
    [7 * MINUTE, 'UTC'],
    [20 * HOUR, 'UTC'],
    [2 * HOUR, 'Europe/Berlin'],
  ])('a difference of %i ms in %s is told, but not explained', (difference, zone) => {
    expect(wording.claimDifference(difference, zone)).toContain('The earlier time counts.')
    expect(wording.claimDifference(difference, zone)).not.toContain('would fit')
  })
})

describe('messages', () => {
  test('production is named, other environments are not', () => {
    expect(wording.jwtCopied('ACME', null)).toBe('JWT of ACME copied')
    expect(wording.jwtCopied('ACME', 'Production')).toBe('JWT of ACME (Production) copied')
  })

  test('a name from right to left does not turn the sentence around', () => {
    expect(wording.jwtCopied('שלום', null)).toBe('JWT of \u2068שלום\u2069 copied')
  })

  test.each([
    [0, null, 'Partner'],
    [1, null, 'Partner · 1 company'],
    [4, null, 'Partner · 4 companies'],
  ])('a partner with %i companies', (companies, partner, words) => {
    expect(wording.kindLine('partner', companies, partner)).toBe(words)
  })

  test.each([
    ['gnome_libsecret', 'GNOME Keyring'],
    ['kwallet6', 'KWallet'],
    ['keychain', 'macOS Keychain'],
    ['dpapi', 'Windows data protection'],
    ['something_new', 'something_new'],
  ])('%s is known as %s', (backend, words) => {
    expect(wording.backendName(backend)).toBe(words)
  })
})

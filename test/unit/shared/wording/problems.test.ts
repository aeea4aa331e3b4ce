import { describe, expect, test } from 'vitest'
import type { BaseUrlNotice, BaseUrlProblem } from '../../../../electron/shared/base-url'
import { NOT_FOUND } from '../../../../electron/shared/ipc/result'
import { UNSAVED, type Problem } from '../../../../electron/shared/problem'
import * as wording from '../../../../electron/shared/wording'

const { SECOND, MINUTE, HOUR } = wording

describe('problems', () => {
  const problems: Problem[] = [
    ...(['offline', 'dns', 'refused', 'proxy', 'tls', 'other'] as const).map(
      (reason) => ({ code: 'unreachable', reason, detail: 'x' }) as const,
    ),
    { code: 'no-answer', reason: 'timeout', detail: '' },
    { code: 'no-answer', reason: 'broken', detail: '' },
    { code: 'service-unavailable', status: 503 },
    { code: 'unexpected-status', status: 418 },
    { code: 'unexpected-status', status: 451 },
    { code: 'not-the-service', status: 403, isPage: true },
    { code: 'invalid-response', reason: 'not-json' },
    { code: 'redirected', status: 302, target: 'https://elsewhere.example' },
    { code: 'key-refused', status: 401 },
    { code: 'key-needed', reason: 'refresh-token-maybe-replaced' },
    { code: 'locked', reason: 'other-keyring' },
    { code: 'locked', reason: 'keyring-unavailable' },
    { code: 'storage-unwritable', what: 'session', afterAnswer: true, detail: 'ENOSPC' },
    ...UNSAVED.map(
      (what) => ({ code: 'storage-unwritable', what, afterAnswer: false, detail: 'ENOSPC' }) as const,
    ),
  ]

  test.each(problems)('$code $reason: what happened and what to do are two whole sentences', (problem) => {
    const { what, todo } = wording.describeProblem(problem)
    expect(what).toMatch(/^[A-Z].*[.]$/u)
    expect(todo).toMatch(/^[A-Z].*[.]$/u)
    expect(`${what} ${todo}`.match(/[.!?](?= |$)/gu)).toHaveLength(2)
    expect(wording.problemInShort(problem).length).toBeLessThanOrEqual(40)
  })

  test('a token that may have been replaced is said to be that', () => {
    expect(
      wording.asSentence(
        wording.describeProblem({ code: 'key-needed', reason: 'refresh-token-maybe-replaced' }),
      ),
    ).toBe(
      'The service may have replaced this token while the connection broke. Enter the API key to continue.',
    )
  })

  test.each<[Problem, string]>([
    [{ code: 'not-the-service', status: 401, isPage: true }, 'Proxy or sign-in page in the way'],
    [{ code: 'not-the-service', status: 401, isPage: false }, 'Not the service’s own response'],
    [{ code: 'unreachable', reason: 'proxy', detail: 'HTTP 407' }, 'Proxy wants a password'],
    [{ code: 'unreachable', reason: 'proxy', detail: 'ERR_PROXY_CONNECTION_FAILED' }, 'Can’t use the proxy'],
  ])('%o is the same in the few words of a row', (problem, words) => {
    expect(wording.problemInShort(problem)).toBe(words)
  })

  test('a redirect withholds the token of a renewal as well as a key', () => {
    const problem: Problem = { code: 'redirected', status: 302, target: '' }
    expect(wording.describeProblem(problem).what).toContain('no API key or token is sent elsewhere')
  })

  test('451 is said to be what it is, another status that is not the service’s not to be busy', () => {
    const words = (status: number): string =>
      wording.asSentence(wording.describeProblem({ code: 'unexpected-status', status }))
    expect(words(451)).toBe(
      'Access to the service is blocked for legal reasons (HTTP 451). Try another network, or ask the service operator.',
    )
    expect(wording.problemInShort({ code: 'unexpected-status', status: 451 })).toBe(
      'Blocked for legal reasons',
    )
    expect(words(418)).toContain('HTTP 418')
    expect(words(418)).not.toMatch(/busy|fault|legal/u)
  })

  test('a redirect names its target', () => {
    const problem = { code: 'redirected', status: 302, target: 'https://elsewhere.example' } as const
    expect(wording.describeProblem(problem).what).toContain('https://elsewhere.example')
  })

  test.each(NOT_FOUND)('what is no longer there is named: %s', (what) => {
    expect(wording.asSentence(wording.describeCallError({ code: 'not-found', what }))).toContain(what)
  })

  test.each(['internal', 'forbidden', 'invalid-message'] as const)('%s has words', (code) => {
    expect(wording.asSentence(wording.describeCallError({ code }))).toMatch(/[.]$/u)
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
    ['apiKey', 'invisible-character'],
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
  ])('a difference of %i ms in %s is shown, but not explained', (difference, zone) => {
    expect(wording.claimDifference(difference, zone)).toContain('The earlier time counts.')
    expect(wording.claimDifference(difference, zone)).not.toContain('may be in')
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

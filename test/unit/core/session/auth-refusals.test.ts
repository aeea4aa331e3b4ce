/** Answers that grant nothing: the outcome table of auth-api.md, rule 5, from its third row. */
import { describe, expect, it } from 'vitest'
import { MAX_RETRY_AFTER_MS, type AuthReply } from '../../../../electron/core/session/auth-response'
import { readReply } from '../../../support/auth-replies'

const REFUSALS = [400, 401, 403, 404, 405, 410, 422, 501]

describe('rows 3 and 4: refusals with a JSON body', () => {
  it.each(REFUSALS)('%d refuses', (status) => {
    expect(readReply(status, '{"error":"no"}')).toEqual({ kind: 'refused', status, clockSkewMs: null })
  })

  it.each([
    ['an empty object', '{}', null],
    ['a list', '[]', 'text/plain'],
    ['text that is declared as JSON', '"no"', 'application/json; charset=utf-8'],
    ['null that is declared as a kind of JSON', 'null', 'application/problem+json'],
  ])('%s counts as JSON', (_name, body, contentType) => {
    expect(readReply(401, body, { contentType }).kind).toBe('refused')
  })
})

describe('row 5: refusals without a JSON body come from a proxy', () => {
  it.each(REFUSALS)('%d', (status) => {
    expect(readReply(status, '<html>Log in</html>', { contentType: 'text/html' })).toEqual({
      kind: 'transient',
      problem: { code: 'not-the-service', status, isPage: true },
      retryAfterMs: null,
      mayHaveArrived: false,
      clockSkewMs: null,
    })
  })

  it.each<[string, string | AuthReply['body'], string | null]>([
    ['no body', '', 'application/json'],
    ['a number that isn’t declared as JSON', '404', 'text/plain'],
    ['text that isn’t declared as JSON', '"x"', null],
    ['a body that wasn’t read to its end', { kind: 'too-large' }, 'application/json'],
    ['bytes', { kind: 'not-text' }, 'application/json'],
  ])('%s, which is no page', (_name, body, contentType) => {
    expect(readReply(401, body, { contentType })).toMatchObject({
      problem: { code: 'not-the-service', status: 401, isPage: false },
    })
  })

  it.each([
    ['by its type', 'Log in', 'text/html; charset=utf-8'],
    ['by its first letter', '\n<!doctype html>', 'application/json'],
  ])('a page, %s', (_name, body, contentType) => {
    expect(readReply(401, body, { contentType })).toMatchObject({ problem: { isPage: true } })
  })
})

describe('row 6: busy or broken', () => {
  it.each([
    [408, false],
    [425, false],
    [429, false],
    [500, true],
    [502, true],
    [503, true],
    [504, true],
    [599, true],
  ])('%d is transient; a refresh may have rotated: %s', (status, mayHaveArrived) => {
    for (const body of ['{"error":"x"}', '<html>']) {
      expect(readReply(status, body)).toEqual({
        kind: 'transient',
        problem: { code: 'service-unavailable', status },
        retryAfterMs: null,
        mayHaveArrived,
        clockSkewMs: null,
      })
    }
  })

  it.each([100, 199, 304, 402, 406, 409, 411, 412, 413, 415, 418, 421, 423, 426, 428, 431, 451, 600, 999])(
    '%d isn’t in the table: for now too, but not said to be busy',
    (status) => {
      const problem = { code: 'unexpected-status', status }
      expect(readReply(status, '{}')).toMatchObject({ kind: 'transient', problem })
    },
  )

  it.each([
    ['0', 0],
    ['7', 7000],
    [' 120 ', 120_000],
    ['3600', MAX_RETRY_AFTER_MS],
    ['3601', MAX_RETRY_AFTER_MS],
    ['99999999999999999999999', MAX_RETRY_AFTER_MS],
    ['-1', null],
    ['1.5', null],
    ['0x10', null],
    ['1e3', null],
    ['soon', null],
    ['', null],
    ['Mon, 01 Jun 2026 12:00:30 GMT', 30_000],
    ['Mon, 01 Jun 2026 12:00:00 GMT', 0],
    ['Mon, 01 Jun 2026 11:59:59 GMT', null],
    ['Tue, 02 Jun 2026 12:00:00 GMT', MAX_RETRY_AFTER_MS],
  ])('Retry-After: %s', (retryAfter, expected) => {
    expect(readReply(503, '{}', { retryAfter })).toMatchObject({ retryAfterMs: expected })
    expect(readReply(429, '{}', { retryAfter })).toMatchObject({ retryAfterMs: expected })
  })

  it('compares a Retry-After date with the server’s clock, not with this machine’s', () => {
    const headers = { retryAfter: 'Mon, 01 Jun 2026 15:00:30 GMT', date: 'Mon, 01 Jun 2026 15:00:00 GMT' }
    expect(readReply(503, '{}', headers)).toMatchObject({ retryAfterMs: 30_000 })
  })
})

describe('row 7: redirects', () => {
  it.each([
    [301, 'https://other.example/auth/login', 'https://other.example/auth/login'],
    [302, '/login', 'https://api.example.com/login'],
    [303, 'login', 'https://api.example.com/v2/auth/login'],
    [307, '//other.example', 'https://other.example/'],
    [308, 'http://api.example.com/v2/auth/refresh', 'http://api.example.com/v2/auth/refresh'],
    [302, 'https://user:pw@other.example/x?token=secret#frag', 'https://other.example/x'],
    [302, 'http://[bad', ''],
    [302, '', ''],
    [302, null, ''],
    [300, null, ''],
    [399, null, ''],
  ])('%d to %s', (status, location, target) => {
    expect(readReply(status, '{"jwt":"a"}', { location })).toEqual({
      kind: 'redirected',
      status,
      target,
      clockSkewMs: null,
    })
  })
})

it('407 is a proxy’s, and the request did not arrive', () => {
  expect(readReply(407, '{}')).toMatchObject({
    problem: { code: 'unreachable', reason: 'proxy', detail: 'HTTP 407' },
    mayHaveArrived: false,
  })
})

import { describe, expect, it } from 'vitest'
import { parseHttpDate } from '../../../../electron/core/session/http-date'

describe('parseHttpDate', () => {
  it.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    [' Thu, 29 Feb 2024 23:59:59 GMT ', '2024-02-29T23:59:59.000Z'],
    ['Sat, 31 Dec 2016 23:59:60 GMT', '2017-01-01T00:00:00.000Z'],
  ])('%s', (text, expected) => {
    expect(new Date(parseHttpDate(text) ?? Number.NaN).toISOString()).toBe(expected)
  })

  it.each([
    '',
    '5',
    'now',
    '2026-06-01T12:00:00Z',
    'Sun, 30 Feb 2025 08:49:37 GMT',
    'Sun, 00 Nov 2025 08:49:37 GMT',
    'Sun, 06 Nov 1994 24:00:00 GMT',
    'Sun, 06 Nov 1994 08:60:00 GMT',
    'Sun, 06 Nov 1994 08:49:61 GMT',
    'Sun, 06 Nov 1994 08:49:37 UTC',
    'Sun, 06 Nov 1994 08:49:37 +0000',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:38 GMT',
  ])('makes nothing of "%s"', (text) => {
    expect(parseHttpDate(text)).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { isKnownZone, parseApiDate } from '../../../electron/shared/api-date'

function iso(value: unknown, zone = 'UTC'): string {
  const parsed = parseApiDate(value, zone)
  return parsed.ok ? new Date(parsed.value).toISOString() : parsed.reason
}

describe('a date with an offset', () => {
  it.each([
    ['2026-06-26T07:56:42.199+00:00', '2026-06-26T07:56:42.199Z'],
    ['2026-06-26T07:56:42.199Z', '2026-06-26T07:56:42.199Z'],
    ['2026-06-26T07:56:42-03:00', '2026-06-26T10:56:42.000Z'],
    ['2026-06-26T07:56:42+05:45', '2026-06-26T02:11:42.000Z'],
    ['2026-06-26T07:56:42-00:00', '2026-06-26T07:56:42.000Z'],
    ['2026-06-26T07:56:42+0200', '2026-06-26T05:56:42.000Z'],
    ['2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00.000Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['0099-01-01T00:00:00Z', '0099-01-01T00:00:00.000Z'],
  ])('%s is %s, whatever the zone', (text, expected) => {
    expect(iso(text)).toBe(expected)
    expect(iso(text, 'Asia/Tokyo')).toBe(expected)
  })
})

describe('fractions', () => {
  it.each(['', '.1', '.12', '.123', '.1239', '.12399', '.123999', '.1239999', '.12399999', '.123999999'])(
    '"%s" is cut to whole ms',
    (fraction) => {
      const ms = fraction.slice(1, 4).padEnd(3, '0')
      expect(iso(`2026-06-01T12:00:00${fraction}Z`)).toBe(`2026-06-01T12:00:00.${ms}Z`)
    },
  )
})

describe('a date without an offset', () => {
  it.each([
    ['UTC', '2026-06-01T12:00:00.000Z'],
    ['+02:00', '2026-06-01T10:00:00.000Z'],
    ['-09:30', '2026-06-01T21:30:00.000Z'],
    ['Europe/Berlin', '2026-06-01T10:00:00.000Z'],
    ['America/New_York', '2026-06-01T16:00:00.000Z'],
    ['Asia/Kathmandu', '2026-06-01T06:15:00.000Z'],
    ['Nowhere/Land', 'unknown-zone'],
    ['', 'unknown-zone'],
    ['+19:00', 'unknown-zone'],
  ])('in %s', (zone, expected) => {
    expect(iso('2026-06-01T12:00:00', zone)).toBe(expected)
  })

  it('may lack seconds that are zero', () => {
    expect(iso('2026-06-01T12:00')).toBe('2026-06-01T12:00:00.000Z')
  })

  it('keeps its fraction in a named zone', () => {
    expect(iso('2026-06-01T12:00:00.25', 'Europe/Berlin')).toBe('2026-06-01T10:00:00.250Z')
  })

  // Berlin leaps from 02:00 to 03:00 on 29 March 2026 and back from 03:00 to 02:00 on 25 October 2026, both at 01:00Z.
  it.each([
    ['the last moment before the gap', '2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z'],
    ['in the gap: the earlier reading', '2026-03-29T02:30:00', '2026-03-29T00:30:00.000Z'],
    ['the first moment after the gap', '2026-03-29T03:00:00', '2026-03-29T01:00:00.000Z'],
    ['the last moment before the overlap', '2026-10-25T01:59:59', '2026-10-24T23:59:59.000Z'],
    ['in the overlap: the earlier reading', '2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'],
    ['the first moment after the overlap', '2026-10-25T03:00:00', '2026-10-25T02:00:00.000Z'],
  ])('%s', (_name, local, expected) => {
    expect(iso(local, 'Europe/Berlin')).toBe(expected)
  })
})

describe('a date as servers in the field write it', () => {
  it.each([
    ['a space for the T', '2026-06-26 07:56:42.199+00:00', '2026-06-26T07:56:42.199Z'],
    ['a lower-case t', '2026-06-26t07:56:42.199+00:00', '2026-06-26T07:56:42.199Z'],
    ['a lower-case z', '2026-06-26T07:56:42.199z', '2026-06-26T07:56:42.199Z'],
    ['both in lower case', '2026-06-26t07:56:42z', '2026-06-26T07:56:42.000Z'],
    ['a leap second', '2026-06-30T23:59:60Z', '2026-07-01T00:00:00.000Z'],
    ['a leap second with a fraction', '2026-06-30T23:59:60.5Z', '2026-07-01T00:00:00.500Z'],
    ['a second 60 at any minute', '2026-06-26T07:56:60', '2026-06-26T07:57:00.000Z'],
    ['fifteen digits of a second', '2026-06-26T07:56:42.199999999999999Z', '2026-06-26T07:56:42.199Z'],
    ['more digits than any clock has', `2026-06-26T07:56:42.${'1'.repeat(500)}Z`, '2026-06-26T07:56:42.111Z'],
    ['a comma before the fraction', '2026-06-26T07:56:42,199Z', '2026-06-26T07:56:42.199Z'],
    ['no seconds', '2026-06-26T07:56Z', '2026-06-26T07:56:00.000Z'],
    ['no seconds and no offset', '2026-06-26 07:56', '2026-06-26T07:56:00.000Z'],
    ['an offset without its colon', '2026-06-26T07:56:42-0300', '2026-06-26T10:56:42.000Z'],
    ['an offset of hours alone', '2026-06-26 07:56:42.199+00', '2026-06-26T07:56:42.199Z'],
    ['a space before the offset', '2026-06-26 07:56:42 +0200', '2026-06-26T05:56:42.000Z'],
    ['a space before the Z', '2026-06-26 07:56:42 Z', '2026-06-26T07:56:42.000Z'],
    ['white space around it', ' 2026-06-26T07:56:42Z\r\n', '2026-06-26T07:56:42.000Z'],
  ])('%s', (_name, text, expected) => {
    expect(iso(text)).toBe(expected)
  })

  it('is in the environment’s zone without an offset, however it is written', () => {
    expect(iso('2026-06-26 07:56:42', '+02:00')).toBe('2026-06-26T05:56:42.000Z')
    expect(iso('2026-06-26t07:56:60', 'America/New_York')).toBe('2026-06-26T11:57:00.000Z')
  })
})

// The suite's own words; all that it calls valid is read, and of what it calls invalid only a leap second in a minute
// that has none.
describe('the date-times of the JSON Schema test suite', () => {
  it.each([
    ['1963-06-19T08:30:06.283185Z', '1963-06-19T08:30:06.283Z'],
    ['1963-06-19T08:30:06Z', '1963-06-19T08:30:06.000Z'],
    ['1937-01-01T12:00:27.87+00:20', '1937-01-01T11:40:27.870Z'],
    ['1990-12-31T15:59:50.123-08:00', '1990-12-31T23:59:50.123Z'],
    ['1998-12-31T23:59:60Z', '1999-01-01T00:00:00.000Z'],
    ['1998-12-31T15:59:60.123-08:00', '1999-01-01T00:00:00.123Z'],
    ['1963-06-19t08:30:06.283185z', '1963-06-19T08:30:06.283Z'],
    ['1985-04-12T00:59:59.999999999999999Z', '1985-04-12T00:59:59.999Z'],
    ['1998-12-31T23:58:60Z', '1998-12-31T23:59:00.000Z'],
    ['1998-12-31T22:59:60Z', '1998-12-31T23:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(iso(text)).toBe(expected)
  })

  it.each([
    ['1998-12-31T23:59:61Z', 'impossible'],
    ['1990-02-31T15:59:59.123-08:00', 'impossible'],
    ['1990-12-31T15:59:59-24:00', 'impossible'],
    ['1990-12-31T24:00:00Z', 'impossible'],
    ['1990-12-31T15:60:00Z', 'impossible'],
    ['1990-12-31T10:00:00+10:60', 'impossible'],
    ['1963-06-19T08:30:06.28123+01:00Z', 'shape'],
    ['06/19/1963 08:30:06 PST', 'shape'],
    ['2013-350T01:01:01', 'shape'],
    ['1963-6-19T08:30:06.283185Z', 'shape'],
    ['1963-06-1T08:30:06.283185Z', 'shape'],
    ['1963-06-1৪T00:00:00Z', 'shape'],
    ['1963-06-11T0৪:00:00Z', 'shape'],
    ['+11963-06-19T08:30:06.283185Z', 'shape'],
    [12, 'shape'],
    [13.7, 'shape'],
    [{}, 'shape'],
    [[], 'shape'],
    [false, 'shape'],
    [null, 'shape'],
  ])('%j is none: %s', (value, reason) => {
    expect(iso(value)).toBe(reason)
  })
})

describe('what is no date', () => {
  it.each([
    ['2026-02-30T00:00:00Z', 'impossible'],
    ['2026-02-29T00:00:00Z', 'impossible'],
    ['2026-04-31T00:00:00', 'impossible'],
    ['2026-00-10T00:00:00Z', 'impossible'],
    ['2026-13-01T00:00:00Z', 'impossible'],
    ['2026-01-00T00:00:00Z', 'impossible'],
    ['2026-01-01T24:00:00Z', 'impossible'],
    ['2026-01-01T25:00:00Z', 'impossible'],
    ['2026-01-01T00:60:00Z', 'impossible'],
    ['2026-01-01T00:00:61Z', 'impossible'],
    ['2026-01-01T00:00:00+25:00', 'impossible'],
    ['2026-01-01T00:00:00+18:01', 'impossible'],
    ['2026-01-01T00:00:00+01:60', 'impossible'],
    ['', 'shape'],
    [' ', 'shape'],
    ['2026-06-01T12:00:00Zjunk', 'shape'],
    ['2026-06-01T12:00:00.Z', 'shape'],
    ['2026-06-01T12:00:00  +00:00', 'shape'],
    ['2026-06-01T12:00.5Z', 'shape'],
    ['2026-06-01  12:00:00', 'shape'],
    ['2026-06-01T12', 'shape'],
    ['2026-06-01', 'shape'],
    ['2026-6-1T12:00:00Z', 'shape'],
    ['20260601T120000Z', 'shape'],
    ['２０２６-06-01T12:00:00Z', 'shape'],
    ['Mon, 01 Jun 2026 12:00:00 GMT', 'shape'],
    ['1780315200', 'shape'],
    [1_780_315_200_000, 'shape'],
    [null, 'shape'],
    [undefined, 'shape'],
    [{}, 'shape'],
    [['2026-06-01T12:00:00Z'], 'shape'],
    [new Date(0), 'shape'],
  ])('%j: %s', (value, reason) => {
    expect(iso(value)).toBe(reason)
  })
})

describe('isKnownZone', () => {
  it.each(['UTC', '+02:00', '-11:30', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+3'])(
    'knows %s',
    (zone) => {
      expect(isKnownZone(zone)).toBe(true)
    },
  )
  it.each(['', ' ', 'Mars/Base', '+2', '+02', '+0200', '02:00', '+25:00', '+01:99', 'UTC '])(
    'refuses "%s"',
    (zone) => {
      expect(isKnownZone(zone)).toBe(false)
    },
  )
})

import { describe, expect, it, test } from 'vitest'
import type { RegisteredClaim } from '../../../../electron/shared/claims'
import { COPY_FORMATS, type CopyFormat, type CopyProblem } from '../../../../electron/shared/copy-format'
import {
  claimMeaning,
  copiedAs,
  copyFormatName,
  describeCallError,
} from '../../../../electron/shared/wording'

describe('copy formats', () => {
  it('have a name each', () => {
    expect(new Set(COPY_FORMATS.map(copyFormatName)).size).toBe(COPY_FORMATS.length)
  })

  test.each<[CopyFormat, string]>([
    ['jwt', 'JWT of ACME copied'],
    ['header', 'R-Auth header for ACME copied'],
    ['curl-posix', 'curl command for ACME copied'],
    ['curl-powershell', 'curl command for ACME copied'],
    ['export-posix', 'Environment variable for ACME copied'],
    ['export-powershell', 'Environment variable for ACME copied'],
    ['httpie', 'HTTPie command for ACME copied'],
    ['postman', 'Postman environment for ACME copied'],
    ['bruno', 'Bruno environment for ACME copied'],
  ])('%s: %s', (format, words) => {
    expect(copiedAs(format, 'ACME', null)).toBe(words)
  })

  test.each(COPY_FORMATS)('%s of production says so', (format) => {
    expect(copiedAs(format, 'ACME', 'Production')).toMatch(/ACME \(Production\) copied$/u)
  })

  test('a name from right to left does not turn the sentence around', () => {
    expect(copiedAs('header', 'שלום', null)).toBe('R-Auth header for \u2068שלום\u2069 copied')
  })

  test.each<CopyProblem>(['not-a-header-value', 'not-in-this-format'])('%s says what to do', (problem) => {
    const { what, todo } = describeCallError({ code: 'cannot-copy', reason: problem })
    expect(what).toMatch(/^This JWT .+\.$/u)
    expect(todo).toMatch(/^(?:Copy|Select) .+\.$/u)
  })
})

test.each<[RegisteredClaim, string]>([
  ['iss', 'Issuer'],
  ['sub', 'Subject'],
  ['aud', 'Audience'],
  ['exp', 'Expires'],
  ['nbf', 'Not valid before'],
  ['iat', 'Issued'],
  ['jti', 'JWT ID'],
])('claim %s: %s', (claim, words) => {
  expect(claimMeaning(claim)).toBe(words)
})

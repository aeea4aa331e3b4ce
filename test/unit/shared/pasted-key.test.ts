import { describe, expect, it } from 'vitest'
import { damageOf, unwrapKey } from '../../../electron/shared/pasted-key'

const KEY = 'pk_live_9aF3.x-Y~Z+/=Q2f2'

describe('what surrounds a pasted API key is taken off', () => {
  it.each([
    [`"${KEY}"`, ['quotes']],
    [`'${KEY}'`, ['quotes']],
    [`\`${KEY}\``, ['quotes']],
    [`“${KEY}”`, ['quotes']],
    [`„${KEY}“`, ['quotes']],
    [`‘${KEY}’`, ['quotes']],
    [`«${KEY}»`, ['quotes']],
    [`="${KEY}"`, ['formula', 'quotes']],
    [`${KEY},`, ['delimiter']],
    [`${KEY};`, ['delimiter']],
    [`"${KEY}",`, ['delimiter', 'quotes']],
    [`apiKey: ${KEY}`, ['label']],
    [`"apiKey": "${KEY}",`, ['label', 'delimiter', 'quotes']],
    [`API key = ${KEY}`, ['label']],
    [`X-Api-Key: ${KEY}`, ['label']],
    [`Bearer ${KEY}`, ['label']],
    [`Authorization: Bearer ${KEY}`, ['label']],
    [` \u200b${KEY}\r\n`, ['unseen']],
    [`\t"${KEY} "\n`, ['unseen', 'quotes']],
  ])('%j', (typed, removed) => {
    expect(unwrapKey(typed)).toEqual({ key: KEY, removed })
  })
})

describe('what may belong to a key stays', () => {
  it.each([
    KEY,
    'key:1',
    `a"b`,
    `"a`,
    `a'`,
    '""',
    ',',
    ';',
    '"',
    '=',
    '',
    'Bearer',
    'apiKey:',
    'bearer-1',
    '=abc',
  ])('%j', (typed) => {
    expect(unwrapKey(typed)).toEqual({ key: typed, removed: [] })
  })
})

describe('what a program has made of a key is named', () => {
  it.each([
    ['1.23457E+17', 'number'],
    ['1,23457E+17', 'number'],
    ['5E20', 'number'],
    ['########', 'too-narrow'],
    ['#N/A', 'error-value'],
    ['#REF!', 'error-value'],
    ['#NAME?', 'error-value'],
    ['pk_live_9aF3…Q2f2', 'shortened'],
    ['pk_live_9aF3...', 'shortened'],
  ])('%s: %s', (key, damage) => {
    expect(damageOf(key)).toBe(damage)
  })

  it.each([KEY, '123456789', 'E20', '1E', '#1', 'a..b'])('%s is none', (key) => {
    expect(damageOf(key)).toBeNull()
  })
})

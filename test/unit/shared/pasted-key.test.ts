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
    [`»${KEY}«`, ['quotes']],
    [`„${KEY}”`, ['quotes']],
    [`”${KEY}”`, ['quotes']],
    [`"${KEY}”`, ['quotes']],
    [`’${KEY}’`, ['quotes']],
    [`‚${KEY}‘`, ['quotes']],
    [`「${KEY}」`, ['quotes']],
    [`{"apiKey":"${KEY}"}`, ['label', 'quotes']],
    [`{ "apiKey": "${KEY}" },`, ['delimiter', 'label', 'quotes']],
    [`“apiKey”: “${KEY}”`, ['label', 'quotes']],
    [`partnerApiKey: '${KEY}'`, ['label', 'quotes']],
    [`API-Schlüssel: ${KEY}`, ['label']],
    [`Clé d’API\u00a0: ${KEY}`, ['label']],
    [`Klucz API: ${KEY}`, ['label']],
    [`API Key：${KEY}`, ['label']],
    [`ACME_API_KEY=${KEY}`, ['label']],
    [`export ACME_EU_API_KEY="${KEY}"`, ['label', 'quotes']],
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
    '“a',
    `"a'`,
    '{"a":"b"}',
    'live_apikey:1',
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
    ['#NV', 'error-value'],
    ['#BEZUG!', 'error-value'],
    ['#VALEUR!', 'error-value'],
    ['#N/D', 'error-value'],
    ['#DZIEL/0!', 'error-value'],
    ['Err:502', 'error-value'],
    ['1.23456789012346E+017', 'number'],
    ['••••Q2f2', 'shortened'],
    ['********', 'shortened'],
    ['pk_live_9aF3…Q2f2', 'shortened'],
    ['pk_live_9aF3...', 'shortened'],
  ])('%s: %s', (key, damage) => {
    expect(damageOf(key)).toBe(damage)
  })

  it.each([KEY, '123456789', 'E20', '1E', '#1', 'a..b', '123e4567890123', '4e12345678', '#NVabc', 'a**b'])(
    '%s is none',
    (key) => {
      expect(damageOf(key)).toBeNull()
    },
  )
})

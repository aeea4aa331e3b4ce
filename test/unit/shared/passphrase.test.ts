import { expect, it } from 'vitest'
import { checkPassphrase, strengthOf } from '../../../electron/shared/passphrase'

it.each([
  ['', 'empty'],
  [' '.repeat(20), 'empty'],
  ['short', 'too-short'],
  ['11 letters!', 'too-short'],
  // Eleven characters, though more code units.
  ['🔑'.repeat(11), 'too-short'],
  ['x'.repeat(1001), 'too-long'],
])('%j can’t seal a backup: %s', (typed, reason) => {
  expect(checkPassphrase(typed)).toEqual({ ok: false, reason })
})

it.each(['12 letters !', ' spaces count ', '🔑'.repeat(12), 'x'.repeat(1000)])(
  '%j can, as it is',
  (typed) => {
    expect(checkPassphrase(typed)).toEqual({ ok: true, value: typed })
  },
)

it.each([
  ['', 'too-short'],
  ['11 letters!', 'too-short'],
  ['aaaaaaaaaaaa', 'weak'],
  ['abcdefghijklmnop', 'weak'],
  ['0123456789012345', 'weak'],
  ['ababababababab', 'weak'],
  ['a passphrase', 'fair'],
  ['Xk3!pq9Lm2#r', 'fair'],
  ['correct horse battery staple', 'strong'],
  ['🔑'.repeat(12), 'weak'],
])('%j is %s to the meter', (typed, strength) => {
  expect(strengthOf(typed)).toBe(strength)
})

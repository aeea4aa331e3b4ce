import { expect, it } from 'vitest'
import { checkPassphrase } from '../../../electron/shared/passphrase'

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

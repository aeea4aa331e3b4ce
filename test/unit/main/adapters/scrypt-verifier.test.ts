import { describe, expect, it } from 'vitest'
import { createScryptVerifier } from '../../../../electron/main/adapters/scrypt-verifier'
import { Secret } from '../../../../electron/shared/secret'

const PASSPHRASE = new Secret('correct horse battery staple')
const cheap = createScryptVerifier({ log2N: 4, r: 8, p: 1 })

describe('what a passphrase is checked against', () => {
  it(
    'has OWASP’s cost and a salt of its own, and shows nothing of the passphrase',
    { timeout: 60_000 },
    async () => {
      const verifier = createScryptVerifier()
      const known = await verifier.make(PASSPHRASE)
      expect(known).toMatchObject({ log2N: 17, r: 8, p: 1 })
      expect(JSON.stringify(known)).not.toContain('horse')
      expect((await verifier.make(PASSPHRASE)).hash).not.toBe(known.hash)
      expect(await verifier.isRight(PASSPHRASE, known)).toBe(true)
    },
  )

  it('is checked by the cost that it was made with', async () => {
    const known = await cheap.make(PASSPHRASE)
    const dearer = createScryptVerifier({ log2N: 6, r: 8, p: 1 })
    expect(await dearer.isRight(PASSPHRASE, known)).toBe(true)
    expect(await dearer.isRight(new Secret('wrong horse'), known)).toBe(false)
  })

  it('knows a passphrase in other code points', async () => {
    const known = await cheap.make(new Secret('caf\u00e9 au lait, deux fois'))
    expect(await cheap.isRight(new Secret('cafe\u0301 au lait, deux fois'), known)).toBe(true)
  })

  it.each([
    ['a hash cut short', { hash: 'AAAA' }],
    ['a cost that takes all memory', { log2N: 40 }],
    ['a cost that takes minutes', { p: 1_000 }],
    ['no cost', { log2N: 0 }],
  ])('is met by nothing when it has %s', async (_, damage) => {
    const known = await cheap.make(PASSPHRASE)
    expect(await cheap.isRight(PASSPHRASE, { ...known, ...damage })).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { createPassphraseSealer, type ScryptCost } from '../../../../electron/main/adapters/passphrase-sealer'
import { Secret } from '../../../../electron/shared/secret'

const PASSPHRASE = new Secret('correct horse battery staple')
/** So cheap that a file can be opened a thousand times. */
const cheap = createPassphraseSealer({ log2N: 4, r: 8, p: 1 })

const HEADER_LENGTH = 40
const TEXT = Buffer.from('{"accounts":["all of them"]}')

/** A file whose header has this cost. */
async function asking({ log2N, r, p }: ScryptCost): Promise<Uint8Array> {
  const file = Buffer.from(await cheap.seal(TEXT, PASSPHRASE))
  file.set([log2N, r, p], 9)
  return file
}

describe('an encrypted file', () => {
  it(
    'has OWASP’s cost in its header, opens with its passphrase, and shows nothing of what is in it',
    { timeout: 60_000 },
    async () => {
      const sealer = createPassphraseSealer()
      const file = Buffer.from(await sealer.seal(TEXT, PASSPHRASE))
      expect(file.toString('latin1', 0, 8)).toBe('TDBACKUP')
      expect([...file.subarray(8, 12)]).toEqual([1, 17, 8, 1])
      expect(file.includes('accounts')).toBe(false)
      expect(await sealer.open(file, PASSPHRASE)).toEqual({ ok: true, bytes: TEXT })
    },
  )

  it('is another one each time', async () => {
    const [a, b] = await Promise.all([cheap.seal(TEXT, PASSPHRASE), cheap.seal(TEXT, PASSPHRASE)])
    const salts = [a, b].map((file) => Buffer.from(file).toString('hex', 12, 28))
    const nonces = [a, b].map((file) => Buffer.from(file).toString('hex', 28, 40))
    expect(new Set([...salts, ...nonces]).size).toBe(4)
  })

  it('opens at whatever cost it was encrypted with', async () => {
    const file = await createPassphraseSealer({ log2N: 6, r: 2, p: 3 }).seal(TEXT, PASSPHRASE)
    expect(await cheap.open(file, PASSPHRASE)).toMatchObject({ ok: true })
  })

  it('opens with the same passphrase in other code points, as another keyboard types it', async () => {
    const file = await cheap.seal(TEXT, new Secret('Caf\u00e9 am Markt'))
    expect(await cheap.open(file, new Secret('Cafe\u0301 am Markt'))).toMatchObject({ ok: true })
  })

  it.each([0, 1, 1024 * 1024, 3 * 1024 * 1024 + 17])('holds %i bytes', async (length) => {
    const bytes = Buffer.alloc(length, 'x')
    const opened = await cheap.open(await cheap.seal(bytes, PASSPHRASE), PASSPHRASE)
    expect(opened.ok && Buffer.from(opened.bytes).equals(bytes)).toBe(true)
  })

  it('leaves the rest of the program a turn after each MiB', async () => {
    let turns = 0
    const count = (): NodeJS.Immediate => setImmediate(() => ((turns += 1), (next = count())))
    let next = count()
    await cheap.open(await cheap.seal(Buffer.alloc(8 * 1024 * 1024), PASSPHRASE), PASSPHRASE)
    clearImmediate(next)
    expect(turns).toBeGreaterThanOrEqual(16)
  })
})

describe('nothing comes out of', () => {
  const wrong = { ok: false, reason: 'wrong-passphrase-or-damaged' }

  it.each(['', 'correct horse battery stapl', 'Correct horse battery staple', `${PASSPHRASE.reveal()} `])(
    'a file under the passphrase %j',
    async (passphrase) => {
      expect(await cheap.open(await cheap.seal(TEXT, PASSPHRASE), new Secret(passphrase))).toEqual(wrong)
    },
  )

  it('a file that is cut short anywhere', async () => {
    const file = await cheap.seal(TEXT, PASSPHRASE)
    for (let length = 0; length < file.length; length += 1) {
      expect(await cheap.open(file.subarray(0, length), PASSPHRASE), String(length)).toEqual(
        length < 8
          ? { ok: false, reason: 'not-a-backup' }
          : length < HEADER_LENGTH + 16
            ? { ok: false, reason: 'damaged' }
            : wrong,
      )
    }
  })

  it('a large file that is cut short at each tenth', async () => {
    const file = await cheap.seal(Buffer.alloc(2_500_000, 'x'), PASSPHRASE)
    for (let tenth = 1; tenth < 10; tenth += 1) {
      expect(await cheap.open(file.subarray(0, (file.length * tenth) / 10), PASSPHRASE)).toEqual(wrong)
    }
  })

  it('a file with more behind it', async () => {
    expect(await cheap.open(Buffer.concat([await cheap.seal(TEXT, PASSPHRASE), TEXT]), PASSPHRASE)).toEqual(
      wrong,
    )
  })

  it('a file with any bit of it flipped', async () => {
    const file = Buffer.from(await cheap.seal(TEXT, PASSPHRASE))
    for (let bit = 0; bit < file.length * 8; bit += 1) {
      const flipped = Buffer.from(file)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      // Costs that a flipped header asks for are tested below, without paying them.
      const [log2N = 0, r = 0, p = 0] = flipped.subarray(9, 12)
      if (bit >> 3 >= 9 && bit >> 3 < 12 && 2 ** log2N * r * p > 2 ** 14) continue
      expect(await cheap.open(flipped, PASSPHRASE), `bit ${String(bit)}`).toMatchObject({ ok: false })
    }
  })

  it.each<[ScryptCost, string]>([
    [{ log2N: 19, r: 8, p: 1 }, '512 MiB'],
    [{ log2N: 255, r: 255, p: 255 }, 'everything'],
    [{ log2N: 63, r: 8, p: 1 }, 'more than there is'],
    [{ log2N: 17, r: 8, p: 255 }, 'minutes'],
    [{ log2N: 10, r: 255, p: 255 }, 'minutes in little memory'],
    [{ log2N: 0, r: 8, p: 1 }, 'no work at all'],
    [{ log2N: 4, r: 0, p: 1 }, 'no blocks'],
    [{ log2N: 4, r: 8, p: 0 }, 'no lanes'],
    [{ log2N: 16, r: 1, p: 1 }, 'what scrypt can’t do'],
  ])('a file that asks for %j: %s', async (cost) => {
    expect(await cheap.open(await asking(cost), PASSPHRASE)).toEqual({ ok: false, reason: 'damaged' })
  })

  it('a file that asks for another cost than it was encrypted with', async () => {
    expect(await cheap.open(await asking({ log2N: 5, r: 8, p: 1 }), PASSPHRASE)).toEqual(wrong)
  })

  it.each([
    ['nothing', '', 'not-a-backup'],
    ['text', 'name,environment,apiKey\n'.repeat(10), 'not-a-backup'],
    ['a name alone', 'TDBACKUP', 'damaged'],
    ['a version that never was', `TDBACKUP\0${'x'.repeat(100)}`, 'damaged'],
    ['a newer version', `TDBACKUP\u0002${'x'.repeat(100)}`, 'newer-version'],
  ])('%s', async (_case, text, reason) => {
    expect(await cheap.open(Buffer.from(text, 'latin1'), PASSPHRASE)).toEqual({ ok: false, reason })
  })
})

/** What can befall a file: a power cut, a failing disk, a sync program, a newer version, a slip of the hand. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Random } from '../../support/random'

export interface DamageKind {
  readonly name: string
  /** Damages `file`; `other` is another file of the profile. Returns the files that aren't what they were. */
  strike(file: string, other: string, random: Random): readonly string[]
}

const FOREIGN = [
  '[]',
  'null',
  '42',
  '"text"',
  '{}',
  '{"name":"elsewhere","version":"1.0.0"}',
  '<html></html>',
]

export const DAMAGE_KINDS: readonly DamageKind[] = [
  rewriting('cut short', (bytes, random) => bytes.subarray(0, random.int(1, bytes.length - 1))),
  rewriting('empty', () => Buffer.alloc(0)),
  rewriting('zeros', (bytes) => Buffer.alloc(bytes.length)),
  rewriting('zeros to its end', (bytes, random) => {
    const zeros = Buffer.from(bytes)
    return zeros.fill(0, random.int(0, bytes.length - 1))
  }),
  rewriting('one bit flipped', (bytes, random) => flipped(bytes, 1, random)),
  rewriting('bits flipped', (bytes, random) => flipped(bytes, random.int(2, 16), random)),
  rewriting('noise', (bytes, random) => Buffer.from(bytes.map(() => random.int(0, 255)))),
  rewriting('foreign', (_, random) => Buffer.from(random.pick(FOREIGN))),
  rewriting('of a newer version', (bytes, random) =>
    Buffer.from(
      bytes.toString('utf8').replace(/"version":\s*\d+/u, `"version": ${String(random.int(2, 99))}`),
    ),
  ),
  rewriting('written twice', (bytes) => Buffer.concat([bytes, bytes])),
  {
    name: 'another file in its place',
    strike(file, other) {
      copyFileSync(other, file)
      return [file]
    },
  },
  {
    name: 'swapped with another',
    strike(file, other) {
      const [bytes, others] = [readFileSync(file), readFileSync(other)]
      writeFileSync(file, others)
      writeFileSync(other, bytes)
      return [file, other]
    },
  },
  {
    name: 'removed',
    strike(file) {
      rmSync(file)
      return [file]
    },
  },
  {
    name: 'a folder in its place',
    strike(file) {
      rmSync(file)
      mkdirSync(file)
      return [file]
    },
  },
]

function rewriting(name: string, change: (bytes: Buffer, random: Random) => Buffer): DamageKind {
  return {
    name,
    strike(file, _, random) {
      writeFileSync(file, change(readFileSync(file), random))
      return [file]
    },
  }
}

function flipped(bytes: Buffer, bits: number, random: Random): Buffer {
  const changed = Buffer.from(bytes)
  for (let flip = 0; flip < bits; flip += 1) {
    const place = random.int(0, changed.length - 1)
    changed.writeUInt8(changed.readUInt8(place) ^ (1 << random.int(0, 7)), place)
  }
  return changed
}

/** What a compromised window could send: anything that the structured clone passes. */
import fc from 'fast-check'

const NAMES = ['id', 'name', '__proto__', 'constructor', 'prototype', 'toString', 'then', 'apiKey', '0']

const ODD_VALUES: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => -0,
  () => -1,
  () => 2 ** 53,
  () => 1e308,
  () => 10n ** 30n,
  () => true,
  () => '',
  () => ' ',
  () => '\0',
  () => '\ud800',
  () => '__proto__',
  () => '../../../etc/passwd',
  () => '%2e%2e%2ftokendesk.json',
  () => 'x'.repeat(150_000),
  () => '\u202e'.repeat(2_000),
  () => [],
  () => Array.from({ length: 3_000 }, () => 'x'),
  () => new Array<string>(4_000_000_000),
  () => ({}),
  () => Object.create(null) as unknown,
  () =>
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as unknown,
  () => new Map([['id', 'x']]),
  () => new Set(['id']),
  () => new Date(Number.NaN),
  () => /(a+)+$/u,
  () => new Error('an error as an input'),
  () => Object('boxed') as unknown,
  () => new Uint8Array(5_000),
  () => new Float64Array([Number.NaN, 1]),
  () => new ArrayBuffer(64),
  () => cyclic(),
  () => nested(500),
]

function cyclic(): unknown {
  const ring: { self?: unknown; id: string } = { id: 'x' }
  ring.self = ring
  return ring
}

function nested(depth: number): unknown {
  let inner: unknown = 'x'
  for (let level = 0; level < depth; level += 1) inner = level % 2 === 0 ? [inner] : { id: inner }
  return inner
}

/** A value that no call expects. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...ODD_VALUES).map((make) => make()) },
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
    withSparseArray: true,
  }),
)

interface Blow {
  readonly how: 'replace' | 'remove' | 'add' | 'repeat'
  /** The index among the message's positions, modulo their number. */
  readonly at: number
  readonly name: string
  readonly value: unknown
}

const blow: fc.Arbitrary<Blow> = fc.record({
  how: fc.constantFrom('replace', 'remove', 'add', 'repeat'),
  at: fc.nat(50),
  name: fc.constantFrom(...NAMES),
  value: oddValue,
})

/** Messages with up to three defects: a wrong value, a missing field, an additional one, something repeated. */
export function battered(message: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(message, fc.array(blow, { minLength: 1, maxLength: 3 }))
    .map(([whole, blows]) => blows.reduce(strike, whole))
}

type Holder = Record<string, unknown>

function strike(message: unknown, { how, at, name, value }: Blow): unknown {
  const places = placesIn(message)
  const place = places[at % (places.length + 1)]
  if (place === undefined) return how === 'repeat' ? [message, message] : how === 'remove' ? undefined : value
  const { holder, key } = place
  switch (how) {
    case 'replace':
      holder[key] = value
      break
    case 'remove':
      Reflect.deleteProperty(holder, key)
      break
    case 'add':
      // As an own field, whatever its name.
      Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true })
      break
    case 'repeat':
      holder[key] = Array.from({ length: 200 }, () => holder[key])
  }
  return message
}

/** All positions in plain objects and arrays, two levels deep: no call has deeper ones. */
function placesIn(message: unknown, levels = 2): { holder: Holder; key: string }[] {
  if (levels === 0 || !isHolder(message)) return []
  return Object.keys(message).flatMap((key) => [
    { holder: message, key },
    ...placesIn(message[key], levels - 1),
  ])
}

function isHolder(value: unknown): value is Holder {
  if (Array.isArray(value)) return value.length < 1_000
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

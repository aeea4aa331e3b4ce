/**
 * Messages of D-Bus as bytes (D-Bus specification, "Message Protocol"), as far as a client needs them that puts a few
 * questions: it writes the types of those, and reads whatever it is told.
 */

/** The questions' types. */
export type WrittenSignature = '' | 's' | 'o' | 'u' | 'ss' | 'ao' | 'susssasa{sv}i'

export type Written = string | number | boolean | readonly Written[] | Variant | WrittenDictionary

/** A value with its type, where the specification leaves that to who writes it. */
export interface Variant {
  readonly type: 's' | 'b' | 'y'
  readonly value: string | number | boolean
}

/** `a{sv}` */
export type WrittenDictionary = ReadonlyMap<string, Variant>

export interface Outgoing {
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly member: string
  readonly signature?: WrittenSignature
  readonly body?: readonly Written[]
}

export interface Incoming {
  readonly kind: 'call' | 'reply' | 'error' | 'signal' | 'other'
  readonly replySerial: number | null
  readonly path: string
  readonly interface: string
  readonly member: string
  readonly errorName: string
  readonly body: readonly unknown[]
}

const LITTLE = 'l'.charCodeAt(0)
const KINDS = ['other', 'call', 'reply', 'error', 'signal'] as const
const VERSION = 1
const FIELD = {
  path: 1,
  interface: 2,
  member: 3,
  errorName: 4,
  replySerial: 5,
  destination: 6,
  signature: 8,
} as const
/** No expected response is this long. */
const MESSAGE_MAX_BYTES = 1024 * 1024
const DEPTH_MAX = 16

/** A method call that expects a reply. */
export function callBytes(serial: number, call: Outgoing): Buffer {
  const body = new Writer()
  const { signature = '', body: values = [] } = call
  for (const [index, type] of typesOf(signature).entries()) body.value(type, values[index])
  const header = new Writer()
  header.bytes(Buffer.from([LITTLE, KINDS.indexOf('call'), 0, VERSION]))
  header.uint32(body.length)
  header.uint32(serial)
  const fields = new Writer()
  fields.field(FIELD.path, 'o', call.path)
  fields.field(FIELD.interface, 's', call.interface)
  fields.field(FIELD.member, 's', call.member)
  fields.field(FIELD.destination, 's', call.destination)
  if (signature !== '') fields.field(FIELD.signature, 'g', signature)
  header.uint32(fields.length)
  header.align(8)
  header.bytes(fields.done())
  header.align(8)
  return Buffer.concat([header.done(), body.done()])
}

/** The first message of the received bytes and the rest; null until it is complete. Throws on invalid bytes. */
export function takeMessage(
  bytes: Buffer,
): { readonly message: Incoming; readonly serial: number; readonly rest: Buffer } | null {
  if (bytes.length < 16) return null
  const isLittle = bytes[0] === LITTLE
  const head = new Reader(bytes, 4, isLittle)
  const bodyLength = head.uint32()
  const serial = head.uint32()
  const fieldsLength = head.uint32()
  const bodyAt = Math.ceil((16 + fieldsLength) / 8) * 8
  const end = bodyAt + bodyLength
  if (bytes[3] !== VERSION || end > MESSAGE_MAX_BYTES) throw new Error('not a message of D-Bus')
  if (bytes.length < end) return null
  const fields = new Map<number, unknown>()
  const reader = new Reader(bytes.subarray(0, 16 + fieldsLength), 16, isLittle)
  while (reader.isMore) {
    reader.align(8)
    const code = reader.byte()
    fields.set(code, reader.value('v'))
  }
  const text = (code: number): string => {
    const value = fields.get(code)
    return typeof value === 'string' ? value : ''
  }
  const replySerial = fields.get(FIELD.replySerial)
  const body = new Reader(bytes.subarray(bodyAt, end), 0, isLittle)
  const message: Incoming = {
    kind: KINDS[bytes[1] ?? 0] ?? 'other',
    replySerial: typeof replySerial === 'number' ? replySerial : null,
    path: text(FIELD.path),
    interface: text(FIELD.interface),
    member: text(FIELD.member),
    errorName: text(FIELD.errorName),
    body: typesOf(text(FIELD.signature)).map((type) => body.value(type)),
  }
  return { message, serial, rest: bytes.subarray(end) }
}

/** `a{sv}u` is `a{sv}` and `u`. */
function typesOf(signature: string): readonly string[] {
  const types: string[] = []
  for (let at = 0; at < signature.length;) {
    const end = endOfType(signature, at)
    types.push(signature.slice(at, end))
    at = end
  }
  return types
}

function endOfType(signature: string, at: number): number {
  const code = signature[at]
  if (code === undefined) throw new Error('a signature breaks off')
  if (code === 'a') return endOfType(signature, at + 1)
  const close = code === '(' ? ')' : code === '{' ? '}' : null
  if (close === null) return at + 1
  let next = at + 1
  while (signature[next] !== close) next = endOfType(signature, next)
  return next + 1
}

class Writer {
  readonly #parts: Buffer[] = []
  length = 0

  bytes(part: Buffer): void {
    this.#parts.push(part)
    this.length += part.length
  }

  align(size: number): void {
    this.bytes(Buffer.alloc((size - (this.length % size)) % size))
  }

  uint32(value: number): void {
    this.align(4)
    const part = Buffer.alloc(4)
    part.writeUInt32LE(value)
    this.bytes(part)
  }

  /** Throws for a value that is not of the type. */
  value(type: string, value: unknown): void {
    switch (type) {
      case 's':
      case 'o':
        this.#text(value)
        return
      case 'u':
      case 'i':
        this.uint32(numberOf(value) >>> 0)
        return
      case 'b':
        this.uint32(value === true ? 1 : 0)
        return
      case 'y':
        this.bytes(Buffer.from([numberOf(value)]))
        return
      case 'as':
      case 'ao':
        this.#array(4, listOf(value), (item) => {
          item.text.value(type.slice(1), item.value)
        })
        return
      case 'a{sv}':
        this.#array(8, dictionaryOf(value), ({ text, value: [key, variant] }) => {
          text.align(8)
          text.value('s', key)
          text.bytes(Buffer.from([1, variant.type.charCodeAt(0), 0]))
          text.value(variant.type, variant.value)
        })
        return
      default:
        throw new Error('not written by this client')
    }
  }

  #text(value: unknown): void {
    if (typeof value !== 'string') throw new Error('not a string')
    const text = Buffer.from(value)
    this.uint32(text.length)
    this.bytes(Buffer.concat([text, Buffer.alloc(1)]))
  }

  /** Its length does not count what aligns its first item. */
  #array<Item>(
    alignment: number,
    values: readonly Item[],
    write: (item: { readonly text: Writer; readonly value: Item }) => void,
  ): void {
    const items = new Writer()
    for (const value of values) write({ text: items, value })
    this.uint32(items.length)
    this.align(alignment)
    this.bytes(items.done())
  }

  /** A header field: its code, and a variant. */
  field(code: number, type: 's' | 'o' | 'g', value: string): void {
    this.align(8)
    this.bytes(Buffer.from([code, 1, type.charCodeAt(0), 0]))
    if (type === 'g')
      this.bytes(Buffer.concat([Buffer.from([value.length]), Buffer.from(value), Buffer.alloc(1)]))
    else this.value(type, value)
  }

  done(): Buffer {
    return Buffer.concat(this.#parts)
  }
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number') throw new Error('not a number')
  return value
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error('not a list')
  return value
}

function dictionaryOf(value: unknown): readonly (readonly [string, Variant])[] {
  if (!(value instanceof Map)) throw new Error('not a dictionary')
  return [...(value as WrittenDictionary)]
}

class Reader {
  constructor(
    private readonly bytes: Buffer,
    private at: number,
    private readonly isLittle: boolean,
  ) {}

  get isMore(): boolean {
    return this.at < this.bytes.length
  }

  align(size: number): void {
    this.at = Math.ceil(this.at / size) * size
  }

  byte(): number {
    return this.bytes.readUInt8(this.#step(1))
  }

  uint32(): number {
    const at = this.#step(4, 4)
    return this.isLittle ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at)
  }

  /** Other numbers are skipped, as nothing here reads them. */
  value(type: string, depth = 0): unknown {
    if (depth > DEPTH_MAX) throw new Error('nested too deep')
    switch (type.charAt(0)) {
      case 'y':
        return this.byte()
      case 'b':
        return this.uint32() !== 0
      case 'u':
        return this.uint32()
      case 'i':
      case 'h':
        return void this.#step(4, 4)
      case 'n':
      case 'q':
        return void this.#step(2, 2)
      case 'x':
      case 't':
      case 'd':
        return void this.#step(8, 8)
      case 's':
      case 'o':
        return this.#text(this.uint32())
      case 'g':
        return this.#text(this.byte())
      case 'v': {
        const [inner = '', ...more] = typesOf(this.#text(this.byte()))
        if (more.length > 0) throw new Error('a variant of more than one type')
        return this.value(inner, depth + 1)
      }
      case 'a':
        return this.#array(type.slice(1), depth)
      case '(':
      case '{':
        this.align(8)
        return typesOf(type.slice(1, -1)).map((each) => this.value(each, depth + 1))
      default:
        throw new Error('an unknown type')
    }
  }

  #array(type: string, depth: number): unknown[] {
    const length = this.uint32()
    this.align('xtd({'.includes(type[0] ?? '') ? 8 : 1)
    const end = this.at + length
    const items: unknown[] = []
    while (this.at < end) {
      const before = this.at
      items.push(this.value(type, depth + 1))
      if (this.at === before) throw new Error('items of no length')
    }
    return items
  }

  #text(length: number): string {
    const at = this.#step(length + 1)
    return this.bytes.toString('utf8', at, at + length)
  }

  #step(size: number, alignment = 1): number {
    this.align(alignment)
    const { at } = this
    this.at += size
    if (this.at > this.bytes.length) throw new Error('a message breaks off')
    return at
  }
}

/**
 * Wayland's wire format, for messages without file descriptors (wayland.freedesktop.org, "Wire Format"): words of 32
 * bits in native byte order; strings with their length and a trailing zero, padded to a word.
 */
import { endianness } from 'node:os'

const isLittle = endianness() === 'LE'

/** Compositors send no larger ones. */
const STRING_LIMIT = 4_096
const HEADER_BYTES = 8

export interface WaylandEvent {
  readonly object: number
  readonly opcode: number
  readonly body: Buffer
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  if (isLittle) bytes.writeUInt32LE(value)
  else bytes.writeUInt32BE(value)
  return bytes
}

function text(value: string): Buffer {
  const bytes = Buffer.from(`${value}\0`)
  return Buffer.concat([word(bytes.length), bytes, Buffer.alloc(padding(bytes.length))])
}

function padding(length: number): number {
  return (4 - (length % 4)) % 4
}

/** All numbers are unsigned words, object ids as well. */
export function request(object: number, opcode: number, ...args: readonly (number | string)[]): Buffer {
  const body = Buffer.concat(args.map((each) => (typeof each === 'number' ? word(each) : text(each))))
  return Buffer.concat([word(object), word(((HEADER_BYTES + body.length) << 16) | opcode), body])
}

/** The first complete event and the rest; null until there is one. Throws on invalid bytes. */
export function takeEvent(bytes: Buffer): { readonly event: WaylandEvent; readonly rest: Buffer } | null {
  if (bytes.length < HEADER_BYTES) return null
  const sizeAndOpcode = wordAt(bytes, 4)
  const size = sizeAndOpcode >>> 16
  if (size < HEADER_BYTES || size % 4 !== 0) throw new RangeError('no event has this size')
  if (bytes.length < size) return null
  const event = {
    object: wordAt(bytes, 0),
    opcode: sizeAndOpcode & 0xffff,
    body: bytes.subarray(HEADER_BYTES, size),
  }
  return { event, rest: bytes.subarray(size) }
}

export function wordAt(body: Buffer, offset: number): number {
  return isLittle ? body.readUInt32LE(offset) : body.readUInt32BE(offset)
}

/** Throws where there is no such string. */
export function textAt(body: Buffer, offset: number): string {
  const length = wordAt(body, offset)
  if (length === 0 || length > STRING_LIMIT || offset + 4 + length > body.length) {
    throw new RangeError('no string has this length')
  }
  return body.toString('utf8', offset + 4, offset + 3 + length)
}

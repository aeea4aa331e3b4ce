// The containers in which Windows and macOS take an app's icon, each around PNGs.

/** A picture of `size` by `size` pixels. */
export interface SizedPng {
  readonly size: number
  readonly png: Buffer
}

/** Windows: an index of 16 bytes a picture, then the pictures (PNGs since Windows Vista). At most 256 pixels. */
export function icoOf(pictures: readonly SizedPng[]): Buffer {
  const header = Buffer.alloc(6)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let at = header.length + 16 * pictures.length
  const index = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(16)
    // One byte each: 0 means 256.
    entry.set([size % 256, size % 256])
    // One plane, 32 bits a pixel.
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(32, 6)
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(at, 12)
    at += png.length
    return entry
  })
  return Buffer.concat([header, ...index, ...pictures.map(({ png }) => png)])
}

/** macOS: the kinds that hold a PNG, by their size in pixels; those of 32 and more also stand for half of it at 2x. */
const ICNS_KINDS = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['icp6', 64],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
] as const

/** Throws when a size that macOS wants is missing. */
export function icnsOf(pictures: readonly SizedPng[]): Buffer {
  const blocks = ICNS_KINDS.map(([kind, size]) => {
    const picture = pictures.find((each) => each.size === size)
    if (picture === undefined) throw new Error(`no picture of ${String(size)} pixels`)
    return block(kind, picture.png)
  })
  return block('icns', Buffer.concat(blocks))
}

function block(kind: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(kind, 'latin1')
  head.writeUInt32BE(head.length + content.length, 4)
  return Buffer.concat([head, content])
}

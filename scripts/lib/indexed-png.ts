// PNGs with a palette: pictures of a window have few colours, and so take a fourth of the space.
import { crc32, deflateSync } from 'node:zlib'

const MAX_COLOURS = 256
/** So many of the most frequent colours stay exact, that shadows have no steps. */
const EXACT_COLOURS = 190
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** `rgba`: 4 bytes a pixel, all opaque. Rare colours become one with those that they are hardly told from. */
export function indexedPng(rgba: Buffer, width: number, height: number): Buffer {
  const colours = byFrequency(rgba)
  let palette: readonly number[] | null = null
  for (let tolerance = 0; palette === null; tolerance += 2) palette = paletteOf(colours, tolerance)
  const chosen = palette
  const indexOf = new Map(colours.map((colour) => [colour, nearest(chosen, colour)]))

  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rows[y * (width + 1) + 1 + x] = indexOf.get(rgba.readUIntBE((y * width + x) * 4, 3)) ?? 0
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // 8 bits a pixel, by palette.
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(chosen.flatMap(channels))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Colours as 0xRRGGBB, the most frequent first. */
function byFrequency(rgba: Buffer): readonly number[] {
  const counts = new Map<number, number>()
  for (let at = 0; at < rgba.length; at += 4) {
    const colour = rgba.readUIntBE(at, 3)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour)
}

/** Each colour is within `tolerance` of one in it; null when that takes too many. */
function paletteOf(colours: readonly number[], tolerance: number): readonly number[] | null {
  const palette = colours.slice(0, EXACT_COLOURS)
  for (const colour of colours.slice(EXACT_COLOURS)) {
    if (palette.some((known) => distance(known, colour) <= tolerance)) continue
    if (palette.length === MAX_COLOURS) return null
    palette.push(colour)
  }
  return palette
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0
  palette.forEach((known, index) => {
    if (distance(known, colour) < distance(palette[best] ?? 0, colour)) best = index
  })
  return best
}

/** The largest difference in a channel. */
function distance(a: number, b: number): number {
  const [ar, ag, ab] = channels(a)
  const [br, bg, bb] = channels(b)
  return Math.max(Math.abs(ar - br), Math.abs(ag - bg), Math.abs(ab - bb))
}

function channels(colour: number): [number, number, number] {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(4)
  frame.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([frame, body, check])
}

/** The text of what is to be imported, in pieces, from a file's bytes or from what was pasted. */
import { IMPORT_MAX_BYTES, type ImportFailure } from '../../shared/transfer'

const PIECE = 128 * 1024
/** How much is looked at to tell a binary file from text in another encoding. */
const SAMPLE = 64 * 1024

export class ImportFailureError extends Error {
  override readonly name = 'ImportFailureError'

  constructor(readonly failure: ImportFailure) {
    super(failure.code)
  }
}

export function refuse(failure: ImportFailure): never {
  throw new ImportFailureError(failure)
}

/** UTF-8, or UTF-16 with a byte order mark as spreadsheet programs write it. Throws `ImportFailureError`. */
export function* textPieces(input: Uint8Array | string): Generator<string, void> {
  if (input.length > IMPORT_MAX_BYTES) throw new ImportFailureError({ code: 'too-large' })
  let isFirst = true
  for (const piece of typeof input === 'string' ? cut(input) : decoded(input)) {
    if (piece.includes('\0')) throw new ImportFailureError({ code: 'binary' })
    yield isFirst && piece.startsWith('\uFEFF') ? piece.slice(1) : piece
    isFirst = false
  }
}

function* cut(text: string): Generator<string, void> {
  for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE)
}

function* decoded(bytes: Uint8Array): Generator<string, void> {
  const encoding = encodingOf(bytes)
  const decoder = new TextDecoder(encoding, { fatal: true })
  for (let at = 0; at < bytes.length; at += PIECE) {
    const isLast = at + PIECE >= bytes.length
    let piece: string
    try {
      piece = decoder.decode(bytes.subarray(at, at + PIECE), { stream: !isLast })
    } catch {
      const isBinary = encoding === 'utf-8' && bytes.subarray(0, SAMPLE).includes(0)
      throw new ImportFailureError({ code: isBinary ? 'binary' : 'not-utf8' })
    }
    yield piece
  }
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

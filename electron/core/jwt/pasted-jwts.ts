/**
 * JWTs as people have them: inside a curl line, a mail, JSON or a HAR, between quotes of any kind, wrapped by a mail
 * program or quoted by it, and with the invisible characters that word processors put in.
 */
import { decodeJwt } from '../../shared/jwt'
import { withoutUnseen } from '../../shared/unseen'
import type { Work } from '../base/slices'

export interface PastedJwt {
  readonly jwt: string
  /** False where its signature is shorter than its algorithm makes it: the end was not copied. */
  readonly isWhole: boolean
}

export interface PastedJwts {
  /** Each once, in the order of the text. */
  readonly found: readonly PastedJwt[]
  /** Something begins like a JWT, but its claims are not all there, or damaged. */
  readonly hasUnreadable: boolean
}

/** `{"`, `{ "`, `{` and a line break, in base64url. */
const START = /(?<![\w.-])e(?:yJ|yA|wo|w0K)[\w-]{5,}/gu
const STARTS_SO = /^e(?:yJ|yA|wo|w0K)/u
/** Padding only where a part ends. */
const LETTERS = /(?:[\w.-]|=(?![\w-]))+/uy
/** Spaces, and what continues a line in a shell. */
const LINE_END = /[^\S\n]{0,100}[\\^`]?[^\S\n]{0,100}\n/uy
/** What a line of a wrapped JWT begins with, besides its letters: indentation, and the marks of a quoted mail. */
const LINE_START = /[^\S\n>|]{0,100}(?:[>|][^\S\n>|]{0,100}){0,20}/uy
/** So far back the start of the first line is looked for. */
const LOOK_BACK = 200
const LINES_AT_MOST = 2_000
/** Nobody wraps lines more narrowly, while words are shorter. */
const NARROWEST = 20
/** Nobody wraps lines at more. */
const WIDEST = 120
/** Of an encrypted JWT (RFC 7516, section 3.1); of any other two. */
const DOTS_AT_MOST = 4

/** In time that grows with the text’s length. */
export function* jwtsIn(text: string): Work<PastedJwts> {
  const clean = yield* cleaned(text)
  const found = new Map<string, PastedJwt>()
  let hasUnreadable = false
  let from = 0
  let done = 0
  for (const { index } of clean.matchAll(START)) {
    if (index < from) continue
    yield index - done
    done = index
    const lines = linesFrom(clean, index)
    yield lines.at(-1)?.letters ?? 0
    const read = jwtIn(lines)
    if (read === null) {
      hasUnreadable = true
      from = lines[0]?.end ?? index + 1
    } else {
      found.set(read.jwt, { jwt: read.jwt, isWhole: read.isWhole })
      from = read.end
    }
  }
  return { found: [...found.values()], hasUnreadable }
}

/** Longer texts would keep main from answering. */
const PIECE = 128 * 1024

/** Without what can't be seen, and with what JSON, URLs and the source of mails write for a character as a character. */
function* cleaned(text: string): Work<string> {
  const pieces: string[] = []
  for (let at = 0; at < text.length;) {
    let end = Math.min(at + PIECE, text.length)
    // Not within something of several characters.
    while (end < text.length && end > at + PIECE - 20 && !/[\w-]/u.test(text.charAt(end))) end -= 1
    const plain = withoutUnseen(text.slice(at, end))
      .replaceAll(/\\{1,8}r\\{1,8}n|\\{1,8}[rn](?![\w-]*:)|=?\r\n?|=\n|[\u2028\u2029\u0085]/gu, '\n')
      .replaceAll(/\\{1,8}(?:t|u00[0-7][\da-f])|%[0-7][\da-f]/giu, ' ')
    pieces.push(plain)
    yield end - at
    at = end
  }
  return pieces.join('')
}

interface Line {
  readonly run: string
  /** Where it ends in the text. */
  readonly end: number
  /** Of it and all before it. */
  readonly letters: number
  /** It is as long as the lines before it, as a program wraps them, so that the next one may belong to it. */
  readonly isFull: boolean
}

/** The letters from `start` to the end of its line, then each line that consists of nothing else. */
function linesFrom(text: string, start: number): readonly Line[] {
  const lines: Line[] = []
  const back = text.slice(Math.max(0, start - LOOK_BACK), start)
  const before = back.slice(back.lastIndexOf('\n') + 1)
  let width = before.length - lengthAt(LINE_START, before, 0)
  let at = start
  let letters = 0
  let dots = 0
  let last = ''
  while (lines.length < LINES_AT_MOST) {
    const run = text.slice(at, at + lengthAt(LETTERS, text, at))
    // Another one, unless it is the second part of this one.
    const isNext = lines.length > 0 && STARTS_SO.test(run) && !last.endsWith('.')
    if (run === '' || isNext) return lines
    last = run
    letters += run.length
    const end = at + run.length
    if (lines.length === 0) width += run.length
    // The first line may begin anywhere, and be indented otherwise than the second.
    const isFull =
      lines.length === 0 || run.length === width || (lines.length === 1 && run.length >= NARROWEST)
    lines.push({ run, end, letters, isFull })
    dots += dotsIn(run)
    const lineEnd = lengthAt(LINE_END, text, end)
    if (!isFull || lineEnd === 0 || dots > DOTS_AT_MOST) return lines
    if (lines.length === 2) width = run.length
    at = end + lineEnd
    at += lengthAt(LINE_START, text, at)
  }
  return lines
}

/** How many characters match exactly there. */
function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0].length ?? 0
}

function dotsIn(run: string): number {
  let count = 0
  for (let at = run.indexOf('.'); at !== -1 && count <= DOTS_AT_MOST; at = run.indexOf('.', at + 1))
    count += 1
  return count
}

interface Reading {
  readonly jwt: string
  readonly end: number
  readonly isFull: boolean
  /** Characters of its signature; null: not to be told, since it is encrypted. */
  readonly signature: number | null
}

/** Null where no JWT can be read. */
function jwtIn(
  lines: readonly Line[],
): { readonly jwt: string; readonly end: number; readonly isWhole: boolean } | null {
  const joined = lines.map(({ run }) => run).join('')
  const first = joined.indexOf('.')
  const second = joined.indexOf('.', first + 1)
  if (first < 1 || second < 0) return null
  const signed = decodeJwt(joined.slice(0, second + 1))
  const header = joined.slice(0, first)
  const isEncrypted = typeof decodeJwt(`${header}.${header}.`)?.header['enc'] === 'string'
  if (signed === null && !isEncrypted) return null
  const readings = lines.flatMap((line): readonly Reading[] => {
    const { end, isFull, letters } = line
    const jwt = withoutFullStops(joined, letters)
    const dots = dotsIn(jwt)
    if (isEncrypted) return dots === DOTS_AT_MOST ? [{ jwt, end, isFull, signature: null }] : []
    if (dots !== 2) return []
    return [{ jwt, end, isFull, signature: jwt.replace(/={1,2}$/u, '').length - second - 1 }]
  })
  const algorithm = signed?.header['alg']
  const lengths = typeof algorithm === 'string' && !isEncrypted ? SIGNATURE_LENGTHS[algorithm] : undefined
  const isOneOf = ({ signature }: Reading): boolean =>
    signature !== null && lengths?.includes(signature) === true
  const isAlone = (lines[0]?.run.length ?? 0) > WIDEST && readings[0]?.end === lines[0]?.end
  const best =
    readings.findLast(isOneOf) ??
    (isAlone ? readings[0] : undefined) ??
    readings.find(({ isFull }) => !isFull) ??
    readings.at(-1)
  if (best === undefined) return null
  const isWhole =
    best.signature === null || best.signature >= (lengths === undefined ? 1 : Math.min(...lengths))
  return { jwt: best.jwt, end: best.end, isWhole }
}

/** Full stops behind those of a JWT end the sentence that it stands in. */
function withoutFullStops(joined: string, letters: number): string {
  let end = letters
  while (end > 0 && joined[end - 1] === '.') end -= 1
  const core = joined.slice(0, end)
  // One that isn't signed ends with a full stop of its own.
  return dotsIn(core) === 1 && end < letters ? `${core}.` : core
}

/** Characters of base64url by algorithm (RFC 7518, section 3.1; RFC 8037, section 3.1): RSA's depend on the key. */
const RSA = [342, 512, 683, 1366]
const SIGNATURE_LENGTHS: Readonly<Record<string, readonly number[]>> = {
  HS256: [43],
  HS384: [64],
  HS512: [86],
  RS256: RSA,
  RS384: RSA,
  RS512: RSA,
  PS256: RSA,
  PS384: RSA,
  PS512: RSA,
  ES256: [86],
  ES384: [128],
  ES512: [176],
  EdDSA: [86],
  none: [0],
}

/**
 * JWTs as people have them: inside a curl line, a mail, JSON or a HAR, between quotes of any kind, wrapped by a mail
 * program or quoted by it, and with the invisible characters that word processors put in.
 */
import { decodeJwt } from '../../shared/jwt'
import { withoutUnseen } from '../../shared/unseen'

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
/** What a line of a wrapped JWT begins with, besides its letters: indentation, and the marks of a quoted mail. */
const LINE_START = /^[\s>|]*/u
/** And ends with: spaces, and what continues a line in a shell. */
const LINE_END = /^[\s\\^`]*$/u
const LETTERS = /^[\w.=-]+/u
/** Full stops behind the two of a JWT end the sentence that it stands in. */
const AFTER_IT = /^([^.]*\.[^.]*\.[^.]*)\.+$/u

/** In time that grows with the text's length. */
export function jwtsIn(text: string): PastedJwts {
  const clean = withoutUnseen(text)
  const found = new Map<string, PastedJwt>()
  let hasUnreadable = false
  let from = 0
  for (const { index } of clean.matchAll(START)) {
    if (index < from) continue
    const lines = linesFrom(clean, index)
    const end = endOf(lines)
    if (end === null) {
      hasUnreadable = true
      from = index + (lines[0]?.run.length ?? 0)
    } else {
      found.set(end.joined, { jwt: end.joined, isWhole: missesNothing(end.joined) })
      from = end.end
    }
  }
  return { found: [...found.values()], hasUnreadable }
}

interface Line {
  readonly run: string
  /** It and all before it. */
  readonly joined: string
  /** Where it ends in the text. */
  readonly end: number
  /** It is as long as the lines before it, as a program wraps them, so that the next one may belong to it. */
  readonly isFull: boolean
}

/** The letters from `start` to the end of its line, then each line that consists of nothing else. */
function linesFrom(text: string, start: number): readonly Line[] {
  const lines: Line[] = []
  let joined = ''
  let at = start
  const lineStart = text.lastIndexOf('\n', start) + 1
  const indentation = LINE_START.exec(text.slice(lineStart, start))?.[0].length ?? 0
  let width = start - lineStart - indentation
  for (;;) {
    const lineEnd = indexOr(text, '\n', at)
    const run = LETTERS.exec(text.slice(at, lineEnd))?.[0] ?? ''
    if (run === '') return lines
    joined += run
    const end = at + run.length
    if (lines.length === 0) width += run.length
    // The first line may begin anywhere, and be indented otherwise than the second.
    const isFull = lines.length === 0 || run.length === width || (lines.length === 1 && run.length > 60)
    lines.push({ run, joined: joined.replace(AFTER_IT, '$1'), end, isFull })
    if (!isFull || lineEnd === text.length || !LINE_END.test(text.slice(end, lineEnd))) return lines
    if (lines.length === 2) width = run.length
    const next = lineEnd + 1
    at = next + (LINE_START.exec(text.slice(next, indexOr(text, '\n', next)))?.[0].length ?? 0)
  }
}

/**
 * The line with which the JWT is over: where its signature has the length that its algorithm makes it, else the first
 * that is shorter than a program would wrap it. Null where no JWT can be read.
 */
function endOf(lines: readonly Line[]): Line | null {
  const readable = lines.filter(({ joined }) => decodeJwt(joined) !== null)
  return (
    readable.find(({ joined }) => hasFullSignature(joined)) ??
    readable.find(({ isFull }, index) => index === 0 && readable.length === 1 && isFull) ??
    readable.find(({ isFull }) => !isFull) ??
    readable[0] ??
    null
  )
}

/** Characters of base64url by algorithm (RFC 7518, section 3.1; RFC 8037, section 3.1): RSA's depend on the key. */
const SIGNATURE_LENGTHS: Readonly<Record<string, readonly number[]>> = {
  HS256: [43],
  HS384: [64],
  HS512: [86],
  RS256: [342, 512, 683],
  RS384: [342, 512, 683],
  RS512: [342, 512, 683],
  PS256: [342, 512, 683],
  PS384: [342, 512, 683],
  PS512: [342, 512, 683],
  ES256: [86],
  ES384: [128],
  ES512: [176],
  EdDSA: [86],
  none: [0],
}

function lengthsOf(jwt: string): readonly number[] | null {
  const algorithm = decodeJwt(jwt)?.header['alg']
  return typeof algorithm === 'string' ? (SIGNATURE_LENGTHS[algorithm] ?? null) : null
}

function signatureLength(jwt: string): number {
  return jwt.slice(jwt.lastIndexOf('.') + 1).replace(/=+$/u, '').length
}

function hasFullSignature(jwt: string): boolean {
  return lengthsOf(jwt)?.includes(signatureLength(jwt)) === true
}

/** Of an algorithm that is not known here any signature may be the whole one, and so may one that is too long. */
function missesNothing(jwt: string): boolean {
  const lengths = lengthsOf(jwt)
  return lengths === null || signatureLength(jwt) >= Math.min(...lengths)
}

function indexOr(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from)
  return found === -1 ? text.length : found
}

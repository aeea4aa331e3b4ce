/** The text of a reply, in whichever charset it is: what was granted must not be lost for a wrong or missing name of one. */

/**
 * In the first charset in which it is JSON, else the first in which it is text; null where it is none. By its byte order
 * mark, as declared, UTF-8 (RFC 8259, section 8.1), UTF-16 by its zero bytes (RFC 4627, section 3), and what takes any
 * bytes, since tokens are ASCII and what stands beside them does not matter.
 */
export function textOfReply(bytes: Uint8Array, contentType: string | null): string | null {
  const declared = /;\s*charset\s*=\s*["']?([^\s"';]+)/iu.exec(contentType ?? '')?.[1]
  const named = [markedCharset(bytes), declared, 'utf-8', unmarkedCharset(bytes)]
  const texts = named.map((charset) => (charset === undefined ? null : textIn(charset, bytes)))
  const known = texts.filter((text) => text !== null)
  const byAnyBytes = textIn('windows-1252', bytes)
  const json = [...known, ...(byAnyBytes === null ? [] : [byAnyBytes])].find(isJson)
  return json ?? known[0] ?? null
}

function textIn(charset: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    // Not in this one, or nobody knows it.
    return null
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function markedCharset([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined
}

/** JSON begins with ASCII. */
function unmarkedCharset([first, second]: Uint8Array): string | undefined {
  if (first === 0 && second !== 0) return 'utf-16be'
  return first !== 0 && second === 0 ? 'utf-16le' : undefined
}

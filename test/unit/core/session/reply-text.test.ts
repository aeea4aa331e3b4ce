import { describe, expect, it } from 'vitest'
import { textOfReply } from '../../../../electron/core/session/reply-text'

const JSON_TYPE = 'application/json'
/** Of an even number of bytes, so that it could be UTF-16, too. */
const SESSION = '{"jwt":"a-jwt","refreshToken":"a-token"}'
const NAMED = '{"jwt":"a-jwt","refreshToken":"a-token","name":"Zoë"}'

function utf16(text: string, order: 'le' | 'be'): Buffer {
  const bytes = Buffer.from(text, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}

describe('what was granted is read', () => {
  it.each<[name: string, contentType: string | null, bytes: Buffer]>([
    ['UTF-8', JSON_TYPE, Buffer.from(NAMED)],
    ['of no type', null, Buffer.from(NAMED)],
    ['UTF-8 with its mark', JSON_TYPE, Buffer.from(`\ufeff${NAMED}`)],
    [
      'UTF-8 with its mark, declared as Latin-1',
      `${JSON_TYPE}; charset=iso-8859-1`,
      Buffer.from(`\ufeff${NAMED}`),
    ],
    ['Latin-1, as declared', `${JSON_TYPE}; charset=iso-8859-1`, Buffer.from(NAMED, 'latin1')],
    ['Latin-1, not declared', JSON_TYPE, Buffer.from(NAMED, 'latin1')],
    ['Latin-1, declared as UTF-8', `${JSON_TYPE}; charset=utf-8`, Buffer.from(NAMED, 'latin1')],
    ['in single quotes', `${JSON_TYPE}; charset='iso-8859-1'`, Buffer.from(NAMED, 'latin1')],
    ['UTF-16, not declared', JSON_TYPE, utf16(NAMED, 'le')],
    ['UTF-16 of the other order, not declared', JSON_TYPE, utf16(NAMED, 'be')],
    ['UTF-16 of the other order than declared', `${JSON_TYPE}; charset=utf-16`, utf16(NAMED, 'be')],
    ['of a charset that nobody knows', `${JSON_TYPE}; charset=klingon`, Buffer.from(NAMED)],
    ['of a charset without a name', `${JSON_TYPE}; charset=`, Buffer.from(NAMED)],
  ])('%s', (_, contentType, bytes) => {
    expect(JSON.parse(textOfReply(bytes, contentType) ?? '')).toMatchObject({ name: 'Zoë' })
  })

  it.each(['utf-16', 'utf-16be', 'unicode', 'shift_jis', 'us-ascii'])('UTF-8, declared as %s', (charset) => {
    expect(textOfReply(Buffer.from(SESSION), `${JSON_TYPE}; charset=${charset}`)).toBe(SESSION)
  })
})

it('is a text where it is no JSON, and none where it is no text', () => {
  expect(textOfReply(Buffer.from('Straße', 'latin1'), 'text/plain; charset=iso-8859-1')).toBe('Straße')
  expect(textOfReply(Buffer.from('<html>'), 'text/html')).toBe('<html>')
  expect(textOfReply(Buffer.from([]), JSON_TYPE)).toBe('')
  expect(textOfReply(Buffer.from([0xfe, 0xfe, 0xff]), JSON_TYPE)).toBeNull()
})

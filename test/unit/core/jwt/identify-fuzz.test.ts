/**
 * Texts with JWTs as people may paste them, whole, wrapped, cut, changed: none crashes the search, no part of a
 * signature comes back or is logged, and a stored JWT that stands in a text whole is always found.
 */
import { expect, it } from 'vitest'
import { Secret } from '../../../../electron/shared/secret'
import { describeCallError } from '../../../../electron/shared/wording'
import { BackOffice, unwrap } from '../../../support/back-office'
import { aJwtOf } from '../../../support/builders'
import { howMuch } from '../../../support/length'
import { createRandom, type Random } from '../../../support/random'

const SEED = 22
const TEXTS = howMuch(2_000, 10_000)
const DAY = 86_400_000

const AROUND = [
  ...[
    '',
    ' ',
    '\n',
    '\r\n',
    '\t',
    'R-Auth: ',
    'Authorization: Bearer ',
    "curl -H 'R-Auth: ",
    'export R_AUTH=',
  ],
  ...[
    '$env:R_AUTH = "',
    '{"jwt":"',
    '“',
    '”',
    '"',
    "'",
    '`',
    '<',
    '>',
    '> ',
    '\u00AD',
    '\u200B',
    '\uFEFF',
    ' \\\n',
  ],
  ...[
    'eyJ',
    'eyJhbGciOiJub25lIn0',
    '...',
    'Hello,\n\nthanks\n',
    '\u202E',
    '\0',
    '\uD800',
    'ey'.repeat(50),
    '.',
    '=',
  ],
]

function wrapped(jwt: string, random: Random): string {
  const width = random.int(20, 100)
  const between = random.pick(['\n', '\r\n', '\n  ', '\n> ', ' \\\n', '\u00AD'])
  return jwt.match(new RegExp(`.{1,${String(width)}}`, 'gu'))?.join(between) ?? jwt
}

/** A JWT as it may have become on its way. */
function damaged(jwt: string, random: Random): string {
  const at = random.int(0, jwt.length - 1)
  switch (random.int(0, 4)) {
    case 0:
      return jwt.slice(0, at)
    case 1:
      return jwt.slice(at)
    case 2:
      return `${jwt.slice(0, at)}${random.pick([...AROUND])}${jwt.slice(at)}`
    case 3:
      return jwt.toUpperCase()
    default:
      return encodeURIComponent(jwt)
  }
}

it(`${String(TEXTS)} texts are searched without a crash, and their JWTs stay theirs`, async () => {
  const random = createRandom(SEED)
  const office = await BackOffice.open()
  office.service.jwtOf = () =>
    aJwtOf({ sub: 'ACME', iss: 'https://issuer.example', exp: (office.time.now() + 30 * DAY) / 1000 })
  const { id } = await office.add({ name: 'ACME' })
  const stored = unwrap(await office.jwts.reveal(id)).jwt ?? ''
  const stranger = aJwtOf({ sub: 'Somebody', exp: 2_000_000_000 })
  const signatures = [stored, stranger].map((jwt) => jwt.split('.')[2] ?? '')
  expect(signatures.every((part) => part.length > 10)).toBe(true)

  const ended = { whole: 0, found: 0, none: 0, refused: 0 }
  for (let nth = 0; nth < TEXTS; nth += 1) {
    const isWhole = random.next() < 0.2
    const jwt = random.pick([stored, stranger])
    const pieces = Array.from({ length: random.int(0, 4) }, () => random.pick(AROUND))
    const text = isWhole
      ? `${pieces.join('')}\n\n${random.pick([stored, wrapped(stored, random)])}\n\n${pieces.join('')}`
      : [...pieces, random.pick([jwt, wrapped(jwt, random), damaged(jwt, random)]), ...pieces].join('')
    const result = await office.jwts.identify(new Secret(text))
    const said = JSON.stringify(result.ok ? result.value : describeCallError(result.error))
    for (const signature of signatures) expect(said).not.toContain(signature)
    if (!result.ok) ended.refused += 1
    else if (result.value.found.length > 0) ended.found += 1
    else ended.none += 1
    if (!isWhole) continue
    ended.whole += 1
    expect(result, text).toMatchObject({ ok: true, value: { found: [{ id, match: 'same' }] } })
  }
  const logged = JSON.stringify(office.log.lines)
  for (const signature of signatures) expect(logged).not.toContain(signature)
  // That enough happened for this to mean something.
  expect(ended.whole).toBeGreaterThan(TEXTS / 10)
  expect(ended.found).toBeGreaterThan(TEXTS / 4)
  expect(ended.none).toBeGreaterThan(TEXTS / 20)
}, 600_000)

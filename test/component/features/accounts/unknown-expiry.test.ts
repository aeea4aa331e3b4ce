/** What the window shows of tokens that came without a date that can be read (auth-api.md, rule 1). */
import { describe, expect, test } from 'vitest'
import { anAccount, aJwt, anUndatedJwt, anUndatedRefreshToken, aPartner } from '../../../support/builders'
import { openApp, settle } from '../../support/app'
import { click, get, query, row, rowNames, text } from '../../support/queries'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const UNDATED = aPartner({
  name: 'Atlas',
  jwt: anUndatedJwt(HOUR),
  refreshToken: anUndatedRefreshToken(HOUR),
})

function time(name: string, which: 'jwt' | 'refresh'): HTMLTimeElement {
  const element = row(name).querySelector<HTMLTimeElement>(`time[data-deadline=${which}]`)
  if (element === null) throw new Error(`No ${which} countdown`)
  return element
}

function details(): string {
  return text(get('complementary', 'Details'))
}

async function open(name: string): Promise<void> {
  await click(row(name))
}

describe('a row', () => {
  test('says of both that their expiry is unknown, and names no instant', async () => {
    await openApp({ accounts: [UNDATED] })
    for (const which of ['jwt', 'refresh'] as const) {
      expect(text(time('Atlas', which))).toBe('Unknown')
      expect(time('Atlas', which).hasAttribute('datetime')).toBe(false)
    }
    expect(row('Atlas').dataset['status']).toBe('live')
    // A bar would say how much is left.
    expect(time('Atlas', 'jwt').parentElement?.querySelector('.track')).toBeNull()
    expect(time('Atlas', 'jwt').title).toContain('24 hours at most')
  })

  test('is live for 24 hours from receipt, and then renewable', async () => {
    const app = await openApp({ accounts: [UNDATED] })
    app.time.advance(23 * HOUR)
    await settle()
    expect(row('Atlas').dataset['status']).toBe('renewable')
    expect(text(time('Atlas', 'jwt'))).toBe('Unknown')
    expect(time('Atlas', 'jwt').title).toContain('Over 24 hours old')
  })

  test('says near 30 days that the refresh token probably expires, and after them that it probably has', async () => {
    const refreshToken = anUndatedRefreshToken(24 * DAY)
    const app = await openApp({ accounts: [aPartner({ name: 'Atlas', jwt: aJwt(DAY), refreshToken })] })
    expect(text(row('Atlas'))).toContain('Refresh token probably expires in 6 days')
    expect(query('img', 'Probably expires soon', row('Atlas'))).not.toBeNull()
    app.time.advance(6 * DAY + MINUTE)
    await settle()
    expect(text(row('Atlas'))).toContain('Refresh token has probably expired')
    expect(text(time('Atlas', 'refresh'))).toBe('Unknown')
  })
})

describe('the order by JWT', () => {
  test('has those of unknown expiry after all others, and before those without any', async () => {
    await openApp({
      accounts: [
        anAccount({ name: 'None', jwt: null }),
        anAccount({ name: 'Unknown', jwt: anUndatedJwt(23 * HOUR) }),
        anAccount({ name: 'Late', jwt: aJwt(20 * HOUR) }),
        anAccount({ name: 'Soon', jwt: aJwt(HOUR) }),
      ],
      settings: { sortBy: 'expiry' },
    })
    expect(rowNames()).toEqual(['Soon', 'Late', 'Unknown', 'None'])
  })
})

describe('the status line', () => {
  test('names no expiry of a JWT where it is unknown', async () => {
    await openApp({ accounts: [anAccount({ name: 'Unknown', jwt: anUndatedJwt(HOUR) })] })
    expect(text(get('contentinfo'))).not.toContain('Unknown')
  })
})

describe('the details', () => {
  test('say so in words, and of the refresh token about when by its age', async () => {
    await openApp({ accounts: [UNDATED] })
    await open('Atlas')
    expect(details()).toContain('Live. Its expiry is unknown.')
    expect(details()).toContain(
      'The refresh token probably expires around 24 Dec 2026 (estimated from its age).',
    )
    expect(details()).toMatch(/JWTUnknownUsed until tomorrow at \d\d:\d\d at most/u)
    expect(details()).toContain('Refresh tokenUnknownEstimated: 24 Dec 2026')
  })

  test('say that the date of a reminder is an estimate', async () => {
    const refreshToken = anUndatedRefreshToken(24 * DAY)
    await openApp({ accounts: [aPartner({ name: 'Atlas', jwt: aJwt(DAY), refreshToken })] })
    await open('Atlas')
    expect(details()).toContain(
      'Refresh token probably expires in 6 days, around 30 Nov 2026. This is an estimate; the service didn’t say when.',
    )
  })
})

describe('a copy', () => {
  test('of one says nothing of how long it lives', async () => {
    await openApp({ accounts: [UNDATED] })
    await click(get('button', 'Copy JWT', row('Atlas')))
    expect(text(document.body)).toContain('JWT of Atlas copied')
    expect(text(document.body)).not.toContain('It lives only')
  })
})

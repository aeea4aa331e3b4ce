/** The question that comes when an entered API key would replace another session than one would think. */
import { beforeEach, describe, expect, test } from 'vitest'
import { aJwtOf, aPartner } from '../../../support/builders'
import { openApp, type OpenedApp } from '../../support/app'
import { click, get, press, query, row, status, text, type, valueOf } from '../../support/queries'

const KEY = 'another-accounts-key'
const ISSUER = 'https://auth.example.com'
const STORED = aJwtOf({ sub: 'partner-x', iss: ISSUER, name: 'Partner X' })
const ANSWERED = aJwtOf({ sub: 'company-y', iss: ISSUER, name: 'Company Y' })

describe('an API key of another subject', () => {
  let app: OpenedApp

  beforeEach(async () => {
    app = await openApp({
      accounts: [aPartner({ name: 'Harbor' })],
      jwtOf: ({ name }) => (name === 'Harbor' ? STORED : ANSWERED),
    })
    await click(get('button', 'More actions', row('Harbor')))
    await click(get('menuitem', /^Enter API key/u))
    await type(get('textbox', 'API key'), KEY)
    await click(get('button', 'Log in'))
  })

  test('asks who it is to be, with the way back focused', () => {
    const question = get('alertdialog', 'Replace the session of Harbor?')
    expect(text(question)).toContain('logs in as someone other than Harbor')
    expect(text(question)).toContain('Partner X (partner-x), issued by https://auth.example.com')
    expect(text(question)).toContain('Company Y (company-y), issued by https://auth.example.com')
    expect(text(question)).toContain('Replacing deletes the current JWT and refresh token.')
    expect(document.activeElement).toBe(get('button', 'Keep current session'))
  })

  test.each(['button', 'Escape'])('stays typed when the session is kept: by %s', async (by) => {
    if (by === 'button') await click(get('button', 'Keep current session'))
    else await press('Escape')
    expect(app.bridge.asked.at(-1)).toEqual({
      call: 'answerWhoseKey',
      input: { questionId: expect.any(String) as string, replace: false },
    })
    expect(query('alertdialog')).toBeNull()
    expect(valueOf(get('textbox', 'API key'))).toBe(KEY)
    expect(document.activeElement).toBe(get('textbox', 'API key'))
    expect(status()).toBe('Harbor keeps its session')
    expect(query('alert')).toBeNull()
  })

  test('replaces the session when that is what the user wants', async () => {
    await click(get('button', 'Replace session'))
    expect(app.bridge.asked.at(-1)).toEqual({
      call: 'answerWhoseKey',
      input: { questionId: expect.any(String) as string, replace: true },
    })
    expect(query('dialog')).toBeNull()
    expect(status()).toBe('Harbor is logged in')
  })

  test('says so when the answer came too late; the key stays typed', async () => {
    app.bridge.failNext('answerWhoseKey', { code: 'answered-too-late' })
    await click(get('button', 'Replace session'))
    expect(text(get('alert'))).toContain('The response came too late, so nothing was replaced. Log in again.')
    expect(valueOf(get('textbox', 'API key'))).toBe(KEY)
  })
})

test('a key without a refresh token says what is lost by it', async () => {
  await openApp({ accounts: [aPartner({ name: 'Harbor' })], jwtOf: () => STORED })
  await click(get('button', 'More actions', row('Harbor')))
  await click(get('menuitem', /^Enter API key/u))
  await type(get('textbox', 'API key'), KEY)
  await click(get('button', 'Log in'))
  const question = get('alertdialog', 'Replace the session of Harbor?')
  expect(text(question)).toContain('brings no refresh token, but Harbor has one that is still valid')
  expect(query('term', undefined, question)).toBeNull()
})

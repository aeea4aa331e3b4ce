import { expect, it } from 'vitest'
import { BackOffice, unwrap } from '../../../support/back-office'
import { Secret } from '../../../../electron/shared/secret'

const ABOUT = {
  version: '1.2.3',
  electron: '45',
  chromium: '1',
  node: '2',
  system: 'test',
  profile: '/home/x',
}
const KEY = 'canary-api-key-0123456789'
const NAME = 'Canary Payroll'

/** Goes through what is logged: successes, refusals, a disk that refuses, a keyring that doesn't open. */
async function anEventfulDay(office: BackOffice): Promise<void> {
  office.service.jwtOf = (n) => `canary-jwt-${String(n)}`
  const { id } = await office.add({ name: NAME, apiKey: new Secret(KEY), rememberApiKey: true })
  unwrap(await office.accounts.renew(id))
  office.records.full = true
  await office.accounts.renew(id)
  unwrap(await office.jwts.readClaims(id))
  office.records.full = false
  office.service.revokeTokens()
  office.service.revokeKey(KEY)
  await office.accounts.renew(id)
  office.service.mishap = () => ({ lose: 'answer' })
  await office.accounts.renew(id)
}

it('tells versions, counts and the end of the log', async () => {
  const office = await BackOffice.open()
  await anEventfulDay(office)
  unwrap(await office.useCases.diagnostics.copy(ABOUT))
  for (const part of ['TokenDesk 1.2.3', 'Accounts: 1', 'Log:', '"message":"renewed"', 'a renewal failed']) {
    expect(office.clipboard.text).toContain(part)
  }
})

it('holds no secret, no name and no address', async () => {
  const office = await BackOffice.open()
  await anEventfulDay(office)
  unwrap(await office.useCases.diagnostics.copy(ABOUT))
  for (const canary of [KEY, 'canary', NAME, 'refresh-token-', 'Sandbox', 'example.com', '/home/x']) {
    expect(office.clipboard.text.toLowerCase()).not.toContain(canary.toLowerCase())
  }
})

it('tells of an update feed only whether one is set', async () => {
  const office = await BackOffice.open()
  unwrap(await office.useCases.diagnostics.copy(ABOUT))
  expect(office.clipboard.text).toContain('"updateFeed":"not set"')
  office.settingsStore.change({ updateFeedUrl: 'https://updates.partner.test/feed.json?for=payroll' })
  unwrap(await office.useCases.diagnostics.copy(ABOUT))
  expect(office.clipboard.text).toContain('"updateFeed":"set"')
  for (const part of ['partner.test', 'feed.json', 'payroll'])
    expect(office.clipboard.text).not.toContain(part)
})

/** A service that names a time: the wait is counted down, wherever its answer is told. */
import { expect, test } from 'vitest'
import { aPartner, NOW } from '../../../support/builders'
import { openApp, settle, type OpenedApp } from '../../support/app'
import { click, get, press, row, text, type } from '../../support/queries'

function limits({ bridge }: OpenedApp): void {
  bridge.office.service.mishap = () => ({
    answer: {
      kind: 'transient',
      problem: { code: 'service-unavailable', status: 429, retryAt: NOW + 90_000 },
      retryAfterMs: 90_000,
      mayHaveArrived: false,
    },
  })
}

test('at the login, in the dialog, without a word to screen readers each second', async () => {
  const app = await openApp()
  limits(app)
  await click(get('button', 'Add account'))
  const add = get('dialog', 'Add account')
  await type(get('textbox', 'Name', add), 'New')
  await type(get('textbox', 'API key', add), 'partner-key')
  await click(get('button', 'Add', add))
  const alert = (): string => text(get('alert', undefined, add))
  expect(alert()).toBe(
    'The service is limiting requests and wants you to wait (HTTP 429). Try again in 1 min.',
  )
  app.time.advance(66_000)
  await settle()
  expect(alert()).toContain('Try again in 24 s.')
  expect(get('alert', undefined, add).querySelector('[aria-live=off]')?.textContent).toBe(
    'Try again in 24 s.',
  )
  app.time.advance(24_000)
  await settle()
  expect(alert()).toContain('Try again now.')
})

test('of an account that waits, in its row and in its details', async () => {
  const app = await openApp({ accounts: [aPartner({ name: 'ACME' })] })
  limits(app)
  await app.bridge.renewAccount({ id: aPartner({ name: 'ACME' }).id })
  await settle()
  row('ACME').focus()
  await press(' ')
  const details = (): string => text(get('complementary', 'Details'))
  expect(text(row('ACME'))).toContain('Too many requests, retrying in')
  expect(details()).toContain('Try again in 1 min.')
  app.time.advance(66_000)
  await settle()
  expect(details()).toContain('Try again in 24 s.')
})

import { describe, expect, it } from 'vitest'
import type { EnvironmentId } from '../../../../electron/shared/environment'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'

const NEW_URL = 'https://new.example.com'

describe('changing an environment', () => {
  it('is checked as adding one is, and its own name is no duplicate', async () => {
    const office = await BackOffice.open()
    const id = await office.environment()
    await office.environment('Other')
    const { environments } = office
    expect(unwrap(await environments.edit(id, { name: 'sandbox', colour: 'pink' }))).toMatchObject({
      name: 'sandbox',
      colour: 'pink',
      baseUrl: 'https://api.example.com',
    })
    expect(await environments.edit(id, { name: 'Other', baseUrl: 'ftp://x' })).toMatchObject({
      error: {
        fields: [
          { field: 'name', reason: 'duplicate' },
          { field: 'baseUrl', reason: 'other-scheme' },
        ],
      },
    })
    expect(await environments.edit(id, { defaultTimeZone: 'Mars/Base' })).toMatchObject({
      error: { fields: [{ field: 'defaultTimeZone' }] },
    })
    expect(await environments.edit('gone' as EnvironmentId, {})).toMatchObject({
      error: { code: 'not-found', what: 'environment' },
    })
  })

  it('sends later requests to the new address, and waiting accounts continue at once', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const targets: string[] = []
    office.service.arrived = () => undefined
    office.service.mishap = () => ({ answer: { kind: 'redirected', status: 301, target: NEW_URL } })
    await office.accounts.renew(id)
    expect(office.summary(id).problem).toMatchObject({ code: 'redirected' })
    office.service.mishap = (_request, _index, target) => {
      targets.push(target.baseUrl)
      return null
    }
    unwrap(await office.environments.edit(await office.environment(), { baseUrl: NEW_URL }))
    expect(office.summary(id).problem).toBeNull()
    unwrap(await office.accounts.renew(id))
    expect(targets).toEqual([NEW_URL])
  })

  it('outlives a restart: records that still hold the old address are not believed', async () => {
    const office = await BackOffice.open()
    await office.add()
    await office.add({ name: 'Beta' })
    unwrap(await office.environments.edit(await office.environment(), { baseUrl: NEW_URL }))
    const restarted = await office.restart()
    expect(restarted.environmentStore.all[0]?.baseUrl).toBe(NEW_URL)
  })

  it('reaches the records as they are next written, and these restore the newest', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.add({ name: 'Beta' })
    unwrap(await office.environments.edit(await office.environment(), { baseUrl: NEW_URL }))
    unwrap(await office.accounts.enterApiKey(id, new Secret(keyOf('ACME')), false))
    office.stateStore.text = null
    const restarted = await office.restart()
    expect(restarted.environmentStore.all[0]?.baseUrl).toBe(NEW_URL)
  })
})

describe('removing an environment', () => {
  it('is refused while accounts are in it', async () => {
    const office = await BackOffice.open()
    const account = await office.add()
    const id = await office.environment()
    expect(await office.environments.remove(id)).toEqual({ ok: false, error: { code: 'in-use' } })
    unwrap(await office.removals.removeNow(account.id))
    unwrap(await office.environments.remove(id))
    expect((await office.restart()).environmentStore.all).toEqual([])
  })
})

it('testing a connection sends nothing secret, and takes the address as it was typed', async () => {
  const office = await BackOffice.open()
  expect(unwrap(await office.environments.test(' https://api.example.com/ '))).toMatchObject({
    kind: 'answered',
  })
  expect(office.service.reached).toEqual(['https://api.example.com'])
  expect(office.service.requests).toEqual([])
  expect(await office.environments.test('http://example.com')).toMatchObject({
    error: { fields: [{ field: 'baseUrl', reason: 'not-https' }] },
  })
})

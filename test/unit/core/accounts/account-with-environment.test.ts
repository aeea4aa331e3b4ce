import { beforeEach, describe, expect, it } from 'vitest'
import { StorageUnwritableError } from '../../../../electron/core/base/errors'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'

const SANDBOX = { name: 'Sandbox', baseUrl: 'https://api.example.com', production: false }

describe('an account that is added together with its environment', () => {
  let office: BackOffice
  let cancel: AbortController

  beforeEach(async () => {
    office = await BackOffice.open()
    office.service.addKey(keyOf('ACME'), { refreshes: true })
    cancel = new AbortController()
  })

  function add(newEnvironment = SANDBOX, apiKey = keyOf('ACME')) {
    return office.useCases.adding.add(
      {
        name: 'ACME',
        environmentId: null,
        newEnvironment,
        apiKey: new Secret(apiKey),
        kind: 'detect',
        partnerId: null,
        rememberApiKey: false,
      },
      cancel.signal,
    )
  }

  async function expectNothing(): Promise<void> {
    expect(office.environmentStore.all).toEqual([])
    expect(office.records.files.size).toBe(0)
    const restarted = await office.restart()
    expect(restarted.environmentStore.all).toEqual([])
  }

  it('is stored with it, once the service has granted something', async () => {
    office.service.hold()
    const added = add()
    await office.time.advance(0)
    expect(office.environmentStore.all).toEqual([])
    office.service.release()
    const { environmentId } = unwrap(await added)
    expect(office.environmentStore.all).toMatchObject([{ id: environmentId, ...SANDBOX }])
    const restarted = await office.restart()
    expect(restarted.environmentStore.all).toMatchObject([SANDBOX])
    expect(restarted.accounts.summaries()).toMatchObject([{ name: 'ACME', environmentId }])
  })

  it('leaves no environment where its key is rejected', async () => {
    expect(await add(SANDBOX, 'some-other-key')).toMatchObject({
      error: { problem: { code: 'key-refused' } },
    })
    expect(office.environmentEvents).toEqual([])
    await expectNothing()
  })

  it('leaves none when it is cancelled, whatever the service answers later', async () => {
    office.service.hold()
    const added = add()
    await office.time.advance(0)
    cancel.abort()
    expect(await added).toEqual({ ok: false, error: { code: 'cancelled' } })
    office.service.release()
    await office.time.advance(60_000)
    await expectNothing()
  })

  it('leaves none when the app is killed meanwhile', async () => {
    office.service.hold()
    void add()
    await office.time.advance(0)
    const restarted = await office.crash()
    expect(restarted.environmentStore.all).toEqual([])
  })

  it('leaves none where the disk refuses the account', async () => {
    office.records.probe = () => undefined
    office.records.write = () => {
      office.records.full = true
      throw new StorageUnwritableError('ENOSPC')
    }
    expect(await add()).toMatchObject({ error: { problem: { code: 'storage-unwritable' } } })
    expect(office.environmentStore.all).toEqual([])
  })

  it('says which field of which is wrong, and asks nobody', async () => {
    expect(await add({ name: '', baseUrl: 'no address', production: false })).toEqual({
      ok: false,
      error: {
        code: 'bad-fields',
        fields: [
          { field: 'environmentName', reason: 'empty' },
          { field: 'baseUrl', reason: 'inner-whitespace' },
        ],
      },
    })
    expect(office.service.requests).toEqual([])
  })
})

/** An environment that is edited or removed while the service is asked for an account of it. */
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'
import { settle } from '../../../support/fakes/fake-time'

const NEW_URL = 'https://new.example.com'
const OLD_URL = 'https://api.example.com'

async function waitingAdd(office: BackOffice) {
  office.service.addKey(keyOf('Beta'))
  office.service.hold()
  const environmentId = await office.environment()
  const added = office.accounts.add({
    name: 'Beta',
    environmentId,
    apiKey: new Secret(keyOf('Beta')),
    kind: 'detect',
    partnerId: null,
    rememberApiKey: false,
  })
  await settle()
  return { added, environmentId }
}

describe('while Add waits for the service', () => {
  it('its environment is not removed, since what is granted would be lost', async () => {
    const office = await BackOffice.open()
    const { added, environmentId } = await waitingAdd(office)
    expect(await office.environments.remove(environmentId)).toEqual({
      ok: false,
      error: { code: 'environment-busy' },
    })
    office.service.release()
    unwrap(await added)
    expect(await office.environments.remove(environmentId)).toMatchObject({ error: { code: 'in-use' } })
  })

  it('nor while the account is being stored', async () => {
    const office = await BackOffice.open()
    const { added, environmentId } = await waitingAdd(office)
    let removed: unknown = null
    office.cipher.meanwhile = async () => {
      office.cipher.meanwhile = () => Promise.resolve()
      removed = await office.environments.remove(environmentId)
    }
    office.service.release()
    unwrap(await added)
    expect(removed).toMatchObject({ error: { code: 'in-use' } })
  })

  it('another address makes the answer of the old one void, says so, and adds nothing', async () => {
    const office = await BackOffice.open()
    const { added, environmentId } = await waitingAdd(office)
    unwrap(await office.environments.edit(environmentId, { baseUrl: NEW_URL }))
    office.service.release()
    expect(await added).toEqual({
      ok: false,
      error: { code: 'problem', problem: { code: 'environment-changed', isGone: false } },
    })
    expect(office.vault.ids()).toEqual([])
    expect(office.records.files.size).toBe(0)
  })

  it('another name is the one that the account is stored with', async () => {
    const office = await BackOffice.open()
    const { added, environmentId } = await waitingAdd(office)
    unwrap(await office.environments.edit(environmentId, { name: 'Staging' }))
    office.service.release()
    const { id } = unwrap(await added)
    expect(office.records.files.get(id)).toContain('"name":"Staging"')
  })

  it('an address that changes while the account is being stored is stored with it', async () => {
    const office = await BackOffice.open()
    const { added, environmentId } = await waitingAdd(office)
    office.cipher.meanwhile = async () => {
      office.cipher.meanwhile = () => Promise.resolve()
      unwrap(await office.environments.edit(environmentId, { baseUrl: NEW_URL }))
    }
    office.service.release()
    const { id } = unwrap(await added)
    await office.time.advance(0)
    expect(office.records.files.get(id)).toContain(NEW_URL)
    expect(office.records.files.get(id)).not.toContain(OLD_URL)
  })
})

it('while Enter API key waits, another address keeps the stored session as it is, and says so', async () => {
  const office = await BackOffice.open()
  const { id } = await office.add()
  const before = await office.vault.secrets(id)
  office.service.hold()
  const entered = office.accounts.enterApiKey(id, new Secret(keyOf('ACME')), false)
  await settle()
  unwrap(await office.environments.edit(await office.environment(), { baseUrl: NEW_URL }))
  office.service.release()
  expect(await entered).toMatchObject({ error: { problem: { code: 'environment-changed', isGone: false } } })
  expect(await office.vault.secrets(id)).toEqual(before)
})

it('while an import waits, rows that the old address has answered are reported, and the others go to the new one', async () => {
  const office = await BackOffice.open()
  const environmentId = await office.environment()
  const names = Array.from({ length: 12 }, (_, index) => `Row ${String(index)}`)
  for (const name of names) office.service.addKey(keyOf(name))
  const targets: string[] = []
  office.service.mishap = (_request, _index, target) => {
    targets.push(target.baseUrl)
    return null
  }
  const rows = names.map((name) => `${name},Sandbox,${keyOf(name)}`)
  const preview = unwrap(
    await office.useCases.imports.preview(['name,environment,apiKey', ...rows].join('\n')),
  )
  if (!preview.ok) throw new Error('the text was not read')
  office.service.hold()
  const ran = office.useCases.imports.run(preview.planId)
  await settle()
  unwrap(await office.environments.edit(environmentId, { baseUrl: NEW_URL }))
  expect(await office.environments.remove(environmentId)).toMatchObject({
    error: { code: 'environment-busy' },
  })
  office.service.release()
  const { outcomes } = unwrap(await ran)
  const told = outcomes.filter(({ outcome }) => outcome.kind === 'refused')
  expect(told).toHaveLength(8)
  for (const { outcome } of told) {
    expect(outcome).toMatchObject({ error: { problem: { code: 'environment-changed' } } })
  }
  expect(targets).toEqual(names.map((_, index) => (index < 8 ? OLD_URL : NEW_URL)))
  for (const id of office.vault.ids()) expect(office.records.files.get(id)).not.toContain(OLD_URL)
  expect(office.vault.ids()).toHaveLength(4)
})

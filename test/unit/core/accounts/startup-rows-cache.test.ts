import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../../../electron/shared/account'
import { BackOffice, type BackOfficeOptions } from '../../../support/back-office'

const NAMES = Array.from({ length: 101 }, (_, nth) => `Company ${String(nth).padStart(3, '0')}`)

/** With one account more than the list begins with, the last one by name added first. */
async function officeOfMany(): Promise<BackOffice> {
  const office = await BackOffice.open()
  for (const name of NAMES.toReversed()) await office.add({ name })
  return office
}

/** What the window gets that asks as early as it can: names, or null when it has to wait for all. */
async function earlyNames(office: BackOffice, how: BackOfficeOptions = {}) {
  let names: readonly string[] | null = null
  const restarted = await office.restart({
    ...how,
    lookFirst: ({ accounts }) => {
      const { ids, areAll } = accounts.first()
      expect(areAll).toBe(false)
      names = accounts.summaries(ids).map(({ name }) => name)
    },
  })
  return { names: names as readonly string[] | null, restarted }
}

describe('what the list begins with', () => {
  it('is read before all others at the next start', async () => {
    const { names, restarted } = await earlyNames(await officeOfMany())
    expect(names).toEqual(NAMES.slice(0, 100))
    expect(restarted.accounts.summaries()).toHaveLength(101)
  })

  it('is requested before any other record is read', async () => {
    const office = await officeOfMany()
    let there = 0
    const restarted = await office.restart({
      lookFirst: async ({ vault }) => {
        // All ready work is done.
        await new Promise((resolve) => setImmediate(resolve))
        there = vault.ids().length
      },
    })
    expect(there).toBe(100)
    expect(restarted.vault.ids()).toHaveLength(101)
  })

  it('is shown as the records are, whatever has become of them since', async () => {
    const office = await officeOfMany()
    const [first, second] = (await earlyNames(office)).restarted.accounts.first().ids
    const { records } = office
    const text = records.files.get(first as AccountId) ?? ''
    records.files.set(first as AccountId, text.replace('Company 000', 'Another name'))
    records.files.delete(second as AccountId)
    const { names } = await earlyNames(office)
    expect(names).toEqual(['Another name', ...NAMES.slice(2, 100)])
  })

  it('is not known after a crash, of few accounts, or when its file makes no sense, and then all are waited for', async () => {
    const office = await officeOfMany()
    const crashed = await office.crash()
    expect(crashed.startupRowsStore.text).toBeNull()

    const { restarted } = await earlyNames(crashed)
    restarted.startupRowsStore.text = '{"version":1,"accounts":"all"}'
    const again = await BackOffice.open({ after: restarted, lookFirst: () => expect.unreachable() })
    expect(again.accounts.summaries()).toHaveLength(101)

    const few = await BackOffice.open()
    await few.add()
    expect((await earlyNames(few)).names).toBeNull()
  })

  it('is not shown first where the list is in another order', async () => {
    const office = await officeOfMany()
    const { restarted } = await earlyNames(office)
    restarted.useCases.settingsStore.change({ sortBy: 'use' })
    expect((await earlyNames(restarted)).names).toBeNull()
  })

  it('waits for the others when an environment is lost, which is restored from them and announced', async () => {
    const { restarted } = await earlyNames(await officeOfMany())
    const office = await restarted.restart()
    await office.quit()
    office.stateStore.text = null
    const again = await BackOffice.open({ after: office, lookFirst: () => expect.unreachable() })
    expect(again.environmentEvents).toEqual([again.useCases.environmentStore.all])
    expect(again.useCases.environmentStore.all).toHaveLength(1)
  })

  it('is shown with an account of an unknown environment', async () => {
    const { restarted } = await earlyNames(await officeOfMany())
    const id = restarted.accounts.first().ids[0] as AccountId
    const text = restarted.records.files.get(id) ?? ''
    restarted.records.files.set(id, text.replace('"environment":', '"environs":'))
    const { names } = await earlyNames(restarted)
    expect(names).toHaveLength(100)
  })

  it('is no more than the first rows, also of one partner with all companies', async () => {
    const office = await BackOffice.open()
    const { id: partnerId } = await office.add({ name: 'Partner', kind: 'partner' })
    for (const name of NAMES) await office.add({ name, kind: 'company', partnerId })
    const { names, restarted } = await earlyNames(office)
    expect(names).toEqual(['Partner', ...NAMES.slice(0, 99)])
    expect(restarted.accounts.first().ids).toHaveLength(100)
  })

  it('comes before all others, and partners before their companies', async () => {
    const office = await BackOffice.open()
    const { id: partnerId } = await office.add({ name: 'Z partner', kind: 'partner' })
    const company = await office.add({ name: 'Z company', kind: 'company', partnerId })
    for (const name of NAMES.slice(0, 100)) await office.add({ name })
    const { first, ids } = { first: office.accounts.first().ids, ids: office.accounts.ids() }
    expect(first).toHaveLength(100)
    expect(ids).toEqual([...first, partnerId, company.id])
  })

  it('that the disk refuses costs nothing but the next start', async () => {
    const office = await officeOfMany()
    office.startupRowsStore.full = true
    const { names, restarted } = await earlyNames(office)
    expect(names).toBeNull()
    expect(restarted.accounts.summaries()).toHaveLength(101)
  })
})

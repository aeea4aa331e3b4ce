/**
 * The decision where secrets are stored without a keyring, on 40 accounts and a disk that refuses at each of its
 * writes. Judged by the files: what is reported, what is stored and what the settings say agree, and what doesn't agree
 * is reported by name. So also after a restart, and after a crash instead of it.
 */
import { describe, expect, it } from 'vitest'
import { StorageUnwritableError } from '../../../../electron/core/base/errors'
import type { StorageChoice } from '../../../../electron/shared/storage'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'

const NONE = { backend: 'basic_text', protected: false }
const ACCOUNTS = 40
const REFUSALS = [
  'once',
  'from then on',
  'once, though it is done',
  'from then on, though the first is done',
] as const

async function officeThat(has: StorageChoice): Promise<BackOffice> {
  const office = await BackOffice.open({ keyring: NONE })
  for (let n = 1; n <= ACCOUNTS; n += 1) await office.add({ name: `Account ${String(n).padStart(2, '0')}` })
  unwrap(await office.storage.choose(has))
  return office
}

/** The `nth` write of a record, or removal of copies, is refused. Returns what ends that. */
function refuseRecords(office: BackOffice, nth: number, how: (typeof REFUSALS)[number]): () => void {
  const { records } = office
  const write = records.write.bind(records)
  const removeCopies = records.removeCopies.bind(records)
  let count = 0
  const unlessRefused = (run: () => void): void => {
    count += 1
    const isRefused = count === nth || (how.startsWith('from then on') && count > nth)
    const mayBeThere = count === nth && how.endsWith('is done')
    if (!isRefused || mayBeThere) run()
    if (isRefused) throw new StorageUnwritableError('ENOSPC', { mayBeThere })
  }
  records.write = (id, record) => {
    unlessRefused(() => {
      write(id, record)
    })
  }
  records.removeCopies = (isToGo) => {
    unlessRefused(() => {
      removeCopies(isToGo)
    })
  }
  return () => {
    records.write = write
    records.removeCopies = removeCopies
  }
}

/** The writes of the settings that are refused, by their numbers. */
function refuseSettings(office: BackOffice, refused: readonly number[]): () => void {
  const { stateStore } = office
  const write = stateStore.write.bind(stateStore)
  let count = 0
  stateStore.write = (state) => {
    count += 1
    if (refused.includes(count)) throw new StorageUnwritableError('ENOSPC')
    write(state)
  }
  return () => {
    stateStore.write = write
  }
}

/** Names of the accounts whose record, or a copy of it, has readable secrets. */
function readable({ records, vault }: BackOffice): string[] {
  return vault.accounts().flatMap(({ id, name }) => {
    const texts = [records.files.get(id) ?? '', records.aside.get(id)?.text ?? '']
    return texts.some((text) => text.includes('basic_text:')) ? [name] : []
  })
}

function judge(office: BackOffice): void {
  const { mode, misplaced } = office.storage.status
  const told = misplaced?.accounts ?? []
  const onDisk = JSON.parse(office.stateStore.text ?? '') as { settings: { unprotectedStorage: string } }
  expect(onDisk.settings.unprotectedStorage === 'accepted').toBe(mode === 'unprotected-file')
  const isReadable = readable(office)
  // One that was lost with its process says so by wanting its key.
  const names = office.vault.accounts().flatMap(({ name, session }) => (session === null ? [] : [name]))
  if (mode === 'memory') expect(told).toEqual(isReadable)
  else expect(told).toEqual(names.filter((name) => !isReadable.includes(name)))
}

/** An account reported as stored is live in another process, and one reported as not stored has no readable secret. */
async function judgeAfter(office: BackOffice, how: 'restart' | 'crash'): Promise<void> {
  const { mode, misplaced } = office.storage.status
  const stored = mode === 'memory' ? [] : office.accounts.summaries().map(({ name }) => name)
  const expected = new Set(stored.filter((name) => misplaced?.accounts.includes(name) !== true))
  const next = how === 'restart' ? await office.restart() : await office.crash()
  judge(next)
  for (const { id, name } of next.vault.accounts())
    if (expected.has(name)) expect(next.status(id)).toBe('live')
  if (next.storage.status.mode === 'memory') expect(readable(next)).toEqual([])
}

const choices: readonly [from: StorageChoice, to: StorageChoice][] = [
  ['accepted', 'memory-only'],
  ['memory-only', 'accepted'],
]

describe.each(choices)('a decision about storage, from %s to %s', (from, to) => {
  it.each(REFUSALS)('that the disk refuses at any record (%s) is reported as it is', async (how) => {
    for (let nth = 1; nth <= ACCOUNTS + 1; nth += 1) {
      for (const end of ['restart', 'crash'] as const) {
        const office = await officeThat(from)
        const allow = refuseRecords(office, nth, how)
        await office.storage.choose(to)
        judge(office)
        allow()
        await judgeAfter(office, end)
      }
    }
  })

  it.each([[[1]], [[2]], [[3]], [[1, 2, 3]], [[2, 3]]])(
    'that the settings refuse, too, at their writes %s, is told as it is',
    async (refused) => {
      for (const nth of [1, 17, ACCOUNTS]) {
        for (const end of ['restart', 'crash'] as const) {
          const office = await officeThat(from)
          const allow = [refuseRecords(office, nth, 'from then on'), refuseSettings(office, refused)]
          await office.storage.choose(to)
          judge(office)
          for (const each of allow) each()
          await judgeAfter(office, end)
        }
      }
    },
  )

  it('that the disk refuses once leaves everything where it was', async () => {
    const office = await officeThat(from)
    const before = readable(office)
    refuseRecords(office, 17, 'once')
    expect(await office.storage.choose(to)).toMatchObject({
      error: { problem: { code: 'storage-unwritable' } },
    })
    expect(office.settingsStore.current.unprotectedStorage).toBe(from)
    expect(office.storage.status.misplaced).toBeUndefined()
    expect(readable(office)).toEqual(before)
  })

  it('is finished by the next start when a crash came between', async () => {
    const office = await officeThat(from)
    const write = office.records.write.bind(office.records)
    let writes = 0
    let disk = office.records.copy()
    office.records.write = (id, record) => {
      write(id, record)
      writes += 1
      if (writes === 17) disk = office.records.copy()
    }
    await office.storage.choose(to)
    const next = await BackOffice.open({ after: office, disk })
    if (to === 'memory-only') {
      expect(next.storage.status).toMatchObject({ mode: 'memory', misplaced: undefined })
      expect(readable(next)).toEqual([])
    } else {
      expect(next.storage.status.mode).toBe('unprotected-file')
      expect(readable(next)).toHaveLength(17)
    }
  })
})

describe('secrets that are reported as misplaced', () => {
  it('are no longer reported once they have moved', async () => {
    const office = await officeThat('accepted')
    const allow = [refuseRecords(office, 3, 'from then on'), refuseSettings(office, [2])]
    expect(await office.storage.choose('memory-only')).toMatchObject({ ok: true })
    expect(office.storage.status.misplaced?.accounts).toHaveLength(ACCOUNTS - 2)
    for (const each of allow) each()
    expect(await office.storage.retry()).toMatchObject({ mode: 'memory', misplaced: undefined })
    expect(readable(office)).toEqual([])
  })

  it('is written over once it can be, where a refused write lies there all the same', async () => {
    for (const [from, to] of choices) {
      const office = await officeThat(from)
      const before = readable(office)
      const allow = refuseRecords(office, 17, 'from then on, though the first is done')
      expect((await office.storage.choose(to)).ok).toBe(false)
      expect(office.storage.status.misplaced?.accounts).toContain('Account 17')
      allow()
      expect(await office.storage.retry()).toMatchObject({ misplaced: undefined })
      expect(readable(office)).toEqual(before)
    }
  })

  it('follows an account that moves on its own', async () => {
    const office = await officeThat('memory-only')
    const [first] = office.vault.accounts()
    const allow = [refuseRecords(office, 1, 'from then on'), refuseSettings(office, [2])]
    unwrap(await office.storage.choose('accepted'))
    for (const each of allow) each()
    expect(office.storages.at(-1)?.misplaced?.accounts).toHaveLength(ACCOUNTS)
    unwrap(await office.accounts.renew(first?.id ?? ('' as never)))
    expect(office.storages.at(-1)?.misplaced?.accounts).toHaveLength(ACCOUNTS - 1)
  })
})

describe('copies of records', () => {
  it('hold no readable secret after “memory only”, and what is readable in no other way stays', async () => {
    const office = await officeThat('accepted')
    const [kept, other] = office.vault.ids()
    if (kept === undefined || other === undefined) throw new Error('no accounts')
    office.records.keepCopy(kept, 'before-migration')
    office.records.aside.set(other, { why: 'before-migration', text: '{"sealed":"kwallet6:abcd"}' })
    unwrap(await office.storage.choose('memory-only'))
    expect([...office.records.aside.keys()]).toEqual([other])
    expect(readable(office)).toEqual([])
  })

  it('of a damaged record go as well, and the account stays by its name and wants its key', async () => {
    const office = await officeThat('accepted')
    const [hurt] = office.vault.ids()
    if (hurt === undefined) throw new Error('no accounts')
    office.records.files.set(hurt, (office.records.files.get(hurt) ?? '').slice(0, -5))
    const restarted = await office.restart()
    expect(restarted.status(hurt)).toBe('locked')
    expect(readable(restarted)).toContain('Account 01')
    unwrap(await restarted.storage.choose('memory-only'))
    expect(readable(restarted)).toEqual([])
    expect(restarted.records.aside.size).toBe(0)
    const again = await restarted.restart()
    expect(again.summary(hurt).name).toBe('Account 01')
    expect(await again.accounts.enterApiKey(hurt, new Secret(keyOf('Account 01')), false)).toMatchObject({
      ok: true,
    })
  })

  it('that can not be removed are reported, also after a restart, until they are gone', async () => {
    const office = await officeThat('accepted')
    const [kept] = office.vault.ids()
    if (kept === undefined) throw new Error('no accounts')
    office.records.keepCopy(kept, 'before-migration')
    const allow = [refuseRecords(office, ACCOUNTS + 1, 'from then on'), refuseSettings(office, [2])]
    unwrap(await office.storage.choose('memory-only'))
    expect(office.storage.status).toMatchObject({
      mode: 'memory',
      misplaced: { accounts: [], inCopies: true },
    })
    allow[1]?.()
    const restarted = await office.restart()
    expect(restarted.storage.status.misplaced).toEqual({ accounts: [], inCopies: true })
    allow[0]?.()
    expect(await restarted.storage.retry()).toMatchObject({ misplaced: undefined })
    expect(restarted.records.aside.size).toBe(0)
  })
})

import { describe, expect, it } from 'vitest'
import type { NewAccount } from '../../../../electron/core/accounts/account-service'
import { Emitter } from '../../../../electron/core/base/emitter'
import { ServicePauses } from '../../../../electron/core/session/service-pauses'
import { planImport, type ImportPlan } from '../../../../electron/core/transfer/import-plan'
import { resultsCsv } from '../../../../electron/core/transfer/import-results'
import { ImportRun, type ImportRunDeps } from '../../../../electron/core/transfer/import-run'
import type { AccountId, AccountSummary } from '../../../../electron/shared/account'
import type { ImportRow } from '../../../../electron/core/transfer/import-row'
import type { Result } from '../../../../electron/shared/ipc/contract'
import type { ImportProgress, RowOutcome } from '../../../../electron/shared/transfer'
import { BackOffice } from '../../../support/back-office'
import { anId, anAccount, aPartner } from '../../../support/builders'
import { FakeTime, settle } from '../../../support/fakes/fake-time'
import { MemoryLog } from '../../../support/fakes/memory-log'
import { csv, fileOf, NOTHING_YET, planOf, Turns } from '../../../support/import'

/** Answers each login when a test says so, and knows what was asked at the same time. */
class App {
  readonly asked: { readonly name: string; readonly partnerId: AccountId | null }[] = []
  readonly progress: ImportProgress[] = []
  readonly log = new MemoryLog()
  readonly turns = new Turns()
  readonly cancel = new AbortController()
  readonly time = new FakeTime()
  readonly pauses = new ServicePauses({
    clock: this.time,
    timers: this.time,
    random: () => 0.5,
    events: new Emitter(this.log),
  })
  latest: ImportRun | null = null
  mostAtOnce = 0
  /** Names that are refused. */
  readonly refused = new Map<string, Result<AccountSummary>>()
  /** Names that the service takes for companies. */
  readonly companies = new Set<string>()
  holdsAnswers = false
  #waiting: (() => void)[] = []
  #underWay = 0

  readonly #add: ImportRunDeps['add'] = async ({ name }, partnerId) => {
    this.asked.push({ name, partnerId })
    this.#underWay += 1
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay)
    if (this.holdsAnswers) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    await settle()
    this.#underWay -= 1
    const made = this.companies.has(name) || partnerId !== null ? anAccount : aPartner
    return this.refused.get(name) ?? { ok: true, value: made({ name }) }
  }

  run(plan: ImportPlan, deps: Partial<ImportRunDeps> = {}): Promise<readonly RowOutcome[]> {
    const progressed = (progress: ImportProgress): void => void this.progress.push(progress)
    const { log } = this
    const { pauses } = this
    this.latest = new ImportRun(plan, new Map(), {
      add: this.#add,
      update: () => Promise.reject(new Error('nothing is updated')),
      pausedUntil: (id) => pauses.until(id),
      unpaused: (id, signal) => pauses.over(id, signal),
      progressed,
      pause: this.turns.pause,
      log,
      ...deps,
    })
    return this.latest.run(this.cancel.signal)
  }

  answerAll(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const answer of waiting) answer()
  }
}

function rows(count: number, parts: Partial<ImportRow> = {}): Partial<ImportRow>[] {
  return Array.from({ length: count }, (_, n) => ({ name: `Account ${String(n)}`, ...parts }))
}

function kinds(outcomes: readonly RowOutcome[]): string[] {
  return outcomes.map(({ outcome }) => outcome.kind)
}

describe('an import', () => {
  it('adds what the plan says, and has an outcome for each row, in the order of the file', async () => {
    const app = new App()
    const outcomes = await app.run(
      await planOf([{ name: 'A' }, { name: '' }, { name: 'There' }, { name: 'B' }], {
        ...NOTHING_YET,
        accounts: [anAccount({ name: 'There' })],
      }),
    )
    expect(outcomes).toEqual([
      { line: 2, name: 'A', outcome: { kind: 'added' } },
      {
        line: 3,
        name: '',
        outcome: { kind: 'has-problems', problems: [{ field: 'name', reason: 'empty' }] },
      },
      { line: 4, name: 'There', outcome: { kind: 'already-there' } },
      { line: 5, name: 'B', outcome: { kind: 'added' } },
    ])
    expect(app.asked.map(({ name }) => name)).toEqual(['A', 'B'])
  })

  it('has at most 8 logins under way, and starts the next when one ends', async () => {
    const app = new App()
    app.holdsAnswers = true
    const done = app.run(await planOf(rows(20)))
    for (const asked of [8, 16, 20]) {
      await settle()
      expect(app.asked).toHaveLength(asked)
      app.answerAll()
      await settle()
    }
    expect(kinds(await done)).toEqual(Array(20).fill('added'))
    expect(app.mostAtOnce).toBe(8)
  })

  it('tells how far it is: at the start, and after each row', async () => {
    const app = new App()
    app.refused.set('Account 1', { ok: false, error: { code: 'internal' } })
    await app.run(await planOf([...rows(3), { name: '' }]))
    expect(app.progress).toMatchObject([
      { total: 4, done: 1, added: 0, failed: 0, skipped: 1 },
      { total: 4, done: 2, added: 1, failed: 0, skipped: 1 },
      { total: 4, done: 3, added: 1, failed: 1, skipped: 1 },
      { total: 4, done: 4, added: 2, failed: 1, skipped: 1 },
    ])
  })

  it('gives others a turn though nothing ever waits', async () => {
    const app = new App()
    await app.run(await planOf(rows(320)), {
      add: ({ name }) => Promise.resolve({ ok: true, value: anAccount({ name }) }),
    })
    expect(app.turns.given).toBe(20)
  })

  it('continues after a refusal and after a defect, and says which it was', async () => {
    const app = new App()
    const refusal = { code: 'problem', problem: { code: 'key-refused', status: 401 } } as const
    const outcomes = await app.run(await planOf(rows(3)), {
      add: ({ name }) => {
        if (name === 'Account 0') return Promise.resolve({ ok: false, error: refusal })
        if (name === 'Account 1') return Promise.reject(new TypeError('choked on key-of-acme'))
        return Promise.resolve({ ok: true, value: anAccount({ name }) })
      },
    })
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      { kind: 'refused', error: refusal },
      { kind: 'refused', error: { code: 'internal' } },
      { kind: 'added' },
    ])
    expect(JSON.stringify(app.log)).toContain('TypeError')
    expect(JSON.stringify(app.log)).not.toContain('key-of-acme')
  })

  it('treats a name that was added meanwhile as an existing account', async () => {
    const app = new App()
    app.refused.set('Account 0', {
      ok: false,
      error: { code: 'bad-fields', fields: [{ field: 'name', reason: 'duplicate' }] },
    })
    expect(kinds(await app.run(await planOf(rows(1))))).toEqual(['already-there'])
    expect(app.progress.at(-1)).toMatchObject({ total: 1, done: 1, added: 0, failed: 0, skipped: 1 })
  })
})

describe('partners', () => {
  const family = [
    { name: 'Company', partner: 'Harbor' },
    { name: 'Harbor', type: 'partner' },
    { name: 'Loner' },
    { name: 'Other company', partner: 'harbor' },
  ]

  it('are added before their companies, which go under them', async () => {
    const app = new App()
    app.holdsAnswers = true
    const done = app.run(await planOf(family))
    await settle()
    expect(app.asked.map(({ name }) => name)).toEqual(['Harbor', 'Loner'])
    app.holdsAnswers = false
    app.answerAll()
    expect(kinds(await done)).toEqual(['added', 'added', 'added', 'added'])
    expect(app.asked.slice(2)).toEqual([
      { name: 'Company', partnerId: anId('Harbor') },
      { name: 'Other company', partnerId: anId('Harbor') },
    ])
  })

  it('that are there already are used as they are', async () => {
    const app = new App()
    const harbor = aPartner({ name: 'Harbor', id: 'id-of-harbor' as AccountId })
    await app.run(await planOf(family, { ...NOTHING_YET, accounts: [harbor] }))
    expect(app.asked.find(({ name }) => name === 'Company')?.partnerId).toBe('id-of-harbor')
  })

  it('that fail keep their companies from being sent', async () => {
    const app = new App()
    app.refused.set('Harbor', { ok: false, error: { code: 'internal' } })
    const outcomes = await app.run(await planOf(family))
    expect(kinds(outcomes)).toEqual(['partner-not-added', 'refused', 'added', 'partner-not-added'])
    expect(app.asked.map(({ name }) => name)).toEqual(['Harbor', 'Loner'])
    expect(app.progress.at(-1)).toMatchObject({ total: 4, done: 4, added: 1, failed: 3, skipped: 0 })
  })

  it('that turn out to be companies too', async () => {
    const app = new App()
    app.companies.add('Harbor')
    const outcomes = await app.run(await planOf(family))
    expect(kinds(outcomes)).toEqual(['partner-is-company', 'added', 'added', 'partner-is-company'])
  })
})

describe('a cancelled import', () => {
  it('starts nothing new, and lets end what is under way', async () => {
    const app = new App()
    app.holdsAnswers = true
    const done = app.run(await planOf([...rows(20), { name: 'Company', partner: 'Account 0' }]))
    await settle()
    app.cancel.abort()
    await settle()
    app.answerAll()
    expect(kinds(await done)).toEqual([
      ...Array<string>(8).fill('added'),
      ...Array<string>(13).fill('cancelled'),
    ])
    expect(app.asked).toHaveLength(8)
    expect(app.progress.at(-1)).toMatchObject({ total: 21, done: 8, added: 8, failed: 0, skipped: 0 })
  })

  it('before its start sends nothing', async () => {
    const app = new App()
    app.cancel.abort()
    expect(kinds(await app.run(await planOf(rows(2))))).toEqual(['cancelled', 'cancelled'])
    expect(app.asked).toEqual([])
  })
})

describe('the results as a file', () => {
  it('say line, name, result and why, with no formula in them and no key', async () => {
    const app = new App()
    app.refused.set('=Account', {
      ok: false,
      error: { code: 'problem', problem: { code: 'key-refused', status: 401 } },
    })
    const plan = await planOf([
      { name: '=Account', apiKey: 'secret-1' },
      { name: 'B', apiKey: 'secret 2' },
      { name: 'C', apiKey: 'secret-3' },
    ])
    const text = await resultsCsv(await app.run(plan), new Turns().pause)
    expect(text.split('\r\n')).toEqual([
      '\uFEFFline,name,result,reason',
      expect.stringMatching(/^2,'=Account,Failed,"The service rejected the API key \(HTTP 401\)\./u),
      '3,B,Skipped,The API key contains a space or a line break.',
      '4,C,Added,',
      '',
    ])
    expect(text).not.toContain('secret')
  })

  it('are written in slices', async () => {
    const outcomes = rows(5000).map((_, n) => ({ line: n, name: 'A', outcome: { kind: 'added' } as const }))
    const turns = new Turns()
    const text = await resultsCsv(outcomes, turns.pause)
    expect(text.split('\r\n')).toHaveLength(5002)
    expect(turns.given).toBeGreaterThanOrEqual(50)
  })
})

describe('with the real use cases', () => {
  const text = csv(
    'Company,company,Sandbox,key-company,Harbor,,yes',
    'Harbor,,Sandbox,key-harbor,,,',
    'Refused,,Sandbox,wrong-key,,,',
    'Not here,,Nowhere,key,,,',
  )

  async function importInto(office: BackOffice): Promise<readonly RowOutcome[]> {
    const plan = await planImport(
      await fileOf(text),
      { accounts: office.accounts.summaries(), environments: office.environmentStore.all },
      new Turns().pause,
    )
    return await new App().run(plan, {
      add: ({ tags: _, ...account }, partnerId) => {
        const typed: NewAccount = { ...account, partnerId }
        return office.accounts.add(typed)
      },
    })
  }

  async function office(): Promise<BackOffice> {
    const office = await BackOffice.open()
    await office.environment()
    office.service.addKey('key-harbor', { refreshes: true })
    office.service.addKey('key-company', { refreshes: false })
    return office
  }

  it('adds the accounts, companies under their partners', async () => {
    const app = await office()
    expect(kinds(await importInto(app))).toEqual(['added', 'added', 'refused', 'has-problems'])
    const accounts = new Map(app.accounts.summaries().map((each) => [each.name, each]))
    expect([...accounts.keys()].sort()).toEqual(['Company', 'Harbor'])
    expect(accounts.get('Harbor')).toMatchObject({ kind: 'partner', remembersApiKey: false })
    expect(accounts.get('Company')).toMatchObject({
      kind: 'company',
      partnerId: accounts.get('Harbor')?.id,
      remembersApiKey: true,
    })
  })

  it('makes no doubles when it is done twice', async () => {
    const app = await office()
    await importInto(app)
    const sent = app.service.requests.length
    expect(kinds(await importInto(app))).toEqual([
      'already-there',
      'already-there',
      'refused',
      'has-problems',
    ])
    expect(app.accounts.summaries()).toHaveLength(2)
    expect(app.service.requests).toHaveLength(sent + 1)
  })
})

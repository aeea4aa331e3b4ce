/** A service that limits is waited for: by an import, by bulk and automatic renewals, in the whole environment. */
import { describe, expect, it } from 'vitest'
import type { ImportResult, RowOutcome } from '../../../../electron/shared/transfer'
import type { Result } from '../../../../electron/shared/ipc/contract'
import { outcomeSummary, afterImport } from '../../../../electron/shared/wording'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'
import { settle } from '../../../support/fakes/fake-time'
import { limits } from '../../../support/limiting-service'

const NAMES = Array.from({ length: 60 }, (_, nth) => `Account ${String(nth)}`)

async function office(names: readonly string[] = NAMES): Promise<BackOffice> {
  const office = await BackOffice.open()
  await office.environment()
  for (const name of names) office.service.addKey(keyOf(name))
  return office
}

/** The result in an object: a promise would be waited for. */
async function started(
  app: BackOffice,
  names: readonly string[] = NAMES,
): Promise<{ readonly result: Promise<Result<ImportResult>> }> {
  const { imports } = app.useCases
  const rows = names.map((name) => `${name},Sandbox,${keyOf(name)}`)
  const previewing = imports.preview(['name,environment,apiKey', ...rows].join('\n'))
  await app.time.advance(0)
  const preview = unwrap(await previewing)
  if (!preview.ok) throw new Error('refused')
  const result = imports.run(preview.planId)
  // Long work lets others have their turn.
  await app.time.advance(1)
  return { result }
}

function kinds(outcomes: readonly RowOutcome[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { outcome } of outcomes) counts[outcome.kind] = (counts[outcome.kind] ?? 0) + 1
  return counts
}

describe('an import by a service that limits', () => {
  it('adds all 60 rows, though only 20 logins in 10 s are taken', async () => {
    const app = await office()
    limits(app.service, app.time)
    const { result } = await started(app)
    await app.time.advance(60_000)
    expect(kinds(unwrap(await result).outcomes)).toEqual({ added: 60 })
    expect(app.vault.ids()).toHaveLength(60)
  })

  it('says until when it waits, and sends nothing before', async () => {
    const app = await office()
    const refusedAt = limits(app.service, app.time)
    const { result } = await started(app)
    const sent = app.service.requests.length
    expect(sent).toBeLessThanOrEqual(28)
    expect(app.progress.at(-1)).toMatchObject({
      added: 20,
      failed: 0,
      waitsUntil: (refusedAt[0] ?? 0) + 5_000,
    })
    await app.time.advance(4_000)
    expect(app.service.requests).toHaveLength(sent)
    await app.time.advance(60_000)
    expect(unwrap(await result).retryable).toBe(0)
    expect(app.progress.at(-1)).toMatchObject({ done: 60, waitsUntil: null })
  })

  it('waits longer each time, where the service doesn’t say how long', async () => {
    const app = await office()
    const refusedAt = limits(app.service, app.time, { requests: 20, inMs: 10_000, retryAfterMs: null })
    const { result } = await started(app)
    await app.time.advance(120_000)
    expect(kinds(unwrap(await result).outcomes)).toEqual({ added: 60 })
    const pauses = [...new Set(refusedAt)]
    expect(pauses.length).toBeGreaterThan(1)
    expect((pauses[1] ?? 0) - (pauses[0] ?? 0)).toBeGreaterThanOrEqual(1_000)
  })

  it('can be paused and continued by the user', async () => {
    const app = await office()
    app.service.hold()
    const { result } = await started(app)
    expect(app.service.requests).toHaveLength(8)
    app.useCases.imports.pause(true)
    app.service.release()
    await app.time.advance(60_000)
    expect(app.service.requests).toHaveLength(8)
    expect(app.progress.at(-1)).toMatchObject({ done: 8, added: 8, isPaused: true })
    app.useCases.imports.pause(false)
    await app.time.advance(1_000)
    expect(kinds(unwrap(await result).outcomes)).toEqual({ added: 60 })
  })

  it('can be cancelled while it waits, and keeps what was added', async () => {
    const app = await office()
    limits(app.service, app.time)
    const { result } = await started(app)
    const sent = app.service.requests.length
    app.useCases.imports.cancel()
    await app.time.advance(0)
    const { outcomes, retryable } = unwrap(await result)
    expect(kinds(outcomes)).toEqual({ added: 20, cancelled: 40 })
    expect(retryable).toBe(40)
    await app.time.advance(60_000)
    expect(app.service.requests).toHaveLength(sent)
  })

  it('can be cancelled while it is paused', async () => {
    const app = await office()
    app.service.hold()
    const { result } = await started(app)
    app.useCases.imports.pause(true)
    app.useCases.imports.cancel()
    app.service.release()
    await app.time.advance(0)
    expect(kinds(unwrap(await result).outcomes)).toEqual({ added: 8, cancelled: 52 })
  })
})

describe('what failed is retried without a file', () => {
  const names = ['ACME', 'Beta', 'Gamma']

  it('only those rows, and the result is that of all', async () => {
    const app = await office(names)
    let isDown = true
    app.service.mishap = ({ secret }) => (isDown && secret !== keyOf('ACME') ? { lose: 'request' } : null)
    const first = unwrap(await (await started(app, names)).result)
    expect(kinds(first.outcomes)).toEqual({ added: 1, refused: 2 })
    expect(first.retryable).toBe(2)
    expect(outcomeSummary(first.outcomes)).toBe('1 account added, 2 failed')
    expect(afterImport(first)).toBe('2 rows can be retried without the file.')

    isDown = false
    const sent = app.service.requests.length
    const second = unwrap(await app.useCases.imports.retry())
    expect(kinds(second.outcomes)).toEqual({ added: 3 })
    expect(second.outcomes.map(({ name }) => name)).toEqual(names)
    expect(app.service.requests).toHaveLength(sent + 2)
    expect(afterImport(second)).toBe('')
    expect(await app.useCases.imports.retry()).toMatchObject({ error: { code: 'not-found' } })
  })

  it('but not a key that the service rejects: that is corrected in the file', async () => {
    const app = await office(['ACME'])
    const result = unwrap(await (await started(app, ['ACME', 'Wrong'])).result)
    expect(kinds(result.outcomes)).toEqual({ added: 1, refused: 1 })
    expect(result.retryable).toBe(0)
    expect(afterImport(result)).toBe('Correct the file and import it again; duplicates aren’t created.')
  })

  it('with its partner, where that failed as well', async () => {
    const app = await office(['Harbor', 'Alder'])
    let isDown = true
    app.service.mishap = () => (isDown ? { lose: 'request' } : null)
    const { imports } = app.useCases
    const preview = unwrap(
      await imports.preview(
        `name,environment,apiKey,partner\nAlder,Sandbox,${keyOf('Alder')},Harbor\nHarbor,Sandbox,${keyOf('Harbor')},`,
      ),
    )
    const first = unwrap(await imports.run(preview.ok ? preview.planId : ''))
    expect(first.outcomes.map(({ outcome }) => outcome.kind)).toEqual(['partner-not-added', 'refused'])
    isDown = false
    const second = unwrap(await imports.retry())
    expect(kinds(second.outcomes)).toEqual({ added: 2 })
  })

  it('and a retry that is cancelled leaves what is known', async () => {
    const app = await office(names)
    app.service.mishap = () => ({ lose: 'request' })
    unwrap(await (await started(app, names)).result)
    const retrying = app.useCases.imports.retry()
    app.useCases.imports.pause(true)
    app.useCases.imports.cancel()
    await app.time.advance(0)
    expect(kinds(unwrap(await retrying).outcomes)).toEqual({ refused: 3 })
  })

  it('never once the keys are gone: the app was locked', async () => {
    const app = await office(names)
    await app.useCases.lock.setPassphrase(new Secret('correct horse battery staple'), new Secret(''))
    app.service.mishap = () => ({ lose: 'request' })
    unwrap(await (await started(app, names)).result)
    app.useCases.lock.lock()
    expect(await app.useCases.imports.retry()).toMatchObject({ error: { code: 'not-found' } })
  })
})

describe('the whole environment waits', () => {
  async function withExpired(count: number): Promise<BackOffice> {
    const app = await BackOffice.open()
    for (let nth = 0; nth < count; nth += 1)
      await app.add({ name: `Account ${String(nth)}`, rememberApiKey: true })
    return app
  }

  it('a retry of another account is put off, and said to be', async () => {
    const app = await withExpired(2)
    const [first, second] = app.vault.ids()
    if (first === undefined || second === undefined) throw new Error('two accounts')
    app.service.mishap = () => ({ lose: 'request' })
    await app.accounts.renew(first)
    const asked = app.service.requests.length
    const limited = { code: 'service-unavailable', status: 429 } as const
    app.service.mishap = () => ({
      answer: { kind: 'transient', problem: limited, retryAfterMs: 60_000, mayHaveArrived: false },
    })
    await app.accounts.renew(second)
    app.service.mishap = () => null
    const until = app.time.now() + 60_000
    // Its own retry comes due, and is put off: the window and the tray must hear of it.
    const told: unknown[] = []
    app.useCases.events.on('accountsChanged', ({ ids }) => {
      if (ids.includes(first)) told.push(app.summary(first).renewal)
    })
    await app.time.advance(59_000)
    expect(app.service.requests).toHaveLength(asked + 1)
    expect(told).toContainEqual({ phase: 'waiting', retryAt: until })
    expect(app.summary(first).renewal).toEqual({ phase: 'waiting', retryAt: until })
    await app.time.advance(2_000)
    expect(app.service.requests).toHaveLength(asked + 3)
    expect(app.summary(first).problem).toBeNull()
    expect(app.summary(second).problem).toBeNull()
  })

  it('and what fails otherwise meanwhile is retried only after the wait, and says so', async () => {
    const app = await withExpired(2)
    const [first, second] = app.vault.ids()
    if (first === undefined || second === undefined) throw new Error('two accounts')
    limits(app.service, app.time, { requests: 0, inMs: 10_000, retryAfterMs: 60_000 })
    await app.accounts.renew(first)
    const until = app.time.now() + 60_000
    app.service.mishap = () => ({ lose: 'request' })
    await app.accounts.renew(second)
    expect(app.summary(second).renewal).toEqual({ phase: 'waiting', retryAt: until })
  })

  it('but not a person: what is asked for one account is sent at once', async () => {
    const app = await withExpired(2)
    const [first, second] = app.vault.ids()
    if (first === undefined || second === undefined) throw new Error('two accounts')
    limits(app.service, app.time, { requests: 0, inMs: 10_000, retryAfterMs: 60_000 })
    await app.accounts.renew(first)
    app.service.mishap = () => null
    expect(await app.accounts.renew(second)).toMatchObject({ ok: true })
  })

  it('and the network’s return ends it, since it may be another one', async () => {
    const app = await withExpired(1)
    const [id] = app.vault.ids()
    if (id === undefined) throw new Error('an account')
    limits(app.service, app.time, { requests: 0, inMs: 10_000, retryAfterMs: 60_000 })
    await app.accounts.renew(id)
    app.service.mishap = () => null
    app.useCases.networkIsBack()
    await settle()
    expect(app.summary(id).problem).toBeNull()
  })
})

describe('an import that ends unseen', () => {
  it('while the app is locked keeps its result until it was seen', async () => {
    const app = await office(['ACME'])
    const passphrase = new Secret('correct horse battery staple')
    await app.useCases.lock.setPassphrase(passphrase, new Secret(''))
    app.service.hold()
    const { result } = await started(app, ['ACME'])
    const { imports } = app.useCases
    expect(imports.state).toMatchObject({ is: 'running', progress: { done: 0 } })
    app.useCases.lock.lock()
    app.service.release()
    await result
    await app.useCases.lock.unlock(passphrase)
    expect(imports.state).toMatchObject({
      is: 'done',
      outcomes: [{ name: 'ACME', outcome: { kind: 'added' } }],
    })
    imports.cancel()
    expect(imports.state).toEqual({ is: 'none' })
  })

  it('keeps no key of it', async () => {
    const app = await office(['ACME'])
    app.service.mishap = () => ({ lose: 'request' })
    await (
      await started(app, ['ACME'])
    ).result
    expect(JSON.stringify(app.useCases.imports.state)).not.toContain(keyOf('ACME'))
  })
})

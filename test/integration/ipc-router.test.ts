import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IpcMainInvokeEvent, WebFrameMain } from 'electron'
import { listen } from '../../electron/main/ipc/listen'
import { createRouter, type Handlers, type Sender } from '../../electron/main/ipc/router'
import { callChannel } from '../../electron/shared/ipc/channels'
import { calls, CALLS_WHEN_LOCKED, type CallName, type Result } from '../../electron/shared/ipc/contract'
import { MemoryLog } from '../support/fakes/memory-log'
import { messageOf } from '../support/message-of'

type Listener = (event: IpcMainInvokeEvent, input: unknown) => unknown

const OUR_FRAME = frame()
const FOREIGN_FRAME = frame()

const ID = '00000000-0000-4000-8000-000000000001'
const NAMES = Object.keys(calls) as CallName[]

/** A few messages that the call takes; what is made by its shape may still be out of bounds. */
function messagesFor(name: CallName): unknown[] {
  const { input } = calls[name]()
  const made = fc.sample(
    messageOf(input, () => [ID]),
    { numRuns: 500, seed: 1 },
  )
  const taken = made.filter((message) => input.safeParse(message).success).slice(0, 5)
  if (taken.length === 0) throw new Error(`no message for ${name}`)
  return taken
}

function ring(): unknown {
  const holder: { ids: unknown[] } = { ids: [] }
  holder.ids.push(holder)
  return holder
}

/** A stand-in: the router only asks whether it is the right one. */
function frame(): WebFrameMain {
  return { url: 'app://tokendesk/index.html' } as unknown as WebFrameMain
}

const NOT_FOUND = { code: 'not-found', what: 'account' } as const

/** The router over a pretended `ipcMain`, with handlers that count and answer what a test gives them. */
function router(
  handlers: Partial<Handlers> = {},
  started: Promise<unknown> = Promise.resolve(),
  isLocked: () => boolean = () => false,
): {
  send: (name: CallName, input: unknown, frame?: WebFrameMain | null) => Promise<unknown>
  handled: string[]
  log: MemoryLog
  channels: string[]
} {
  const listeners = new Map<string, Listener>()
  const handled: string[] = []
  const log = new MemoryLog()
  const names = Object.keys(calls) as CallName[]
  const all = Object.fromEntries(
    names.map((name) => [
      name,
      (input: never, sender: Sender) => {
        handled.push(name)
        return handlers[name]?.(input, sender) ?? { ok: false, error: NOT_FOUND }
      },
    ]),
  ) as unknown as Handlers
  const answer = createRouter({
    handlers: all,
    isOurs: ({ senderFrame }: Sender) => senderFrame === OUR_FRAME,
    readyFor: (name) => (name === 'quit' ? Promise.resolve() : started),
    isLocked,
    log,
  })
  listen(
    { handle: (channel, listener) => void listeners.set(channel, listener as Listener) },
    Promise.resolve(answer),
  )
  return {
    handled,
    log,
    channels: [...listeners.keys()],
    send: async (name, input, frame = OUR_FRAME) =>
      await listeners.get(callChannel(name))?.({ senderFrame: frame } as IpcMainInvokeEvent, input),
  }
}

describe('the IPC router', () => {
  it('listens to each call of the contract, and to nothing else', () => {
    expect(router().channels).toEqual(Object.keys(calls).map((name) => `call:${name}`))
  })

  it('tells the handler which frame has asked', async () => {
    let asked: WebFrameMain | null = null
    const getSnapshot: Handlers['getSnapshot'] = (_, { senderFrame }) => {
      asked = senderFrame
      return { ok: false, error: { code: 'internal' } }
    }
    await router({ getSnapshot }).send('getSnapshot', undefined)
    expect(asked).toBe(OUR_FRAME)
  })

  it.each([
    ['a foreign frame', FOREIGN_FRAME],
    ['a frame that is gone', null],
  ])('refuses %s before the handler hears of it', async (_, frame) => {
    const { send, handled } = router()
    expect(await send('copyJwt', { id: ID }, frame)).toEqual({ ok: false, error: { code: 'forbidden' } })
    expect(handled).toEqual([])
  })

  it.each<[CallName, unknown]>([
    ['copyJwt', undefined],
    ['copyJwt', null],
    ['copyJwt', 'account-1'],
    ['copyJwt', {}],
    ['copyJwt', { id: 7 }],
    ['copyJwt', { id: '' }],
    ['copyJwt', { id: 'x'.repeat(100) }],
    ['copyJwt', { id: '../lock' }],
    ['addAccount', { name: 'ACME' }],
    ['changeSettings', { theme: 'pink' }],
    ['changeSettings', { unprotectedStorage: 'accepted' }],
    ['chooseStorage', { choice: 'undecided' }],
    ['getSnapshot', { all: true }],
    ['remindTomorrow', { ids: new Array<string>(4_000_000_000) }],
    ['remindTomorrow', { ids: Array.from({ length: 100_001 }, () => ID) }],
    // Beside what is asked for, where no schema looks.
    ['copyJwt', { id: ID, more: new Array<string>(4_000_000_000) }],
    ['remindTomorrow', ring()],
    ['changeSettings', { reminderLeadsMs: new Uint8Array(3) }],
    ['remindTomorrow', Object.fromEntries(Array.from({ length: 100_001 }, (_, n) => [`id${String(n)}`, ID]))],
    ['changeSettings', Object('boxed')],
    ['copyJwt', new Map([['id', ID]])],
    ['copyJwt', Object.assign(new Date(), { id: ID })],
  ])('refuses %s with the wrong shape before the handler hears of it', async (name, input) => {
    const { send, handled } = router()
    expect(await send(name, input)).toEqual({ ok: false, error: { code: 'invalid-message' } })
    expect(handled).toEqual([])
  })

  it('lets in what every account is asked for at once', async () => {
    const { send, handled } = router()
    await send('remindTomorrow', { ids: Array.from({ length: 10_000 }, () => ID) })
    expect(handled).toEqual(['remindTomorrow'])
  })

  it('lets no call in before start-up is through, except to quit', async () => {
    let go: () => void = () => undefined
    const { send, handled } = router({}, new Promise<void>((resolve) => (go = resolve)))
    const copied = send('copyJwt', { id: ID })
    await send('quit', undefined)
    expect(handled).toEqual(['quit'])
    go()
    await copied
    expect(handled).toEqual(['quit', 'copyJwt'])
  })

  it('answers with a code when start-up has failed', async () => {
    const failed = Promise.reject(new Error('start-up'))
    failed.catch(() => undefined)
    expect(await router({}, failed).send('copyJwt', { id: ID })).toEqual({
      ok: false,
      error: { code: 'internal' },
    })
  })

  it('turns a throwing handler into a code, and quotes its words nowhere', async () => {
    const { send, log } = router({
      copyJwt: () => {
        throw new TypeError('could not copy eyJ-secret-jwt')
      },
    })
    expect(await send('copyJwt', { id: ID })).toEqual({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(log.lines)).not.toContain('secret')
    expect(log.lines).toEqual([
      {
        level: 'error',
        message: 'a call failed',
        fields: { call: 'copyJwt', error: 'TypeError', code: null },
      },
    ])
  })

  it('lets nothing out that the contract does not name', async () => {
    const leaking = { expiresAt: 1, jwt: 'eyJ-secret-jwt' }
    const { send } = router({ copyJwt: () => ({ ok: true, value: leaking }) })
    expect(await send('copyJwt', { id: ID })).toEqual({ ok: true, value: { expiresAt: 1 } })
  })

  it('lets nothing out of a refusal either', async () => {
    const leaking = { ...NOT_FOUND, apiKey: 'secret-key' } as const
    const { send } = router({ copyJwt: () => ({ ok: false, error: leaking }) })
    expect(await send('copyJwt', { id: ID })).toEqual({ ok: false, error: NOT_FOUND })
  })

  it('answers with a code when a handler gives the wrong shape', async () => {
    const wrong = { ok: true, value: { expiresAt: 'soon' } } as never
    const { send } = router({ copyJwt: () => wrong })
    expect(await send('copyJwt', { id: ID })).toEqual({ ok: false, error: { code: 'internal' } })
  })

  it('lets a locked app answer the few calls that its contract lists', () => {
    expect([...CALLS_WHEN_LOCKED].toSorted()).toEqual([
      'forgetPassphrase',
      'getSnapshot',
      'hideQuickPick',
      'networkIsBack',
      'quit',
      'reevaluate',
      'reportUncaught',
      'restart',
      'unlock',
      'unlockByTouch',
    ])
  })

  it.each(NAMES.map((name) => ({ name, opens: CALLS_WHEN_LOCKED.has(name) })))(
    'with the app locked, $name gets to its handler: $opens',
    async ({ name, opens }) => {
      const { send, handled } = router({}, Promise.resolve(), () => true)
      for (const input of messagesFor(name)) {
        expect(await send(name, input)).toEqual({ ok: false, error: opens ? NOT_FOUND : { code: 'locked' } })
      }
      expect(new Set(handled)).toEqual(new Set(opens ? [name] : []))
    },
  )

  it.each(NAMES.filter((name) => !CALLS_WHEN_LOCKED.has(name) && name !== 'lock'))(
    'answers %s no more when it was locked meanwhile',
    async (name) => {
      let locked = false
      const lockThen = (): Result<never> => {
        locked = true
        return { ok: false, error: NOT_FOUND }
      }
      const { send } = router({ [name]: lockThen }, Promise.resolve(), () => locked)
      const [input] = messagesFor(name)
      expect(await send(name, input)).toEqual({ ok: false, error: { code: 'locked' } })
    },
  )

  it('gives no answer to what was asked for before it locked', async () => {
    let locked = false
    const { send } = router(
      {
        revealJwt: () => {
          locked = true
          return { ok: true, value: { jwt: 'eyJ-secret-jwt' } }
        },
      },
      Promise.resolve(),
      () => locked,
    )
    expect(await send('revealJwt', { id: ID })).toEqual({ ok: false, error: { code: 'locked' } })
  })
})

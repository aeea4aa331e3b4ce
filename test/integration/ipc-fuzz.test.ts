/**
 * Every channel, with the real router and the real use cases behind it, under messages that a window in wrong hands
 * could send: each is answered with a value or a code, nothing throws, and no answer holds a secret.
 */
import fc from 'fast-check'
import type { IpcMainInvokeEvent, WebFrameMain } from 'electron'
import { afterAll, describe, expect, it } from 'vitest'
import { createHandlers } from '../../electron/main/ipc/handlers'
import { listen } from '../../electron/main/ipc/listen'
import { createRouter } from '../../electron/main/ipc/router'
import { callChannel } from '../../electron/shared/ipc/channels'
import { calls, type CallName } from '../../electron/shared/ipc/contract'
import { callError } from '../../electron/shared/ipc/result'
import { BackOffice, keyOf } from '../support/back-office'
import { battered, oddValue } from '../support/hostile'
import { messageOf } from '../support/message-of'
import { howMuch } from '../support/length'

const NAMES = Object.keys(calls) as CallName[]
/** In short 700 for each call and sender: over 25,000 from our frame, and as many from foreign ones. */
const SESSIONS = howMuch(14, 200)
const MESSAGES = 50

const PASSPHRASE = 'canary passphrase of five words'
const SIGNATURE = 'canary-signature-of-'
const HEADER = Buffer.from('{"alg":"HS256"}').toString('base64url')

/** What may stand in no answer: keys, refresh tokens, the end of a JWT, the passphrase. */
const SECRETS = [keyOf(''), 'refresh-token-', SIGNATURE, PASSPHRASE, Buffer.from(PASSPHRASE).toString('hex')]
/** Traces of the inside: a stack, a source, this machine's folders. */
const INSIDE = /\n\s+at |node:internal|\.[tj]s:\d+/u

type Listener = (event: IpcMainInvokeEvent, input: unknown) => unknown

/** Stand-ins: the router only asks whether it is the right one. */
const OUR_FRAME = {} as unknown as WebFrameMain
const FOREIGN: readonly (WebFrameMain | null)[] = [{} as unknown as WebFrameMain, null]

interface App {
  readonly office: BackOffice
  readonly send: (name: CallName, input: unknown, frame: WebFrameMain | null) => Promise<unknown>
}

/** An app with a partner, its company and an account with a saved API key. */
async function startApp(): Promise<App> {
  const office = await BackOffice.open()
  office.service.jwtOf = (n) =>
    `${HEADER}.${Buffer.from(JSON.stringify({ sub: 'ACME', jti: n })).toString('base64url')}.${SIGNATURE}${String(n)}`
  const partner = await office.add({ name: 'ACME' })
  await office.add({ name: 'Beta', partnerId: partner.id, refreshes: false })
  await office.add({ name: 'Gamma', rememberApiKey: true })
  // No account has this API key yet, but the service knows it.
  office.service.addKey(keyOf('Delta'))
  const listeners = new Map<string, Listener>()
  const router = createRouter({
    handlers: createHandlers({
      useCases: office.useCases,
      startNotices: () => [],
      locale: 'en-GB',
      about: () => ({
        version: '1',
        electron: '1',
        chromium: '1',
        node: '1',
        system: 'system',
        profile: 'profile',
      }),
      rendererReady: () => undefined,
      windowListens: () => undefined,
      windows: {
        hideQuickPick: () => undefined,
        openGuide: () => undefined,
      },
      uncaught: () => undefined,
      quit: () => undefined,
      restart: () => undefined,
    }),
    isOurs: ({ senderFrame }) => senderFrame === OUR_FRAME,
    isLocked: () => office.useCases.lock.isLocked,
    readyFor: () => Promise.resolve(),
    log: office.log,
  })
  listen(
    { handle: (channel, listener) => void listeners.set(channel, listener as Listener) },
    Promise.resolve(router),
  )
  return {
    office,
    async send(name, input, senderFrame) {
      return await listeners.get(callChannel(name))?.({ senderFrame } as IpcMainInvokeEvent, input)
    },
  }
}

/** Ids are counted in the fakes, so that they can be known beforehand. */
const IDS = Array.from({ length: 6 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`)
const CSV = `name,environment,apiKey\nDelta,Sandbox,${keyOf('Delta')}\nNobody,Sandbox,${keyOf('Nobody')}\n`
const WORDS: Readonly<Record<string, readonly string[]>> = {
  id: IDS,
  ids: IDS,
  environmentId: IDS,
  partnerId: IDS,
  planId: IDS,
  apiKey: ['ACME', 'Delta', 'Nobody'].map(keyOf),
  jwt: [`${HEADER}.e30.${SIGNATURE}1`, 'not.a.jwt'],
  passphrase: [PASSPHRASE],
  content: [CSV, JSON.stringify({ accounts: [{ name: 'Delta', apiKey: keyOf('Delta') }] })],
  baseUrl: ['https://api.example.com', 'http://127.0.0.1:1', 'http://example.com', `https://u:p@example.com`],
  shortcut: ['Control+Alt+J'],
}
const ORDINARY = ['ACME', 'Beta', 'UTC', '+02:00', 'vip', 'sub']

function messageFor(name: CallName): fc.Arbitrary<unknown> {
  const valid = messageOf(calls[name]().input, (field) => WORDS[field] ?? ORDINARY)
  return fc.oneof(
    { weight: 2, arbitrary: valid },
    { weight: 5, arbitrary: battered(valid) },
    { weight: 1, arbitrary: oddValue },
  )
}

/** As it arrives in the main process, or undefined when it can't even leave the window. */
function overTheWire(message: unknown): { readonly message: unknown } | undefined {
  try {
    return { message: structuredClone(message) }
  } catch {
    return undefined
  }
}

const counted = { ours: 0, foreign: 0, accepted: 0 }

describe.each(NAMES)('%s', (name) => {
  it('answers whatever it is sent with a value or a code, and with no secret', async () => {
    const session = fc.array(messageFor(name), { minLength: MESSAGES, maxLength: MESSAGES, size: 'max' })
    await fc.assert(
      fc.asyncProperty(session, async (messages) => {
        const { office, send } = await startApp()
        for (const each of messages) {
          const wired = overTheWire(each)
          if (wired === undefined) continue
          for (const frame of FOREIGN) {
            expect(await send(name, wired.message, frame)).toEqual({
              ok: false,
              error: { code: 'forbidden' },
            })
          }
          counted.foreign += FOREIGN.length
          check(name, await send(name, wired.message, OUR_FRAME))
        }
        expect(office.log.lines.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([])
        await office.quit()
      }),
      { numRuns: SESSIONS },
    )
    expect(Object.keys(Object.prototype)).toEqual([])
    expect('polluted' in {}).toBe(false)
  })
})

afterAll(() => {
  expect(counted.ours).toBeGreaterThanOrEqual(20_000)
  expect(counted.foreign).toBeGreaterThanOrEqual(20_000)
  // Or the messages would only ever knock at the outer door.
  expect(counted.accepted).toBeGreaterThanOrEqual(2_000)
})

function check(name: CallName, reply: unknown): void {
  counted.ours += 1
  const text = withoutRevealed(name, reply)
  expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([])
  expect(text).not.toMatch(INSIDE)
  const { ok, ...rest } = reply as {
    readonly ok: unknown
    readonly value?: unknown
    readonly error?: unknown
  }
  if (ok === true) {
    counted.accepted += 1
    expect(Object.keys(rest)).toEqual(['value'])
    return
  }
  expect(ok).toBe(false)
  expect(Object.keys(rest)).toEqual(['error'])
  const error = callError().parse(rest.error)
  expect(rest.error).toEqual(error)
  // A defect: no message may make a use case throw.
  expect(error.code).not.toBe('internal')
}

/** The reply as text; without the JWT that the user asked to see, which is the one secret that may stand in one. */
function withoutRevealed(name: CallName, reply: unknown): string {
  return JSON.stringify(reply, (key, value: unknown) =>
    name === 'revealJwt' && key === 'jwt' ? undefined : value,
  )
}

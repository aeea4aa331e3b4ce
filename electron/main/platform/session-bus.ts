/**
 * The user's session bus over its socket: needs no other program, never blocks, and receives signals. Connected at the
 * first call, and again after the connection was lost.
 */
import { connect, type Socket } from 'node:net'
import type { Timers } from '../../core/base/ports'
import { callBytes, takeMessage, type Incoming, type Outgoing } from './dbus-wire'

export interface SessionBus {
  /** Rejects with `BusError` for an error reply, and with `NoBusError` where no bus responds. */
  call(question: Outgoing, limitMs?: number): Promise<readonly unknown[]>
  /** Calls `run` for each signal that the rule matches, until the app ends. */
  onSignal(rule: SignalRule, run: (body: readonly unknown[], path: string) => void): void
}

export interface SignalRule {
  readonly interface: string
  readonly member: string
  /** The name that sends it. */
  readonly sender: string
  /** The first argument, where it matters. */
  readonly arg0?: string
}

export class BusError extends Error {
  override readonly name = 'BusError'
  constructor(readonly errorName: string) {
    super(errorName)
  }
}

export class NoBusError extends Error {
  override readonly name = 'NoBusError'
}

export const BUS = 'org.freedesktop.DBus'
const ANSWER_LIMIT_MS = 5_000

interface Connection {
  readonly socket: Socket
  readonly waiting: Map<
    number,
    { resolve: (body: readonly unknown[]) => void; reject: (error: Error) => void }
  >
  serial: number
}

export interface SessionBusOptions {
  /** As in `DBUS_SESSION_BUS_ADDRESS`. */
  readonly address: string | undefined
  readonly runtimeFolder: string | undefined
  readonly uid: number
  readonly timers: Timers
}

export function createSessionBus({ address, runtimeFolder, uid, timers }: SessionBusOptions): SessionBus {
  const listeners: { rule: SignalRule; run: (body: readonly unknown[], path: string) => void }[] = []
  let opening: Promise<Connection> | null = null

  function hear(message: Incoming): void {
    for (const { rule, run } of listeners) {
      if (message.interface !== rule.interface || message.member !== rule.member) continue
      if (rule.arg0 === undefined || message.body[0] === rule.arg0) run(message.body, message.path)
    }
  }

  async function open(): Promise<Connection> {
    const path = socketPath(address, runtimeFolder)
    if (path === null) throw new NoBusError('no address')
    const socket = await introduce(path, uid, timers)
    const connection: Connection = { socket, waiting: new Map(), serial: 0 }
    const closed = (): void => {
      opening = null
      for (const { reject } of connection.waiting.values()) reject(new NoBusError('closed'))
      connection.waiting.clear()
    }
    socket.on('close', closed)
    let arrived = Buffer.alloc(0)
    socket.on('data', (bytes: Buffer) => {
      try {
        arrived = Buffer.concat([arrived, bytes])
        for (let taken = takeMessage(arrived); taken !== null; taken = takeMessage(arrived)) {
          arrived = Buffer.from(taken.rest)
          if (taken.message.kind === 'signal') hear(taken.message)
          else settle(connection, taken.message)
        }
      } catch {
        socket.destroy()
      }
    })
    await send(connection, { ...AT_BUS, member: 'Hello' }, ANSWER_LIMIT_MS, timers)
    for (const { rule } of listeners) await send(connection, addMatch(rule), ANSWER_LIMIT_MS, timers)
    return connection
  }

  function opened(): Promise<Connection> {
    if (opening !== null) return opening
    const attempt = open()
    opening = attempt
    attempt.catch(() => {
      if (opening === attempt) opening = null
    })
    return attempt
  }

  return {
    async call(question, limitMs = ANSWER_LIMIT_MS) {
      return await send(await opened(), question, limitMs, timers)
    },
    onSignal(rule, run) {
      const isOpen = opening
      listeners.push({ rule, run })
      // A later connection registers it.
      void isOpen
        ?.then((connection) => send(connection, addMatch(rule), ANSWER_LIMIT_MS, timers))
        .catch(() => undefined)
    },
  }
}

const AT_BUS = { destination: BUS, path: '/org/freedesktop/DBus', interface: BUS } as const

export function askBus(bus: SessionBus, member: string, name: string): Promise<readonly unknown[]> {
  return bus.call({ ...AT_BUS, member, signature: 's', body: [name] })
}

export function activatableNames(bus: SessionBus): Promise<readonly unknown[]> {
  return bus.call({ ...AT_BUS, member: 'ListActivatableNames' })
}

function addMatch({ sender, interface: of, member, arg0 }: SignalRule): Outgoing {
  const rule = [`type='signal'`, `sender='${sender}'`, `interface='${of}'`, `member='${member}'`]
  if (arg0 !== undefined) rule.push(`arg0='${arg0}'`)
  return { ...AT_BUS, member: 'AddMatch', signature: 's', body: [rule.join(',')] }
}

function send(
  connection: Connection,
  question: Outgoing,
  limitMs: number,
  timers: Timers,
): Promise<readonly unknown[]> {
  const { socket, waiting } = connection
  const serial = (connection.serial += 1)
  return new Promise<readonly unknown[]>((resolve, reject) => {
    const stopWaiting = timers.after(limitMs, () => {
      waiting.delete(serial)
      reject(new BusError('no answer'))
    })
    const then =
      <Value>(end: (value: Value) => void) =>
      (value: Value): void => {
        stopWaiting()
        waiting.delete(serial)
        end(value)
      }
    waiting.set(serial, { resolve: then(resolve), reject: then(reject) })
    socket.write(callBytes(serial, question))
  })
}

function settle({ waiting }: Connection, { kind, replySerial, errorName, body }: Incoming): void {
  const asked = replySerial === null ? undefined : waiting.get(replySerial)
  if (asked === undefined) return
  if (kind === 'error') asked.reject(new BusError(errorName))
  else asked.resolve(body)
}

/** Resolves with a socket that is ready for messages. */
function introduce(path: string, uid: number, timers: Timers): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    socket.unref()
    const fail = (why: string): void => {
      stopWaiting()
      socket.destroy()
      reject(new NoBusError(why))
    }
    const stopWaiting = timers.after(ANSWER_LIMIT_MS, () => {
      fail('no answer')
    })
    socket.once('error', ({ message }) => {
      fail(message)
    })
    socket.once('close', () => {
      fail('closed')
    })
    socket.once('connect', () => {
      // The bus knows the user by the socket, and expects the same id here.
      socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(uid)).toString('hex')}\r\n`)
    })
    socket.once('data', (answer: Buffer) => {
      if (!answer.toString('latin1').startsWith('OK ')) {
        fail('refused')
        return
      }
      stopWaiting()
      socket.removeAllListeners('close')
      socket.removeAllListeners('error')
      socket.on('error', () => undefined)
      socket.write('BEGIN\r\n')
      resolve(socket)
    })
  })
}

/** The first local socket: `unix:path=/run/user/1000/bus,guid=…;…`. */
function socketPath(address: string | undefined, runtimeFolder: string | undefined): string | null {
  for (const each of (address ?? '').split(';')) {
    const [transport, rest = ''] = each.split(/:(.*)/su)
    if (transport !== 'unix') continue
    const values = new Map(rest.split(',').map((pair) => pair.split(/=(.*)/su) as [string, string]))
    const path = values.get('path')
    const abstract = values.get('abstract')
    if (path !== undefined) return decodeURIComponent(path)
    if (abstract !== undefined) return `\0${decodeURIComponent(abstract)}`
  }
  if (address !== undefined && address !== '') return null
  return runtimeFolder === undefined || runtimeFolder === '' ? null : `${runtimeFolder}/bus`
}

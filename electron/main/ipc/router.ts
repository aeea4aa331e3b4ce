/**
 * Handles the window's calls. For each, in this order: the sender is our window's main frame at our origin, the input
 * is not too large and matches the call's schema, the handler runs, the output matches its schema (which drops every
 * undeclared key, so that no secret leaves by accident). While the app is locked only the few calls that the contract
 * lists reach their handler, and earlier calls are no longer answered. A refusal is a code, never `undefined`.
 */
import type { IpcMainInvokeEvent } from 'electron'
import type * as z from 'zod/mini'
import { errorFacts } from '../../core/base/error-facts'
import type { Log } from '../../core/base/ports'
import {
  calls,
  CALLS_WHEN_LOCKED,
  type CallError,
  type CallName,
  type CallOutput,
  type ParsedInput,
  type Result,
} from '../../shared/ipc/contract'
import { callError } from '../../shared/ipc/result'
import { isBounded } from './bounded'

export type Handlers = {
  readonly [Name in CallName]: (
    input: ParsedInput<Name>,
    sender: Sender,
  ) => Result<CallOutput<Name>> | Promise<Result<CallOutput<Name>>>
}

export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame'>

export interface RouterDeps {
  readonly handlers: Handlers
  readonly isOurs: (sender: Sender) => boolean
  /** What the call waits for: accounts must not change while they are being read. */
  readonly readyFor: (name: CallName) => Promise<unknown>
  readonly isLocked: () => boolean
  readonly log: Log
}

/** Answers any call, whatever its sender and input. */
export type Router = (name: CallName, sender: Sender, input: unknown) => Promise<Result<unknown>>

export function createRouter({ handlers, isOurs, ...rest }: RouterDeps): Router {
  return async (name, sender, input) =>
    isOurs(sender)
      ? await answer(name, (parsed) => (handlers[name] as AnyHandler)(parsed, sender), input, rest)
      : refused({ code: 'forbidden' })
}

/** Each handler fits its own call's schemas, which TypeScript can't follow through a loop over all of them. */
type AnyHandler = (input: unknown, sender: Sender) => Result<unknown> | Promise<Result<unknown>>

async function answer(
  name: CallName,
  handler: (input: unknown) => ReturnType<AnyHandler>,
  input: unknown,
  { readyFor, isLocked, log }: Pick<RouterDeps, 'readyFor' | 'isLocked' | 'log'>,
): Promise<Result<unknown>> {
  const { input: inputSchema, output: outputSchema } = calls[name]()
  const message = read(inputSchema, input)
  if (message === null) return refused({ code: 'invalid-message' })
  const isShut = (): boolean => isLocked() && !CALLS_WHEN_LOCKED.has(name)
  try {
    await readyFor(name)
    if (isShut()) return refused({ code: 'locked' })
    const result = await handler(message.parsed)
    if (name !== 'lock' && isShut()) return refused({ code: 'locked' })
    return result.ok
      ? { ok: true, value: outputSchema.parse(result.value) }
      : refused(callError().parse(result.error))
  } catch (error) {
    log.error('a call failed', { call: name, ...errorFacts(error) })
    return refused({ code: 'internal' })
  }
}

/** Null for an invalid value; also where a schema throws, as a freezing one does on a typed array. */
function read(schema: z.ZodMiniType, input: unknown): { readonly parsed: unknown } | null {
  try {
    const result = isBounded(input) ? schema.safeParse(input) : null
    return result?.success === true ? { parsed: result.data } : null
  } catch {
    return null
  }
}

function refused(error: CallError): { readonly ok: false; readonly error: CallError } {
  return { ok: false, error }
}

/**
 * The only place that listens to the window. For each call, in this order: the sender is our window's main frame at
 * our origin, the input has the call's shape, the handler runs, the answer has its shape (which drops every key that
 * the contract doesn't name, so that a secret can't leave by accident). While the desk is locked only the few calls
 * that the contract lists get to their handler, and what was asked for before is not answered any more. A refusal is a code, never `undefined`.
 */
import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import type { Log } from '../../core/ports'
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
import { callChannel } from '../../shared/ipc/channels'

export type Handlers = {
  readonly [Name in CallName]: (
    input: ParsedInput<Name>,
  ) => Result<CallOutput<Name>> | Promise<Result<CallOutput<Name>>>
}

export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame'>

export interface RouterDeps {
  readonly ipcMain: Pick<IpcMain, 'handle'>
  readonly handlers: Handlers
  readonly isOurs: (sender: Sender) => boolean
  /** What every call but `quit` waits for: nobody may change accounts that are still being read. */
  readonly started: Promise<unknown>
  readonly isLocked: () => boolean
  readonly log: Log
}

export function registerCalls({ ipcMain, handlers, isOurs, started, isLocked, log }: RouterDeps): void {
  for (const name of Object.keys(calls) as CallName[]) {
    ipcMain.handle(callChannel(name), (event, input: unknown) =>
      isOurs(event)
        ? answer(name, handlers[name] as AnyHandler, input, { started, isLocked, log })
        : refused({ code: 'forbidden' }),
    )
  }
}

/** Each handler fits its own call's schemas, which TypeScript can't follow through a loop over all of them. */
type AnyHandler = (input: unknown) => Result<unknown> | Promise<Result<unknown>>

async function answer(
  name: CallName,
  handler: AnyHandler,
  input: unknown,
  { started, isLocked, log }: Pick<RouterDeps, 'started' | 'isLocked' | 'log'>,
): Promise<Result<unknown>> {
  const { input: inputSchema, output: outputSchema } = calls[name]
  const parsed = inputSchema.safeParse(input)
  if (!parsed.success) return refused({ code: 'invalid-message' })
  const isShut = (): boolean => isLocked() && !CALLS_WHEN_LOCKED.has(name)
  try {
    if (name !== 'quit') await started
    if (isShut()) return refused({ code: 'locked' })
    const result = await handler(parsed.data)
    if (name !== 'lock' && isShut()) return refused({ code: 'locked' })
    return result.ok
      ? { ok: true, value: outputSchema.parse(result.value) }
      : refused(callError.parse(result.error))
  } catch (error) {
    // The error's text could quote what it choked on; its name and place can't.
    log.error('a call failed', { call: name, error: error instanceof Error ? error.name : 'unknown' })
    return refused({ code: 'internal' })
  }
}

function refused(error: CallError): { readonly ok: false; readonly error: CallError } {
  return { ok: false, error }
}

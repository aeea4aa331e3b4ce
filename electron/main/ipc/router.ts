/**
 * The only place that listens to the window. For each call, in this order: the sender is our window's main frame at
 * our origin, the input has the call's shape, the handler runs, the answer has its shape (which drops every key that
 * the contract doesn't name, so that a secret can't leave by accident). A refusal is a code, never `undefined`.
 */
import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import { errorFacts } from '../../core/error-facts'
import type { Log } from '../../core/ports'
import {
  calls,
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
    sender: Sender,
  ) => Result<CallOutput<Name>> | Promise<Result<CallOutput<Name>>>
}

export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame'>

export interface RouterDeps {
  readonly ipcMain: Pick<IpcMain, 'handle'>
  readonly handlers: Handlers
  readonly isOurs: (sender: Sender) => boolean
  /** What every call but `quit` waits for: nobody may change accounts that are still being read. */
  readonly started: Promise<unknown>
  readonly log: Log
}

export function registerCalls({ ipcMain, handlers, isOurs, started, log }: RouterDeps): void {
  for (const name of Object.keys(calls) as CallName[]) {
    ipcMain.handle(callChannel(name), (event, input: unknown) =>
      isOurs(event)
        ? answer(name, (parsed) => (handlers[name] as AnyHandler)(parsed, event), input, started, log)
        : refused({ code: 'forbidden' }),
    )
  }
}

/** Each handler fits its own call's schemas, which TypeScript can't follow through a loop over all of them. */
type AnyHandler = (input: unknown, sender: Sender) => Result<unknown> | Promise<Result<unknown>>

async function answer(
  name: CallName,
  handler: (input: unknown) => ReturnType<AnyHandler>,
  input: unknown,
  started: Promise<unknown>,
  log: Log,
): Promise<Result<unknown>> {
  const { input: inputSchema, output: outputSchema } = calls[name]
  const parsed = inputSchema.safeParse(input)
  if (!parsed.success) return refused({ code: 'invalid-message' })
  try {
    if (name !== 'quit') await started
    const result = await handler(parsed.data)
    return result.ok
      ? { ok: true, value: outputSchema.parse(result.value) }
      : refused(callError.parse(result.error))
  } catch (error) {
    log.error('a call failed', { call: name, ...errorFacts(error) })
    return refused({ code: 'internal' })
  }
}

function refused(error: CallError): { readonly ok: false; readonly error: CallError } {
  return { ok: false, error }
}

/**
 * The running app as its window uses it: by the calls of the bridge. Functions given to `evaluate` run in the window;
 * they hold no named functions, since tsx would wrap those in a helper that the window doesn't have.
 */
import { once } from 'node:events'
import type { AccountId, AccountSummary } from '../../../electron/shared/account'
import { serverTime } from '../../../electron/shared/environment'
import { ACCOUNTS_AT_ONCE } from '../../../electron/shared/first-rows'
import { statusOf, type Status } from '../../../electron/shared/status'
import type {
  Bridge,
  CallInput,
  CallName,
  CallOutput,
  Result,
  Snapshot,
} from '../../../electron/shared/ipc/contract'
import { launchApp, type LaunchOptions, type RunningApp } from '../../support/electron-app'
import { descendants, waitUntilGone } from './processes'

interface WithBridge {
  readonly tokenDesk: Bridge
  /** Until when each environment's service wants to be left alone, as the app has said so far. */
  pausedUntil: Record<string, number>
}

type Asking = 'renewAccount' | 'copyJwt' | 'enterApiKey'

type AnyCall = (input: unknown) => Promise<unknown>

/** What a call answered, and how the account stood right after that. */
export interface Asked {
  readonly result: Result<unknown>
  readonly account: AccountSummary | undefined
  readonly status: Status | null
  /** When the window had its answer, by this machine's clock in ms: later looks at the clock also count our own delays. */
  readonly answeredAt: number
  /** Until when the account's environment is paused, since its service limits its callers; 0 where it isn't. */
  readonly pausedUntil: number
}

export class AppClient {
  /** One after another, as a person copies: an earlier copy that comes after a later one is refused, and rightly. */
  #copied: Promise<unknown> = Promise.resolve()

  constructor(readonly running: RunningApp) {}

  static async open(options: LaunchOptions): Promise<AppClient> {
    const running = await launchApp(options)
    await running.window.waitForFunction(() => 'tokenDesk' in globalThis, undefined, { polling: 10 })
    await running.window.evaluate(() => {
      const page = globalThis as unknown as WithBridge
      page.pausedUntil = {}
      page.tokenDesk.on('servicePaused', ({ environmentId, until }) => {
        page.pausedUntil[environmentId] = until ?? 0
      })
    })
    return new AppClient(running)
  }

  async call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Result<CallOutput<Name>>> {
    const [result] = await this.callAll(name, [input])
    if (result === undefined) throw new Error('the bridge did not answer')
    return result
  }

  /** All calls at once, from within the window. */
  async callAll<Name extends CallName>(
    name: Name,
    inputs: readonly CallInput<Name>[],
  ): Promise<Result<CallOutput<Name>>[]> {
    const results = await this.running.window.evaluate(
      ([callName, callInputs]) =>
        Promise.all(
          callInputs.map((input) =>
            ((globalThis as unknown as WithBridge).tokenDesk[callName] as AnyCall)(input),
          ),
        ),
      [name, inputs as readonly unknown[]] as const,
    )
    return results as Result<CallOutput<Name>>[]
  }

  /** Starts `renewAccount` for each account so many ms from now, and waits for nothing. */
  async renewLater(plans: readonly { readonly id: AccountId; readonly inMs: number }[]): Promise<void> {
    await this.running.window.evaluate((planned) => {
      for (const { id, inMs } of planned) {
        setTimeout(() => void (globalThis as unknown as WithBridge).tokenDesk.renewAccount({ id }), inMs)
      }
    }, plans)
  }

  /** One call, with the snapshot taken in the same breath: a retry of the app's own hardly comes between. */
  ask<Name extends Asking>(name: Name, input: CallInput<Name>): Promise<Asked> {
    if (name !== 'copyJwt') return this.#ask(name, input)
    const asked = this.#copied.then(() => this.#ask(name, input))
    this.#copied = asked.catch(() => undefined)
    return asked
  }

  async #ask<Name extends Asking>(name: Name, input: CallInput<Name>): Promise<Asked> {
    const { result, answeredAt, accounts, snapshot, pausedUntil } = await this.running.window.evaluate(
      async ([callName, callInput]) => {
        const { tokenDesk, pausedUntil: pauses } = globalThis as unknown as WithBridge
        const answer = await (tokenDesk[callName] as AnyCall)(callInput)
        return {
          result: answer,
          answeredAt: Date.now(),
          accounts: await tokenDesk.getAccounts({ ids: [callInput.id] }),
          snapshot: await tokenDesk.getSnapshot(undefined),
          pausedUntil: { ...pauses },
        }
      },
      [name, input] as const,
    )
    const seen = valueOf(snapshot)
    const [account] = valueOf(accounts)
    return {
      result: result as Result<unknown>,
      account,
      status: account === undefined ? null : status(account, seen),
      answeredAt,
      pausedUntil: account === undefined ? 0 : (pausedUntil[account.environmentId] ?? 0),
    }
  }

  /** With all accounts in it. */
  async snapshot(): Promise<Snapshot> {
    const snapshot = valueOf(await this.call('getSnapshot', undefined))
    if (snapshot.areAll) return snapshot
    const all = valueOf(await this.call('getAccountIds', undefined))
    const slices = Array.from({ length: Math.ceil(all.length / ACCOUNTS_AT_ONCE) }, (_, nth) =>
      all.slice(nth * ACCOUNTS_AT_ONCE, (nth + 1) * ACCOUNTS_AT_ONCE),
    )
    const accounts = await Promise.all(
      slices.map(async (ids) => valueOf(await this.call('getAccounts', { ids }))),
    )
    return { ...snapshot, accounts: accounts.flat(), areAll: true }
  }

  /** SIGKILL for the main process, as from a task manager; resolves with how many of its children outlived it. */
  async kill(): Promise<number> {
    const child = this.running.app.process()
    const family = descendants(child.pid)
    const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null
    child.kill('SIGKILL')
    await gone
    return await waitUntilGone(family)
  }
}

export function status(account: AccountSummary, { environments }: Snapshot): Status {
  const environment = environments.find(({ id }) => id === account.environmentId)
  const now = Date.now()
  return statusOf(account, environment === undefined ? now : serverTime(environment, now))
}

export function valueOf<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value
  throw new Error(`the app refused: ${JSON.stringify(result.error)}`)
}

/** The problem that a call failed with; null when it succeeded or failed for another reason. */
export function problemOf(result: Result<unknown>) {
  return !result.ok && result.error.code === 'problem' ? result.error.problem : null
}

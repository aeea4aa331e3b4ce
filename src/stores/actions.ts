import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { AccountId, AccountSummary } from '../../electron/shared/account'
import type { EpochMs } from '../../electron/shared/brand'
import type { CopyFormat } from '../../electron/shared/copy-format'
import type { CallError, Result } from '../../electron/shared/ipc/contract'
import type { Problem } from '../../electron/shared/problem'
import { statusOf } from '../../electron/shared/status'
import {
  accountPinned,
  accountRenewed,
  asSentence,
  copiedAs,
  expiresEarly,
  failedFor,
  jwtNotCopied,
  reminderPutOff,
  describeCallError,
  describeProblem,
  type Message,
} from '../../electron/shared/wording'
import { useApp } from '../base/app-context'
import { useAccounts } from './accounts'
import { useEnvironments } from './environments'
import { useMessages } from './messages'
import { useSettings } from './settings'
import { useUi } from './ui'

type Action = 'copy' | 'renew'

/** The account's own problem, which its summary has for as long as it lasts. */
function isKept(error: CallError): boolean {
  return error.code === 'problem' && !isExpiredGrant(error)
}

function isSameKind(problem: Problem, error: CallError): boolean {
  return error.code === 'problem' && kindOf(problem) === kindOf(error.problem)
}

function kindOf(problem: Problem): string {
  const { code } = problem
  if ('reason' in problem) return `${code} ${problem.reason}`
  return 'status' in problem ? `${code} ${String(problem.status)}` : code
}

/** What was granted is stored and no failure of the account, but it can't be copied. */
function isExpiredGrant(error: CallError): boolean {
  return (
    error.code === 'problem' &&
    error.problem.code === 'invalid-response' &&
    error.problem.reason === 'expired-jwt'
  )
}

/** Actions on one account by one key or click: each account has at most one running, however often it is requested. */
export const useActions = defineStore('actions', () => {
  const { bridge, time } = useApp()
  const accounts = useAccounts()
  const environments = useEnvironments()
  const messages = useMessages()
  const settings = useSettings()
  const ui = useUi()

  const running = shallowReactive(new Map<AccountId, Action>())
  /** Why the latest action failed, until the next one, or until that is over. */
  const failures = shallowReactive(new Map<AccountId, CallError>())
  accounts.follow((changes) => {
    for (const { id, after } of changes) {
      const error = failures.get(id)
      if (error !== undefined && !running.has(id) && isOver(error, after)) failures.delete(id)
    }
  })

  function isOver(error: CallError, account: AccountSummary | null): boolean {
    if (account === null || isKept(error)) return account?.problem == null
    return isExpiredGrant(error) && statusOf(account, serverNow(account)) === 'live'
  }

  /** Resolves to null when the account already has an action running. */
  async function once<Value>(
    account: AccountSummary,
    action: Action,
    call: () => Promise<Result<Value>>,
  ): Promise<Result<Value> | null> {
    if (running.has(account.id)) return null
    running.set(account.id, action)
    failures.delete(account.id)
    const result = await call().catch((): Result<Value> => ({ ok: false, error: { code: 'internal' } }))
    running.delete(account.id)
    // A lock is not the account's failure.
    if (!result.ok && result.error.code !== 'locked') failures.set(account.id, result.error)
    if (result.ok && action === 'copy') forgiveClipboard()
    return result
  }

  /** The clipboard takes what it is given, so nothing is wrong with it any more. */
  function forgiveClipboard(): void {
    for (const [id, { code }] of failures) {
      if (code === 'clipboard-refused' || code === 'superseded') failures.delete(id)
    }
  }

  /** How long a message about a failure stays: until that is over, at the account or in its environment. */
  function holding({ id, environmentId }: AccountSummary, error: CallError): () => boolean {
    const inEnvironment = environments.holding(environmentId, error)
    if (failures.get(id) !== error) return inEnvironment
    // What the window knows of it by now is what it was before.
    const before = accounts.get(id)?.problem ?? null
    return () => {
      const now = accounts.get(id)?.problem ?? null
      const isAnother = now !== null && now !== before && isKept(error) && !isSameKind(now, error)
      return inEnvironment() && failures.get(id) === error && !isAnother
    }
  }

  /** Shows the result as a message and at the row, but no dialog: the user may be typing elsewhere by now. */
  function reportResult(account: AccountSummary, result: Result<unknown> | null, good: string): void {
    if (result === null) return
    if (result.ok) messages.say(good)
    else {
      const holds = holding(account, result.error)
      // Otherwise they would paste what they copied before.
      if (result.error.code === 'clipboard-refused') messages.say(jwtNotCopied(account.name), 'alert', holds)
      else messages.say(failedFor(account.name, describeCallError(result.error)), 'bad', holds)
    }
  }

  /** Whether the settings require confirmation before this account's JWT is copied. */
  function asksBeforeCopy(id: AccountId): boolean {
    const account = accounts.get(id)
    if (account === null || settings.settings?.confirmsProductionCopy !== true) return false
    return environments.get(account.environmentId)?.production === true
  }

  /** Copies without confirmation and reports the result: null on failure. `format`: null is the JWT alone. */
  async function copyNow(
    id: AccountId,
    format: CopyFormat | null,
  ): Promise<'copied' | 'expires-early' | null> {
    const account = accounts.get(id)
    if (account === null) return null
    const environment = environments.get(account.environmentId)
    const result = await once(account, 'copy', () =>
      bridge.copyJwt(format === null ? { id } : { id, format }),
    )
    const production = environment?.production === true ? environment.name : null
    const copied = copiedAs(format ?? 'jwt', account.name, production)
    const left = result?.ok === true ? lifeLeft(account, result.value.expiresAt) : null
    const early = expiresEarly(left, settings.settings?.minimumJwtLifeMs ?? 0)
    reportResult(account, result, early === null ? copied : `${copied}. ${early}`)
    return result?.ok === true ? (early === null ? 'copied' : 'expires-early') : null
  }

  function lifeLeft(account: AccountSummary, expiresAt: EpochMs | null): number | null {
    return expiresAt === null ? null : expiresAt - serverNow(account)
  }

  function serverNow({ environmentId }: AccountSummary): EpochMs {
    return environments.serverNow(environmentId, time.now())
  }

  async function copy(id: AccountId, format: CopyFormat | null = null): Promise<void> {
    if (asksBeforeCopy(id)) ui.open({ kind: 'confirm-production', id, format })
    else await copyNow(id, format)
  }

  /** In the format last used for the account. */
  async function copyAgain(id: AccountId): Promise<void> {
    await copy(id, accounts.get(id)?.copyFormat ?? null)
  }

  async function renew(id: AccountId): Promise<void> {
    const account = accounts.get(id)
    if (account === null) return
    reportResult(account, await renewQuietly(account), accountRenewed(account.name))
  }

  /** Reports only at the row. Resolves to null when the account already has an action running. */
  async function renewQuietly(account: AccountSummary): Promise<Result<AccountSummary> | null> {
    return await once(account, 'renew', () => bridge.renewAccount({ id: account.id }))
  }

  async function remindTomorrow(ids: readonly AccountId[]): Promise<void> {
    const names = ids.flatMap((id) => accounts.get(id)?.name ?? [])
    const result = await bridge.remindTomorrow({ ids: [...ids] })
    if (result.ok) messages.say(reminderPutOff(names))
    else sayNotChanged(result.error)
  }

  async function pin(id: AccountId, pinned: boolean): Promise<void> {
    const result = await bridge.editAccount({ id, pinned })
    if (!result.ok) {
      sayNotChanged(result.error)
      return
    }
    accounts.apply([result.value], [])
    messages.say(accountPinned(result.value.name, pinned))
  }

  function sayNotChanged(error: CallError): void {
    messages.say(asSentence(describeCallError(error)), 'bad')
  }

  function actionOf(id: AccountId): Action | null {
    return running.get(id) ?? null
  }

  /** Why the latest action failed, where the account doesn't say that itself. */
  function failure(id: AccountId): Message | null {
    const error = failures.get(id)
    return error === undefined || isKept(error) ? null : describeCallError(error)
  }

  /** Why the latest action failed, whoever says it. */
  function latestFailure(id: AccountId): Message | null {
    const error = failures.get(id)
    if (error === undefined) return null
    const problem = isKept(error) ? accounts.get(id)?.problem : null
    return problem == null ? failure(id) : describeProblem(problem)
  }

  function forgive(id: AccountId): void {
    failures.delete(id)
  }

  return {
    asksBeforeCopy,
    copyNow,
    copy,
    copyAgain,
    renew,
    renewQuietly,
    remindTomorrow,
    pin,
    actionOf,
    failure,
    latestFailure,
    holding,
    forgive,
  }
})

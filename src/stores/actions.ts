import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { AccountId, AccountSummary } from '../../electron/shared/account'
import type { EpochMs } from '../../electron/shared/brand'
import type { CopyFormat } from '../../electron/shared/copy-format'
import type { CallError, Result } from '../../electron/shared/ipc/contract'
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
  describeChangeError,
  type Message,
} from '../../electron/shared/wording'
import { useApp } from '../base/app-context'
import { useAccounts } from './accounts'
import { useEnvironments } from './environments'
import { useMessages } from './messages'
import { useSettings } from './settings'
import { useUi } from './ui'

type Action = 'copy' | 'renew'

/** Actions on one account by one key or click: each account has at most one running, however often it is requested. */
export const useActions = defineStore('actions', () => {
  const { bridge, time } = useApp()
  const accounts = useAccounts()
  const environments = useEnvironments()
  const messages = useMessages()
  const settings = useSettings()
  const ui = useUi()

  const running = shallowReactive(new Map<AccountId, Action>())
  /** Why the latest action failed, until the next one. */
  const failures = shallowReactive(new Map<AccountId, Message>())
  // The row's new status is more current than an earlier failure.
  accounts.follow((changes) => {
    for (const { id, before, after } of changes) {
      if (before?.problem?.code !== after?.problem?.code && !running.has(id)) failures.delete(id)
    }
  })

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
    if (!result.ok && result.error.code !== 'locked')
      failures.set(account.id, describeCallError(result.error))
    return result
  }

  /** Shows the result as a message and at the row, but no dialog: the user may be typing elsewhere by now. */
  function reportResult(account: AccountSummary, result: Result<unknown> | null, good: string): void {
    if (result === null) return
    if (result.ok) messages.say(good)
    else {
      const holds = environments.holding(account.environmentId, result.error)
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

  function lifeLeft({ environmentId }: AccountSummary, expiresAt: EpochMs | null): number | null {
    return expiresAt === null ? null : expiresAt - environments.serverNow(environmentId, time.now())
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
    messages.say(asSentence(describeChangeError(error)), 'bad')
  }

  function actionOf(id: AccountId): Action | null {
    return running.get(id) ?? null
  }

  function failure(id: AccountId): Message | null {
    return failures.get(id) ?? null
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
    forgive,
  }
})

import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { AccountId, AccountSummary } from '../../electron/shared/account'
import type { CallError, Result } from '../../electron/shared/ipc/contract'
import { accountRenewed, failedFor, jwtCopied, toldOfCall, type Told } from '../../electron/shared/wording'
import { useDesk } from '../desk'
import { useAccounts } from './accounts'
import { useEnvironments } from './environments'
import { useMessages } from './messages'

type Deed = 'copy' | 'renew'

/** What is done to an account by one key or one click: once at a time, however often it is asked for. */
export const useActions = defineStore('actions', () => {
  const { bridge } = useDesk()
  const accounts = useAccounts()
  const environments = useEnvironments()
  const messages = useMessages()

  const running = shallowReactive(new Map<AccountId, Deed>())
  /** Why the latest deed failed, until the next one. */
  const failures = shallowReactive(new Map<AccountId, Told>())

  async function once<Value>(
    account: AccountSummary,
    deed: Deed,
    call: () => Promise<Result<Value>>,
    done: (value: Value) => void,
  ): Promise<void> {
    if (running.has(account.id)) return
    running.set(account.id, deed)
    failures.delete(account.id)
    try {
      const result = await call()
      if (result.ok) done(result.value)
      else fail(account, result.error)
    } catch {
      fail(account, { code: 'internal' })
    } finally {
      running.delete(account.id)
    }
  }

  /** Said, and left standing at the row. Nothing pops up: by now the user may be typing somewhere else. */
  function fail(account: AccountSummary, error: CallError): void {
    const words = toldOfCall(error)
    failures.set(account.id, words)
    messages.say(failedFor(account.name, words), 'bad')
  }

  async function copy(id: AccountId): Promise<void> {
    const account = accounts.get(id)
    if (account === null) return
    const environment = environments.get(account.environmentId)
    await once(
      account,
      'copy',
      () => bridge.copyJwt({ id }),
      () => {
        messages.say(jwtCopied(account.name, environment?.production === true ? environment.name : null))
      },
    )
  }

  async function renew(id: AccountId): Promise<void> {
    const account = accounts.get(id)
    if (account === null) return
    await once(
      account,
      'renew',
      () => bridge.renewAccount({ id }),
      () => {
        messages.say(accountRenewed(account.name))
      },
    )
  }

  function deedOf(id: AccountId): Deed | null {
    return running.get(id) ?? null
  }

  function failure(id: AccountId): Told | null {
    return failures.get(id) ?? null
  }

  function forgive(id: AccountId): void {
    failures.delete(id)
  }

  return { copy, renew, deedOf, failure, forgive }
})

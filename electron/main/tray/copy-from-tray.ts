import type { UseCases } from '../../core/app/use-cases'
import type { AccountId } from '../../shared/account'
import type { CallError } from '../../shared/ipc/contract'
import { copiedText, expiresEarly, notCopiedText, describeCallError } from '../../shared/wording'

/**
 * Copies the account's JWT and reports by a notification, since no window may be visible. A production copy that must
 * be confirmed is passed to the window, which asks.
 */
export async function copyFromTray(
  {
    accounts,
    events,
    jwts,
    settingsStore,
    environmentStore,
    announcements,
    lock,
  }: Pick<
    UseCases,
    'accounts' | 'events' | 'jwts' | 'settingsStore' | 'environmentStore' | 'announcements' | 'lock'
  >,
  id: AccountId,
): Promise<void> {
  // The menu may have been open when the app locked.
  if (lock.isLocked) return
  // Read before renewing: the account may be removed meanwhile.
  const account = accounts.summary(id)
  if (account === undefined) return
  const { name, environmentId } = account
  const environment = environmentStore.all.find((each) => each.id === environmentId)
  if (environment?.production === true && settingsStore.current.confirmsProductionCopy) {
    events.emit('navigationWanted', { target: { at: 'confirm-copy', id } })
    return
  }
  const internal: CallError = { code: 'internal' }
  const result = await jwts.copy(id, null).catch(() => ({ ok: false as const, error: internal }))
  const text = result.ok
    ? copiedText(
        name,
        environment?.production === true ? environment.name : null,
        expiresEarly(result.value.leftMs, settingsStore.current.minimumJwtLifeMs),
      )
    : notCopiedText(name, describeCallError(result.error))
  // Of what the account knows nothing, it can't say that it is over.
  const failing = !result.ok && result.error.code === 'problem' ? [id] : []
  announcements.answer(text, { at: 'account', id }, result.ok ? 'good' : 'bad', failing)
}

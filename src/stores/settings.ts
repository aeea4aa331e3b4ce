import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { DesktopSupportStatus, LoginStart } from '../../electron/shared/ipc/contract'
import type { ReminderSettings } from '../../electron/shared/reminders'
import type { Settings } from '../../electron/shared/settings'
import type { StorageChoice, StorageStatus } from '../../electron/shared/storage'
import {
  asSentence,
  keyringStillGone,
  PLACED_NOW,
  STILL_MISPLACED,
  describeCallError,
  type Message,
} from '../../electron/shared/wording'
import { useApp } from '../base/app-context'
import { useMessages } from './messages'

/** Storage and the shortcut have calls of their own. */
type Change = Partial<Omit<Settings, 'unprotectedStorage' | 'quickPickShortcut'>>

export const useSettings = defineStore('settings', () => {
  const { bridge } = useApp()
  const messages = useMessages()
  /** As main has them; null before the first snapshot. */
  const kept = shallowRef<Settings | null>(null)
  /** Changes that main has not confirmed yet. */
  const asked = shallowRef<readonly Change[]>([])
  const storage = shallowRef<StorageStatus | null>(null)
  const loginStart = shallowRef<LoginStart | null>(null)
  /** What this desktop lets apps do; null until a setting asks. */
  const desktop = shallowRef<DesktopSupportStatus | null>(null)

  /** Includes unconfirmed changes, so that each shows at once and the next one builds on it. */
  const settings = computed<Settings | null>(() =>
    kept.value === null
      ? null
      : asked.value.reduce<Settings>((now, part) => ({ ...now, ...part }), kept.value),
  )

  /**
   * What decides reminders and renewals: the same object until one of them changes, since all accounts are evaluated
   * again then. Sorting, for one, is a setting too.
   */
  const policies = computed<ReminderSettings | null>((before) => {
    if (settings.value === null) return null
    const { jwtPolicy, refreshTokenPolicy, reminderLeadsMs } = settings.value
    const now = { jwtPolicy, refreshTokenPolicy, reminderLeadsMs }
    return before && JSON.stringify(before) === JSON.stringify(now) ? before : now
  })

  function replace(settings: Settings): void {
    kept.value = settings
  }

  async function change(part: Change): Promise<void> {
    asked.value = [...asked.value, part]
    const result = await bridge.changeSettings(part)
    if (result.ok) kept.value = result.value
    else messages.say(asSentence(describeCallError(result.error)), 'bad')
    asked.value = asked.value.filter((other) => other !== part)
  }

  /** Whether main has accepted the choice; if not, the reason is shown. */
  async function chooseStorage(choice: StorageChoice): Promise<boolean> {
    const result = await bridge.chooseStorage({ choice })
    if (result.ok) storage.value = result.value
    else messages.say(asSentence(describeCallError(result.error)), 'bad')
    return result.ok
  }

  /** Asks for the keyring again and moves misplaced secrets; shows what still failed. */
  async function retryStorage(): Promise<void> {
    // The event may arrive before the response.
    const wasMisplaced = storage.value?.misplaced !== undefined
    const result = await bridge.retryStorage(undefined)
    if (!result.ok) {
      messages.say(asSentence(describeCallError(result.error)), 'bad')
      return
    }
    storage.value = result.value
    // With misplaced secrets the user asked to move these, and the keyring doesn't matter.
    if (result.value.misplaced !== undefined) messages.say(STILL_MISPLACED, 'bad')
    else if (wasMisplaced) messages.say(PLACED_NOW)
    else if (result.value.gap === 'unavailable') messages.say(keyringStillGone(result.value.backend), 'bad')
  }

  async function restart(): Promise<void> {
    await bridge.restart(undefined)
  }

  /** Also answers the offer. */
  async function startAtLogin(on: boolean): Promise<void> {
    const before = loginStart.value
    loginStart.value = { on, offered: true }
    const result = await bridge.startAtLogin({ on })
    loginStart.value = result.ok ? result.value : before
    if (!result.ok) messages.say(asSentence(describeCallError(result.error)), 'bad')
  }

  /** Null on success; otherwise the reason, and the old one stays. */
  async function chooseShortcut(shortcut: string | null): Promise<Message | null> {
    const result = await bridge.chooseShortcut({ shortcut })
    if (!result.ok) return describeCallError(result.error)
    kept.value = result.value
    return null
  }

  async function askDesktop(): Promise<void> {
    const result = await bridge.getDesktopSupport(undefined)
    if (result.ok) desktop.value = result.value
  }

  /** Null when all are back to their defaults; otherwise the reason. */
  async function reset(): Promise<Message | null> {
    const result = await bridge.resetSettings(undefined)
    if (!result.ok) return describeCallError(result.error)
    kept.value = result.value
    return null
  }

  return {
    settings,
    policies,
    storage,
    loginStart,
    desktop,
    askDesktop,
    replace,
    change,
    chooseStorage,
    retryStorage,
    restart,
    startAtLogin,
    chooseShortcut,
    reset,
  }
})

import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { CallInput } from '../../electron/shared/ipc/contract'
import type { Settings } from '../../electron/shared/settings'
import type { StorageChoice, StorageStatus } from '../../electron/shared/storage'
import { asSentence, toldOfCall } from '../../electron/shared/wording'
import { useDesk } from '../desk'
import { useMessages } from './messages'

export const useSettings = defineStore('settings', () => {
  const { bridge } = useDesk()
  const messages = useMessages()
  /** Null before the first snapshot. */
  const settings = shallowRef<Settings | null>(null)
  const storage = shallowRef<StorageStatus | null>(null)

  async function change(part: CallInput<'changeSettings'>): Promise<void> {
    const result = await bridge.changeSettings(part)
    if (result.ok) settings.value = result.value
    else messages.say(asSentence(toldOfCall(result.error)), 'bad')
  }

  /** Whether main has taken the choice; when not, the reason is told. */
  async function chooseStorage(choice: StorageChoice): Promise<boolean> {
    const result = await bridge.chooseStorage({ choice })
    if (result.ok) storage.value = result.value
    else messages.say(asSentence(toldOfCall(result.error)), 'bad')
    return result.ok
  }

  return { settings, storage, change, chooseStorage }
})

import { computed, type ComputedRef } from 'vue'
import type { Environment } from '../../../electron/shared/environment'
import { addressToConfirm, doubtInWords, type Message } from '../../../electron/shared/wording'
import { useAccounts } from '../../stores/accounts'

/** The decision that an environment needs, in words; null for none. */
export function useEnvironmentQuestion(environment: () => Environment): {
  words: ComputedRef<Message | null>
} {
  const accounts = useAccounts()

  const refused = computed(
    () =>
      accounts.current.filter(
        ({ environmentId, problem }) =>
          environmentId === environment().id && problem?.code === 'refused-together',
      ).length,
  )
  const words = computed(() => {
    const it = environment()
    if (!it.addressConfirmed) return addressToConfirm(it)
    return it.doubt === null ? null : doubtInWords(it, it.doubt, refused.value)
  })
  return { words }
}

import { computed, onBeforeUnmount, onMounted, shallowRef } from 'vue'
import type { AccountId } from '../../../electron/shared/account'
import { describeCallError, type Message } from '../../../electron/shared/wording'
import { useApp } from '../../base/app-context'

const REVEALED_MS = 30_000

/**
 * The JWT itself while it is shown: 30 s at most, and only while the window is visible and focused. It is held in this
 * one place only.
 */
export function useReveal(id: AccountId) {
  const { bridge, time, tick } = useApp()
  const jwt = shallowRef<string | null>(null)
  const failure = shallowRef<Message | null>(null)
  const hidesAt = shallowRef(0)
  /** Increases when a pending response is no longer wanted. */
  let wanted = 0
  let cancel: (() => void) | null = null

  function hide(): void {
    wanted += 1
    cancel?.()
    cancel = null
    jwt.value = null
  }

  async function reveal(): Promise<void> {
    hide()
    failure.value = null
    const mine = wanted
    const result = await bridge.revealJwt({ id }).catch(() => null)
    if (mine !== wanted) return
    if (result?.ok !== true) {
      failure.value = describeCallError(result?.error ?? { code: 'internal' })
      return
    }
    if (result.value.jwt === null) return
    jwt.value = result.value.jwt
    hidesAt.value = time.now() + REVEALED_MS
    cancel = time.after(REVEALED_MS, hide)
  }

  const secondsLeft = computed(() =>
    Math.max(1, Math.min(REVEALED_MS / 1000, Math.ceil((hidesAt.value - tick.second.value) / 1000))),
  )

  let unfollow = (): void => undefined
  onMounted(() => {
    window.addEventListener('blur', hide)
    unfollow = time.onVisibilityChange(() => {
      if (time.hidden()) hide()
    })
  })
  onBeforeUnmount(() => {
    window.removeEventListener('blur', hide)
    unfollow()
    hide()
  })

  return { jwt, failure, secondsLeft, reveal, hide }
}

import { onUnmounted, shallowRef, watch, type ShallowRef } from 'vue'
import { useApp } from '../base/app-context'
import { loadAsyncComponents } from './async-components'
import { useSession } from '../stores/connection'
import { useUi } from '../stores/ui'

/**
 * Loads what the first view of the list didn't need; a hidden window waits until it is shown. Returns whether dialogs
 * can be rendered.
 */
export function useAsyncComponents(): { readonly hasDialogs: Readonly<ShallowRef<boolean>> } {
  const { time } = useApp()
  const session = useSession()
  const ui = useUi()
  const hasDialogs = shallowRef(false)

  let isFetched = false
  let cancel: (() => void) | null = null

  function fetchWhenIdle(): void {
    cancel?.()
    cancel = null
    if (isFetched || session.phase === 'starting' || time.hidden()) return
    cancel = time.whenIdle(() => {
      isFetched = true
      hasDialogs.value = true
      void loadAsyncComponents()
    })
  }

  watch(() => session.phase, fetchWhenIdle, { flush: 'post', immediate: true })
  const stopFollowing = time.onVisibilityChange(fetchWhenIdle)
  onUnmounted(() => {
    stopFollowing()
    cancel?.()
  })
  // The user opens something earlier.
  watch(
    () => ui.dialog !== null,
    (isAsked) => {
      if (isAsked) hasDialogs.value = true
    },
  )
  return { hasDialogs }
}

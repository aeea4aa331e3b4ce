import { onUnmounted, shallowRef, watch, type ShallowRef } from 'vue'
import { useApp } from '../base/app-context'
import { loadLateParts } from './async-components'
import { useSession } from '../stores/connection'
import { useUi } from '../stores/ui'

/**
 * Fetches what wasn't needed for the first sight of the list; a hidden window does nothing of the kind until it is shown.
 * Returns whether dialogs are to be there by now.
 */
export function useLateParts(): { readonly hasDialogs: Readonly<ShallowRef<boolean>> } {
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
      void loadLateParts()
    })
  }

  watch(() => session.phase, fetchWhenIdle, { flush: 'post', immediate: true })
  const stopFollowing = time.onVisibilityChange(fetchWhenIdle)
  onUnmounted(() => {
    stopFollowing()
    cancel?.()
  })
  // Somebody is quicker than that.
  watch(
    () => ui.dialog !== null,
    (isAsked) => {
      if (isAsked) hasDialogs.value = true
    },
  )
  return { hasDialogs }
}

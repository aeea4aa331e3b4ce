import { shallowRef, watch, type ShallowRef } from 'vue'
import { useDesk } from '../desk'
import { loadLateParts } from '../late-parts'
import { useSession } from '../stores/session'
import { useUi } from '../stores/ui'

/** Fetches what wasn't needed for the first sight of the list. Returns whether dialogs are to be there by now. */
export function useLateParts(): { readonly hasDialogs: Readonly<ShallowRef<boolean>> } {
  const { time } = useDesk()
  const session = useSession()
  const ui = useUi()
  const hasDialogs = shallowRef(false)

  watch(
    () => session.phase !== 'starting',
    (isShown) => {
      if (!isShown) return
      time.whenIdle(() => {
        hasDialogs.value = true
        void loadLateParts()
      })
    },
    { flush: 'post', immediate: true },
  )
  // Somebody is quicker than that.
  watch(
    () => ui.dialog !== null,
    (isAsked) => {
      if (isAsked) hasDialogs.value = true
    },
  )
  return { hasDialogs }
}

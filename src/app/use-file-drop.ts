import { onBeforeUnmount, onMounted, shallowRef, type ShallowRef } from 'vue'
import { useTransfer } from '../stores/import'
import { useUi } from '../stores/ui'

/**
 * A file dropped anywhere on the window opens the import with it, unless a dialog with something else in it is open.
 * Returns whether one is being dragged over the window.
 */
export function useFileDrop(): Readonly<ShallowRef<boolean>> {
  const transfer = useTransfer()
  const ui = useUi()
  const isOver = shallowRef(false)

  function isWanted(event: DragEvent): boolean {
    const kind = ui.dialog?.kind
    const isFree =
      kind === undefined || kind === 'settings' || (kind === 'import' && transfer.step === 'choose')
    return (
      isFree &&
      !event.defaultPrevented &&
      event.dataTransfer?.types.some((type) => type.toLowerCase() === 'files') === true
    )
  }

  function over(event: DragEvent): void {
    isOver.value = isWanted(event)
    if (isOver.value) event.preventDefault()
  }

  /** Only when it leaves the window: from one element to the next it has another target. */
  function leave(event: DragEvent): void {
    if (event.relatedTarget === null) isOver.value = false
  }

  function drop(event: DragEvent): void {
    isOver.value = false
    if (!isWanted(event)) return
    event.preventDefault()
    const file = event.dataTransfer?.files.item(0)
    if (file == null) return
    if (ui.dialog?.kind === 'import') {
      void transfer.readFile(file)
      return
    }
    transfer.offer(file)
    ui.open({ kind: 'import' })
  }

  onMounted(() => {
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('dragover', over)
    window.removeEventListener('dragleave', leave)
    window.removeEventListener('drop', drop)
  })
  return isOver
}

/**
 * Copies a text without secrets, on a click or key press; false when that isn't allowed. It uses an event of the page,
 * since the window denies every permission and `navigator.clipboard` needs one.
 */
export function copyText(text: string): boolean {
  function give(event: ClipboardEvent): void {
    event.preventDefault()
    event.stopImmediatePropagation()
    event.clipboardData?.setData('text/plain', text)
  }
  document.addEventListener('copy', give, { capture: true, once: true })
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without a permission
  const done = document.execCommand('copy')
  document.removeEventListener('copy', give, { capture: true })
  return done
}

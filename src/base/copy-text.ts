/**
 * Puts a text that holds no secret into the clipboard, from a click or a key; false when that isn't allowed.
 * By an event of the page, since the window denies every permission and `navigator.clipboard` wants one.
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

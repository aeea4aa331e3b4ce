/** What had the focus, and what of the page contains that, from the inside out. */
export type FocusTrail = readonly HTMLElement[]

export function focusTrail(): FocusTrail {
  const trail: HTMLElement[] = []
  const focused = document.activeElement
  for (let at = focused; at instanceof HTMLElement && at !== document.body; at = at.parentElement) {
    // Of what is around it only stops of the Tab key, such as its row, can stand in for it.
    if (at === focused || at.tabIndex >= 0) trail.push(at)
  }
  return trail
}

/** Gives the focus to the first that can take it, without scrolling. Returns whether any could. */
export function focusAgain(trail: FocusTrail): boolean {
  return trail.some((element) => {
    if (!element.isConnected || element.closest('[inert]') !== null) return false
    element.focus({ preventScroll: true })
    return document.activeElement === element
  })
}

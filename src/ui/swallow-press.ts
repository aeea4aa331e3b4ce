/** What belongs to the press of a mouse button, up to the click. */
const REST_OF_PRESS = ['mousedown', 'pointerup', 'mouseup', 'click', 'auxclick', 'dblclick'] as const

const NEXT_INPUT = ['pointerdown', 'keydown'] as const

/** Keeps a press and the click that it becomes from reaching anything. To be called while its first event is captured. */
export function swallowPress(press: Event): void {
  press.preventDefault()
  press.stopPropagation()
  const swallow = (event: Event): void => {
    // A key clicks as well, and is meant.
    if (event instanceof MouseEvent && event.type === 'click' && event.detail === 0) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (event.type === 'click' || event.type === 'auxclick') end()
  }
  const end = (): void => {
    for (const type of REST_OF_PRESS) window.removeEventListener(type, swallow, true)
    for (const type of NEXT_INPUT) window.removeEventListener(type, end, true)
  }
  for (const type of REST_OF_PRESS) window.addEventListener(type, swallow, true)
  // A press that is dragged away becomes no click.
  for (const type of NEXT_INPUT) window.addEventListener(type, end, true)
}

/**
 * After a click that has changed what lies beneath the mouse: a further click of the same double click does nothing, but
 * where it `isMeant`.
 */
export function swallowFurtherClicks(isMeant: (target: EventTarget | null) => boolean): void {
  const press = (event: MouseEvent): void => {
    if (event.detail <= 1) window.removeEventListener('mousedown', press, true)
    else if (!isMeant(event.target)) swallowPress(event)
  }
  window.addEventListener('mousedown', press, true)
}

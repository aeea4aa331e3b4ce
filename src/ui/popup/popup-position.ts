export interface Size {
  readonly width: number
  readonly height: number
}

/** An anchor's edges, as the DOM measures them. */
export interface Edges {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** A popup's position, in CSS pixels of the window; `room` is its maximum height. */
export interface PopupPlace {
  readonly left: number
  readonly top: number
  readonly room: number
}

const GAP = 4
/** Between the popup and the window's edge. */
const MARGIN = 6

/**
 * Below the anchor, or above it where there is more room; a submenu beside its item, with the first choice level with
 * it. With the alignment `end`, the right edges are aligned.
 */
export function popupPlace(
  anchor: Edges,
  popup: Size,
  view: Size,
  side: 'below' | 'beside',
  align: 'start' | 'end' = 'start',
): PopupPlace {
  if (side === 'beside') {
    const right = anchor.right + GAP / 2
    const fits = right + popup.width <= view.width - MARGIN
    const room = view.height - 2 * MARGIN
    return {
      left: within(fits ? right : anchor.left - GAP / 2 - popup.width, popup.width, view.width),
      top: within(anchor.top - MARGIN, Math.min(popup.height, room), view.height),
      room,
    }
  }
  const left = align === 'start' ? anchor.left : anchor.right - popup.width
  const below = view.height - MARGIN - GAP - anchor.bottom
  const above = anchor.top - GAP - MARGIN
  const isBelow = popup.height <= below || below >= above
  return {
    left: within(left, popup.width, view.width),
    top: isBelow ? anchor.bottom + GAP : anchor.top - GAP - Math.min(popup.height, above),
    room: Math.max(0, isBelow ? below : above),
  }
}

function within(start: number, length: number, whole: number): number {
  return Math.max(MARGIN, Math.min(start, whole - MARGIN - length))
}

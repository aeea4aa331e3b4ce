/** What a popup opens at: an element, or a point that the mouse was at. */
export type PopupAnchor = HTMLElement | { getBoundingClientRect(): DOMRect }

/** Where a popup opens: at an element, or at the mouse's position. */
export type PopupAnchor = HTMLElement | { getBoundingClientRect(): DOMRect }

/** How long a removal can be undone. */
export const UNDO_REMOVAL_MS = 10_000

/** The list's sort orders. Apart from the settings' schemas, so that the window can use them without zod. */
export const SORT_ORDERS = ['name', 'environment', 'use', 'expiry', 'refresh', 'status'] as const
/** Whether the list begins with the accounts whose names come first. */
export function isByName({
  sortBy,
  sortReversed,
}: {
  readonly sortBy: SortOrder
  readonly sortReversed: boolean
}): boolean {
  return sortBy === 'name' && !sortReversed
}

export type SortOrder = (typeof SORT_ORDERS)[number]

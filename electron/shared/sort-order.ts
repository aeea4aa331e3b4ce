/** The list's sort orders. Apart from the settings' schemas, so that the window can use them without zod. */
export const SORT_ORDERS = ['name', 'use', 'expiry', 'status'] as const
export type SortOrder = (typeof SORT_ORDERS)[number]

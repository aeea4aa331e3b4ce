/** By what the list is in order. Apart from the settings' schemas, so that the window can use it without zod. */
export const SORT_ORDERS = ['name', 'use', 'expiry', 'status'] as const
export type SortOrder = (typeof SORT_ORDERS)[number]

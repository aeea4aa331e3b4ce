import type { AccountId } from './account'

/** Where the window is to be when something outside of it (a notification, the tray) brings it up. */
export type Place =
  { readonly at: 'account'; readonly id: AccountId } | { readonly at: 'attention' | 'add-account' | 'list' }

import type { AccountId } from './account'

/** Where the window is to be when something outside of it (a notification, the tray) brings it up. */
export type NavigationTarget =
  /** `confirm-copy`: asked whether its JWT is to be copied, since it is one of production. */
  | { readonly at: 'account' | 'confirm-copy'; readonly id: AccountId }
  | { readonly at: 'attention' | 'add-account' | 'list' }

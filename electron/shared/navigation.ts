import type { AccountId } from './account'

/** What the window shows when something outside it (a notification, the tray) opens it. */
export type NavigationTarget =
  /** `confirm-copy`: asks before copying a production JWT. */
  | { readonly at: 'account' | 'confirm-copy'; readonly id: AccountId }
  | { readonly at: 'attention' | 'add-account' | 'settings' | 'list' }

/** Shown outside the window: other windows' titles, and the system's own dialogs. */
export const GUIDE_TITLE = 'TokenDesk user guide'
export const LOGIN_ITEM_COMMENT = 'Renews tokens and reminds you before they expire'
/** macOS reads it out as “TokenDesk is trying to …”. */
export const TOUCH_ID_REASON = 'unlock itself'

/** For a name that the record no longer has. */
export const UNREADABLE = { environment: 'Unknown environment' } as const

export function unreadableAccount(id: string, isUnread: boolean): string {
  return `${isUnread ? 'Unreadable' : 'Damaged'} account ${id.slice(0, 8)}`
}

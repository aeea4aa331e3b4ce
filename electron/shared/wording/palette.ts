import type { CopyFormat } from '../copy-format'
import type { Settings } from '../settings'
import type { SortOrder } from '../sort-order'
import { counted, figure } from './counts'
import { copyFormatName } from './copy-formats'
import { isolated } from './messages'

export type AccountAction =
  | 'renew'
  | 'enter-key'
  | 'remind-tomorrow'
  | 'details'
  | 'view-claims'
  | 'pin'
  | 'unpin'
  | 'tag'
  | 'move'
  | 'rename'
  | 'remove'

/** What can be done with an account, by name. */
export function accountCommand(action: AccountAction, name: string): string {
  const whose = isolated(name)
  switch (action) {
    case 'renew':
      return `Renew ${whose}`
    case 'enter-key':
      return `Enter API key of ${whose}`
    case 'remind-tomorrow':
      return `Snooze reminder for ${whose} until tomorrow`
    case 'details':
      return `Details of ${whose}`
    case 'view-claims':
      return `View claims of ${whose}`
    case 'pin':
      return `Pin ${whose}`
    case 'unpin':
      return `Unpin ${whose}`
    case 'tag':
      return `Tag ${whose}…`
    case 'move':
      return `Move ${whose} to partner…`
    case 'rename':
      return `Rename ${whose}`
    case 'remove':
      return `Remove ${whose}`
  }
}

export function copyCommand(format: CopyFormat, name: string): string {
  return format === 'jwt'
    ? `Copy JWT of ${isolated(name)}`
    : `Copy ${copyFormatName(format)} of ${isolated(name)}`
}

export function viewCommand(view: string): string {
  return `View: ${isolated(view)}`
}

export function themeCommand(theme: Settings['theme']): string {
  return { system: 'Theme: System', light: 'Theme: Light', dark: 'Theme: Dark' }[theme]
}

export function densityCommand(density: Settings['density']): string {
  return { comfortable: 'Density: Comfortable', compact: 'Density: Compact' }[density]
}

export function sortCommand(order: SortOrder): string {
  return {
    name: 'Sort by name',
    environment: 'Sort by environment',
    use: 'Sort by last used',
    expiry: 'Sort by JWT expiry',
    refresh: 'Sort by refresh token expiry',
    status: 'Sort by status',
  }[order]
}

/** How many more match than are shown. */
export function moreAccounts(count: number): string {
  return `${figure(count)} more. Keep typing to narrow the list.`
}

export function resultsFound(count: number): string {
  return count === 0 ? 'Nothing found' : counted(count, 'result')
}

/** The question before a production JWT is copied. */
export function productionCopyMeans(environment: string): string {
  return `Requests made with this JWT affect live data in ${isolated(environment)}.`
}

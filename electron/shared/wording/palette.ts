import type { CopyFormat } from '../copy-format'
import type { Settings } from '../settings'
import type { SortOrder } from '../sort-order'
import { copyFormatName } from './copy-formats'
import { isolated } from './messages'

export type AccountAction =
  | 'renew'
  | 'enter-key'
  | 'remind-tomorrow'
  | 'details'
  | 'look-inside'
  | 'pin'
  | 'unpin'
  | 'tag'
  | 'move'
  | 'rename'
  | 'remove'

/** What can be done with an account, by its name. */
export function accountCommand(action: AccountAction, name: string): string {
  const whose = isolated(name)
  switch (action) {
    case 'renew':
      return `Renew ${whose}`
    case 'enter-key':
      return `Enter API key of ${whose}`
    case 'remind-tomorrow':
      return `Remind me tomorrow of ${whose}`
    case 'details':
      return `Details of ${whose}`
    case 'look-inside':
      return `Look inside ${whose}`
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
  return { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' }[theme]
}

export function densityCommand(density: Settings['density']): string {
  return { comfortable: 'Density: comfortable', compact: 'Density: compact' }[density]
}

export function sortCommand(order: SortOrder): string {
  return {
    name: 'Sort by name',
    use: 'Sort by use',
    expiry: 'Sort by expiry',
    status: 'Sort by status',
  }[order]
}

/** How many more there are than are shown. */
export function moreAccounts(count: number): string {
  return `and ${count.toLocaleString('en')} more: type more of the name`
}

export function resultsFound(count: number): string {
  return count === 0 ? 'Nothing found' : count === 1 ? '1 result' : `${count.toLocaleString('en')} results`
}

/** What a production copy asks first. */
export function productionCopyMeans(environment: string): string {
  return `What is done with this JWT is done in ${isolated(environment)}, for real.`
}

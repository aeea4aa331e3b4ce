import type { Settings } from '../settings'
import type { SortOrder } from '../sort-order'
import { isolated } from './messages'

export function renewCommand(name: string): string {
  return `Renew ${isolated(name)}`
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
    standing: 'Sort by standing',
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

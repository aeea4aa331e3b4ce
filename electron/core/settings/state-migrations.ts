/** Renames what earlier versions of the state file, and of backups, called otherwise. */
import { environmentOfVersion4 } from '../vault/account-record'

export function stateOfVersion2(document: Record<string, unknown>): Record<string, unknown> {
  const { settings, environments } = document
  return {
    ...document,
    settings: isSortedByStanding(settings) ? { ...settings, sortBy: 'status' } : settings,
    environments: Array.isArray(environments) ? environments.map(environmentOfVersion4) : environments,
  }
}

function isSortedByStanding(settings: unknown): settings is { readonly sortBy: 'standing' } {
  return (
    typeof settings === 'object' &&
    settings !== null &&
    'sortBy' in settings &&
    settings.sortBy === 'standing'
  )
}

/** Backing up, restoring, exporting. */
import { counted } from './counts'

export const BACKUP = {
  title: 'Back up',
  means: 'Saves one file that you can restore on another computer, or here if this one is lost.',
  passphrase: 'Passphrase',
  strength: 'Passphrase strength',
  confirm: 'Confirm passphrase',
  save: 'Save backup…',
} as const

export const RESTORE = {
  title: 'Restore a backup',
  means:
    'Adds the accounts and environments of a backup that you don’t have yet. Existing ones are unchanged, and its settings are used only if you have no accounts.',
  select: 'Select a backup…',
  selectAnother: 'Select another…',
  restore: 'Restore',
} as const

export const EXPORT = {
  title: 'Export accounts',
  means: 'A plain list without API keys or tokens.',
  format: 'Format',
  csv: 'CSV',
  json: 'JSON',
  csvMeans: 'For spreadsheets. To import it elsewhere, fill in the apiKey column.',
  jsonMeans: 'Includes the environments. To import it elsewhere, fill in each apiKey.',
  export: 'Export…',
} as const

export function exportedInWords(count: number): string {
  return `${counted(count, 'account')} with name, type, environment, partner, and tags. To move everything to another computer, back up instead.`
}

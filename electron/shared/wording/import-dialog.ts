import { figure } from './counts'
import { isolated } from './messages'

export const IMPORT = {
  title: 'Import accounts',
  drop: 'Drop a CSV, JSON, or .env file here, or',
  selectFile: 'Select a file…',
  reading: 'Reading…',
  file: 'File with accounts',
  paste: 'Paste accounts',
  example: 'name,type,environment,apiKey,partner,tags,remember,note',
  pasteHelp:
    'The first line names the columns. If it’s another table’s, you match its columns next. Separate tags with semicolons.',
  continue: 'Continue',
  matchColumns: 'Match columns',
  matchMeans: 'Say what each column is. TokenDesk remembers it for files with the same headings.',
  hasHeadings: 'The first row names the columns',
  ignore: 'Ignore',
  environmentForAll: 'Environment for all rows',
  selectEnvironment: 'Select an environment',
  dropAnywhere: 'Drop to import accounts',
  updates: 'Updates of existing accounts',
  nothingSent: 'Nothing has been sent yet.',
  unknownEnvironments: 'Unknown environments',
  addEnvironment: 'Add environment…',
  otherEnvironments: 'Environments that differ',
  editEnvironment: 'Edit environment…',
  toImport: 'Accounts to import',
  showOnly: 'Show only',
  line: 'Line',
  name: 'Name',
  action: 'Action',
  reason: 'Reason',
  selectAnother: 'Select another file',
  stopping: 'Stopping after the logins in progress finish…',
  loggingIn: 'Logging in each account.',
  pause: 'Pause',
  resume: 'Resume',
  paused: 'Paused. Logins in progress are finished.',
  progress: 'Import',
  added: 'Added',
  updated: 'Updated',
  failed: 'Failed',
  skipped: 'Skipped',
  results: 'Results',
  result: 'Result',
  saveResults: 'Save results…',
  stopTitle: 'Stop the import?',
  stopMeans:
    'Accounts added so far are kept, and the others are skipped. Import the same file again to add them; duplicates aren’t created.',
  goOn: 'Continue importing',
  stop: 'Stop and close',
} as const

/** A column without a heading, counted from 1. */
export function columnNumber(nth: number): string {
  return `Column ${String(nth)}`
}
export function useEnvironment(name: string): string {
  return `Use ${isolated(name)}`
}
/** What variables of other programs are shown as. */
export const VARIABLE_COLUMNS: readonly string[] = ['Variable', 'Value', 'Environment']

export function editEnvironmentOf(name: string): string {
  return `Edit environment ${isolated(name)}`
}
export function addEnvironmentOf(name: string): string {
  return `Add environment ${isolated(name)}`
}
export function onlyNotAdded(count: number): string {
  return `Only rows that weren’t added (${figure(count)})`
}

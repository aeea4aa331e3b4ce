import { figure } from './counts'
import { isolated } from './messages'

export const IMPORT = {
  title: 'Import accounts',
  drop: 'Drop a CSV or JSON file here, or',
  selectFile: 'Select a file…',
  reading: 'Reading…',
  file: 'File with accounts',
  paste: 'Paste accounts',
  example: 'name,type,environment,apiKey,partner,tags,remember',
  pasteHelp:
    'The first line names the columns. name, environment, and apiKey are required. Separate tags with semicolons.',
  continue: 'Continue',
  nothingSent: 'Nothing has been sent yet.',
  unknownEnvironments: 'Unknown environments',
  addEnvironment: 'Add environment…',
  toImport: 'Accounts to import',
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

export function addEnvironmentOf(name: string): string {
  return `Add environment ${isolated(name)}`
}
export function onlyWithErrors(count: number): string {
  return `Only rows with errors (${figure(count)})`
}
export function onlyNotAdded(count: number): string {
  return `Only rows that weren’t added (${figure(count)})`
}

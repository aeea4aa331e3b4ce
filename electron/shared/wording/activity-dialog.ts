import type { Message } from './message'
import { isolated } from './messages'

export const ACTIVITY = {
  title: 'Activity',
  filter: 'Filter activity',
  filterExample: 'Account or event',
  thisAccount: 'This account',
  entries: 'Entries, newest first',
  none: 'No activity yet.',
  noMatch: 'Nothing matches.',
  copyAsText: 'Copy as text',
} as const

/** The label of the button that removes the filter for one account. */
export function onlyOf(name: string): string {
  return `Only ${isolated(name)}: show all accounts`
}

export const CLIPBOARD_UNUSABLE: Message = {
  what: 'Couldn’t copy to the clipboard.',
  todo: 'Try again.',
}

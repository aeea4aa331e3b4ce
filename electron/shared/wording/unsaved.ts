/** What couldn't be saved, each by its own name, and what holds now instead. */
import type { Problem, Unsaved } from '../problem'
import type { Message } from './message'

const MAKE_ROOM = 'Free some disk space or restore write access, then try again.'

export function notSaved({
  what,
  afterAnswer,
  detail,
}: Extract<Problem, { code: 'storage-unwritable' }>): Message {
  if (afterAnswer) {
    return {
      what: `The service responded, but the new session couldn’t be saved (${detail}) and is kept in memory until TokenDesk quits.`,
      todo: 'Free some disk space or restore write access before you quit TokenDesk.',
    }
  }
  return { what: whatHolds(what, detail), todo: todoAbout(what) }
}

function whatHolds(what: Unsaved, detail: string): string {
  switch (what) {
    case 'session':
      return `Couldn’t save the account (${detail}), so nothing was sent to the service.`
    case 'outcome':
      return `Couldn’t save how the renewal ended (${detail}), so the account’s tokens are as they were.`
    case 'new-account':
      return `The service accepted the API key, but the account couldn’t be saved (${detail}) and wasn’t added.`
    case 'account':
      return `Couldn’t save the account (${detail}), so it’s unchanged.`
    case 'removal':
      return `Couldn’t delete the account (${detail}), so it’s still here.`
    case 'environment':
      return `Couldn’t save the environments (${detail}), so they’re unchanged.`
    case 'settings':
      return `Couldn’t save the settings (${detail}), so they’re unchanged.`
    case 'storage-choice':
      return `Couldn’t change where secrets are kept (${detail}), so they’re where they were.`
    case 'lock':
      return `Couldn’t save the lock (${detail}), so it’s unchanged.`
    case 'start-at-login':
      return `Couldn’t change what starts at login (${detail}), so it’s unchanged.`
    case 'restore':
      return `Couldn’t restore everything (${detail}), but what was restored so far is kept.`
    case 'file':
      return `Couldn’t save the file (${detail}), and a file that was there before is unchanged.`
    case 'proxy-password':
      return `Couldn’t save the proxy’s password (${detail}), so it’s used only until TokenDesk quits.`
  }
}

function todoAbout(what: Unsaved): string {
  if (what === 'file') return 'Free some disk space, or save it in another folder.'
  return what === 'restore'
    ? 'Free some disk space or restore write access, then restore the backup again.'
    : MAKE_ROOM
}

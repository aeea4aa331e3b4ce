import type { CallError } from '../ipc/contract'
import type { KeyNeededReason, LockedReason, Problem } from '../problem'
import type { BackupRefusal } from '../transfer'
import { waitInWords } from './durations'
import type { Message } from './message'
import { LEGAL_REASONS, transient } from './transient-problems'

export type { Message } from './message'

export function describeProblem(problem: Problem): Message {
  switch (problem.code) {
    case 'redirected':
      return {
        what: `The service answered with a redirect${problem.target === '' ? '' : ` to ${problem.target}`}. It was not followed: a key must not travel to another place.`,
        todo: 'Check the base URL of this environment, and use the address that the service itself has.',
      }
    case 'environment-changed':
      return problem.isGone
        ? {
            what: 'This environment was removed while TokenDesk was waiting for the service, so nothing was added.',
            todo: 'Select another environment, then try again.',
          }
        : {
            what: 'The base URL of this environment was changed while TokenDesk was waiting for the service, so the answer from the old address was not used.',
            todo: 'Try again: the API key then goes to the new address.',
          }
    case 'address-to-confirm':
      return {
        what: 'The base URL of this environment must be confirmed first, so nothing was sent.',
        todo: 'Confirm it above the list or in Settings, Environments.',
      }
    case 'wrong-address':
      return {
        what: `The base URL of this environment answers, but not like the service (status ${String(problem.status)}).`,
        todo: 'It is probably wrong: check the environment’s base URL in Settings, Environments.',
      }
    case 'refused-together':
      return {
        what: `This environment refused several accounts within a minute (status ${String(problem.status)}), so the token is kept.`,
        todo: 'Check the environment first: its line above the list says how.',
      }
    case 'key-refused':
      return {
        what: `The service refused the API key (status ${String(problem.status)}).`,
        todo: 'Check that the key is whole, still valid and made for this environment, and that the environment’s base URL is right, then enter it again.',
      }
    case 'key-needed':
      return { what: keyNeeded(problem.reason), todo: 'Enter the API key once to go on.' }
    case 'locked':
      return locked(problem.reason)
    case 'storage-unwritable':
      return {
        what: problem.afterAnswer
          ? `The service answered, but the new session could not be saved (${problem.detail}). It is kept in memory until TokenDesk quits.`
          : `The account could not be saved (${problem.detail}), so nothing was sent to the service.`,
        todo: problem.afterAnswer
          ? 'Free some disk space or restore write access before you quit TokenDesk.'
          : 'Free some disk space or restore write access, then try again.',
      }
    case 'unreachable':
    case 'no-answer':
    case 'service-unavailable':
    case 'unexpected-status':
    case 'not-the-service':
    case 'invalid-response':
      return transient(problem)
  }
}

function keyNeeded(reason: KeyNeededReason): string {
  switch (reason) {
    case 'nothing-to-renew-with':
      return 'There is no refresh token and no remembered API key to renew with.'
    case 'refresh-token-expired':
      return 'The refresh token has ended.'
    case 'refresh-token-refused':
      return 'The service no longer accepts the refresh token.'
    case 'refresh-token-maybe-replaced':
      return 'The service may have replaced this token while the connection broke.'
    case 'key-of-another':
      return 'The saved API key logged in as someone else, so that session was not used.'
    case 'kept-in-memory-only':
      return 'The session was kept in memory only, and TokenDesk has been restarted since.'
  }
}

function locked(reason: LockedReason): Message {
  switch (reason) {
    case 'cannot-decrypt':
      return {
        what: 'The stored session cannot be opened: the keyring is locked or its key has changed.',
        todo: 'Unlock the keyring and try again, or enter the API key to start afresh.',
      }
    case 'other-keyring':
      return {
        what: 'The stored session was sealed by another keyring than the one in use now.',
        todo: 'Start TokenDesk with the keyring used before, or enter the API key to start afresh.',
      }
    case 'keyring-unavailable':
      return {
        what: 'The keyring that this session is encrypted with isn’t running yet, or it’s locked.',
        todo: 'TokenDesk opens the session as soon as the keyring is available. To check now, use Try again in the status line.',
      }
    case 'record-damaged':
      return {
        what: 'The stored record is damaged. It has been kept aside, not deleted.',
        todo: 'Enter the API key to start afresh.',
      }
    case 'record-unreadable':
      return {
        what: 'The system does not let TokenDesk read the stored record. It is left as it is.',
        todo: 'Check the rights of the folder “accounts” in the profile and the disk, then start TokenDesk again.',
      }
    case 'newer-version':
      return {
        what: 'The stored record was written by a newer TokenDesk. It has been kept aside, not deleted.',
        todo: 'Update TokenDesk to go on with it, or enter the API key to start afresh here.',
      }
    case 'environment-lost':
      return {
        what: 'The stored record is damaged, and its environment can no longer be read. It has been kept aside, not deleted.',
        todo: 'Remove this account and add it again.',
      }
  }
}

/** Why nothing can be backed up. */
function nothingOpens(reason: LockedReason): Message {
  const what = 'No account’s secrets can be opened, so no backup was saved.'
  switch (reason) {
    case 'cannot-decrypt':
    case 'keyring-unavailable':
      return { what, todo: 'Unlock the keyring, then try again.' }
    case 'other-keyring':
      return { what, todo: 'Start TokenDesk with the keyring used before, then try again.' }
    case 'record-damaged':
    case 'environment-lost':
      return { what, todo: 'Enter an API key first: the stored records are damaged.' }
    case 'record-unreadable':
      return { what, todo: describeProblem({ code: 'locked', reason }).todo }
    case 'newer-version':
      return { what, todo: 'Update TokenDesk first: a newer one has written the stored records.' }
  }
}

/** Why a backup can't be restored; nothing has been changed. */
export function backupRefusal(reason: BackupRefusal): Message {
  switch (reason) {
    case 'too-large':
      return { what: 'This is larger than any backup.', todo: 'Choose another file.' }
    case 'not-a-backup':
      return {
        what: 'This is not a backup of TokenDesk.',
        todo: 'Choose a file that TokenDesk has saved as a backup.',
      }
    case 'newer-version':
      return {
        what: 'A newer TokenDesk has made this backup.',
        todo: 'Update TokenDesk, then restore it.',
      }
    case 'damaged':
      return {
        what: 'This backup is damaged, so nothing was restored.',
        todo: 'Use another copy of it.',
      }
    case 'wrong-passphrase-or-damaged':
      return {
        what: 'The passphrase does not open this backup, or the file is damaged. Nothing was restored.',
        todo: 'Check the passphrase, then try another copy of the file.',
      }
  }
}

/** A failed call, in words. `bad-fields` has its words at the fields; this is the sentence above them. */
export function describeCallError(error: CallError): Message {
  switch (error.code) {
    case 'problem':
      return describeProblem(error.problem)
    case 'bad-fields':
      return { what: 'Some fields need a correction.', todo: 'See the messages beside them.' }
    case 'superseded':
      return {
        what: 'Not copied, since you copied something else meanwhile.',
        todo: 'Copy it again if you need it.',
      }
    case 'cannot-copy':
      return {
        what:
          error.reason === 'not-a-header-value'
            ? 'This JWT holds characters that a header cannot carry, such as a line break.'
            : 'This JWT holds characters that cannot be written in this format.',
        todo: error.reason === 'not-a-header-value' ? 'Copy the JWT alone.' : 'Choose another format.',
      }
    case 'shortcut-refused':
      return error.reason === 'taken'
        ? {
            what: 'Another program has this shortcut, or this desktop allows none.',
            todo: 'Choose another one.',
          }
        : { what: 'This is not a combination of keys.', todo: 'Press one with Ctrl, Alt or Cmd in it.' }
    case 'nothing-opens':
      return nothingOpens(error.reason)
    case 'backup-refused':
      return backupRefusal(error.reason)
    case 'whose-key':
      return {
        what: 'This API key would replace the stored session with another one.',
        todo: 'Say whether it is to be replaced.',
      }
    case 'answered-too-late':
      return {
        what: 'The answer came too late, so nothing was replaced.',
        todo: 'Log in again.',
      }
    case 'locked':
      return { what: 'TokenDesk is locked.', todo: 'Unlock it first.' }
    case 'wrong-passphrase':
      return {
        what: error.tooEarly ? 'Too many wrong tries.' : 'This is not the passphrase.',
        todo: error.waitMs > 0 ? `Try again in ${waitInWords(error.waitMs)}.` : 'Check it and try again.',
      }
    case 'lock-unusable':
      return {
        what: 'The lock’s file is damaged, so no passphrase can open it.',
        todo: 'Remove the lock to go on: your accounts stay, and each needs its API key again.',
      }
    case 'cancelled':
      return { what: 'Canceled.', todo: 'Nothing was changed.' }
    case 'in-use':
      return {
        what: 'Accounts are still in this environment.',
        todo: 'Remove them first, or keep the environment.',
      }
    case 'environment-busy':
      return {
        what: 'TokenDesk is waiting for an answer from this environment, which could add an account to it.',
        todo: 'Wait until it has come, then remove the environment.',
      }
    case 'not-found':
      return { what: 'This account is gone: it has been removed meanwhile.', todo: 'Choose another one.' }
    case 'forbidden':
    case 'invalid-message':
    case 'internal':
      return {
        what: 'TokenDesk made a mistake of its own, and nothing was changed.',
        todo: 'Try again. If it happens again, restart TokenDesk and report it.',
      }
  }
}

/** The same of a call that changes what the user has decided, and asks nothing of the service. */
export function describeChangeError(error: CallError): Message {
  if (error.code !== 'problem' || error.problem.code !== 'storage-unwritable') return describeCallError(error)
  return {
    what: `This could not be saved (${error.problem.detail}), so nothing was changed.`,
    todo: 'Free some disk space or restore write access, then try again.',
  }
}

export function asSentence(words: Message): string {
  return `${words.what} ${words.todo}`
}

/** The same in a few words, for a line in the list. */
export function problemInShort(problem: Problem): string {
  switch (problem.code) {
    case 'unreachable':
      return problem.reason === 'offline'
        ? 'Offline'
        : problem.reason === 'tls'
          ? 'No secure connection'
          : 'Service not reached'
    case 'no-answer':
      return 'No answer'
    case 'service-unavailable':
      return 'Service busy'
    case 'unexpected-status':
      return problem.status === LEGAL_REASONS
        ? 'Blocked for legal reasons'
        : `Unexpected status ${String(problem.status)}`
    case 'not-the-service':
      return 'A proxy answered'
    case 'invalid-response':
      return 'Answer makes no sense'
    case 'redirected':
      return 'Redirected: check the base URL'
    case 'environment-changed':
      return 'Environment changed meanwhile'
    case 'address-to-confirm':
      return 'Waiting for its base URL to be confirmed'
    case 'wrong-address':
      return 'Wrong address? Check the base URL'
    case 'refused-together':
      return 'Refused with others: check the environment'
    case 'key-refused':
      return 'API key refused'
    case 'key-needed':
      return 'Needs its API key'
    case 'locked':
      return problem.reason === 'keyring-unavailable'
        ? 'Locked: keyring not available'
        : 'Locked: stored session not readable'
    case 'storage-unwritable':
      return problem.afterAnswer ? 'Not saved: kept in memory' : 'Disk not writable'
  }
}

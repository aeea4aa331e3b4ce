import { gatewayPortProblem } from './gateway-port'
import type { CallError, NotFound } from '../ipc/contract'
import type { KeyNeededReason, LockedReason, Problem } from '../problem'
import type { BackupRefusal } from '../transfer'
import { waitInWords } from './durations'
import type { Message } from './message'
import { QUICK_PICK_COMMAND, SHORTCUT } from './quick-pick'
import { LEGAL_REASONS, proxyInShort, TOO_MANY, transient } from './transient-problems'
import { notSaved } from './unsaved'

export { todoAt, type Message } from './message'

export function describeProblem(problem: Problem): Message {
  switch (problem.code) {
    case 'redirected':
      return {
        what: `The service redirected${problem.target === '' ? '' : ` to ${problem.target}`}, which TokenDesk didn’t follow so that no API key or token is sent elsewhere.`,
        todo: 'Check this environment’s base URL and use the service’s own address.',
      }
    case 'environment-changed':
      return problem.isGone
        ? {
            what: 'This environment was removed while TokenDesk was waiting for the service, so nothing was added.',
            todo: 'Select another environment, then try again.',
          }
        : {
            what: 'This environment’s base URL changed while TokenDesk was waiting for the service, so the response from the old address wasn’t used.',
            todo: 'Try again to send the API key to the new address.',
          }
    case 'address-to-confirm':
      return {
        what: 'The base URL of this environment must be confirmed first, so nothing was sent.',
        todo: 'Confirm it above the list or in Settings, Environments.',
      }
    case 'wrong-address':
      return {
        what: `This environment’s base URL responds, but not like the service (HTTP ${String(problem.status)}).`,
        todo: 'Check it in Settings, Environments; it’s probably wrong.',
      }
    case 'refused-together':
      return {
        what: `This environment rejected several accounts within a minute (HTTP ${String(problem.status)}), so the tokens are kept.`,
        todo: 'Check the environment first; the bar above the list says how.',
      }
    case 'key-refused':
      return {
        what: `The service rejected the API key (HTTP ${String(problem.status)}).`,
        todo: 'Check the API key and the environment’s base URL, then enter it again.',
      }
    case 'key-needed':
      return { what: keyNeeded(problem.reason), todo: 'Enter the API key to continue.' }
    case 'locked':
      return locked(problem.reason)
    case 'storage-unwritable':
      return notSaved(problem)
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
      return 'There is no refresh token or saved API key to renew with.'
    case 'refresh-token-expired':
      return 'The refresh token has expired.'
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
        what: 'The saved session can’t be decrypted: the keyring is locked or its key has changed.',
        todo: 'Unlock the keyring and try again, or enter the API key to log in again.',
      }
    case 'other-keyring':
      return {
        what: 'The saved session was encrypted with a different keyring.',
        todo: 'Start TokenDesk with that keyring, or enter the API key to log in again.',
      }
    case 'keyring-unavailable':
      return {
        what: 'The keyring that this session is encrypted with isn’t running yet, or it’s locked.',
        todo: 'TokenDesk opens it automatically once the keyring is available; to check now, use Try again in the status line.',
      }
    case 'record-damaged':
      return {
        what: 'The saved account file is damaged and was set aside, not deleted.',
        todo: 'Enter the API key to log in again.',
      }
    case 'record-unreadable':
      return {
        what: 'The system doesn’t let TokenDesk read the saved account file, so it’s unchanged.',
        todo: 'Check the disk and the permissions of the “accounts” folder in the profile, then restart TokenDesk.',
      }
    case 'newer-version':
      return {
        what: 'The saved account file comes from a newer TokenDesk and was set aside, not deleted.',
        todo: 'Update TokenDesk to use it, or enter the API key to log in again.',
      }
    case 'environment-lost':
      return {
        what: 'The saved account file is damaged, doesn’t name its environment, and was set aside, not deleted.',
        todo: 'Remove this account and add it again.',
      }
  }
}

function nothingOpens(reason: LockedReason): Message {
  const what = 'No account’s secrets can be decrypted, so no backup was saved.'
  switch (reason) {
    case 'cannot-decrypt':
    case 'keyring-unavailable':
      return { what, todo: 'Unlock the keyring, then try again.' }
    case 'other-keyring':
      return { what, todo: 'Start TokenDesk with the keyring used before, then try again.' }
    case 'record-damaged':
    case 'environment-lost':
      return { what, todo: 'Enter an API key first: the saved account files are damaged.' }
    case 'record-unreadable':
      return { what, todo: describeProblem({ code: 'locked', reason }).todo }
    case 'newer-version':
      return { what, todo: 'Update TokenDesk first: the saved account files come from a newer version.' }
  }
}

/** Why a backup can't be restored; nothing was changed. */
export function backupRefusal(reason: BackupRefusal): Message {
  switch (reason) {
    case 'too-large':
      return { what: 'This file is larger than any backup.', todo: 'Select another file.' }
    case 'not-a-backup':
      return {
        what: 'This isn’t a TokenDesk backup.',
        todo: 'Select a file that TokenDesk saved as a backup.',
      }
    case 'newer-version':
      return {
        what: 'This backup comes from a newer TokenDesk.',
        todo: 'Update TokenDesk, then restore it.',
      }
    case 'damaged':
      return {
        what: 'This backup is damaged, so nothing was restored.',
        todo: 'Use another copy of the file.',
      }
    case 'wrong-passphrase-or-damaged':
      return {
        what: 'The passphrase is wrong or the file is damaged, so nothing was restored.',
        todo: 'Check the passphrase, then try another copy of the file.',
      }
  }
}

function notFound(what: NotFound): Message {
  switch (what) {
    case 'account':
      return { what: 'This account no longer exists.', todo: 'Select another one.' }
    case 'environment':
      return { what: 'This environment no longer exists.', todo: 'Select another one.' }
    case 'import':
      return {
        what: 'This import is no longer open, so nothing was added.',
        todo: 'Select the file or paste the accounts again.',
      }
    case 'backup':
      return {
        what: 'The backup is no longer open, so nothing was restored.',
        todo: 'Select its file again.',
      }
    case 'gateway':
      return { what: 'This account’s gateway isn’t open.', todo: 'Open it first.' }
    case 'claim':
      return {
        what: 'The JWT has been replaced and no longer has this claim, so nothing was copied.',
        todo: 'Open its claims again.',
      }
  }
}

/** The clipboard kept its content, or it is unknown whether it did. */
export const NOT_COPIED: Message = { what: 'Couldn’t copy.', todo: 'Open TokenDesk to copy it.' }

/** The sentence above the form; for `bad-fields` the fields have their own. */
export function describeCallError(error: CallError): Message {
  switch (error.code) {
    case 'problem':
      return describeProblem(error.problem)
    case 'bad-fields':
      return { what: 'Some fields need to be corrected.', todo: 'See the messages next to them.' }
    case 'superseded':
      return {
        what: 'Not copied, because you copied something else in the meantime.',
        todo: 'Copy it again if you need it.',
      }
    case 'gateway-port':
      return gatewayPortProblem(error.port, error.problem)
    case 'clipboard-refused':
      return NOT_COPIED
    case 'cannot-copy':
      return {
        what:
          error.reason === 'not-a-header-value'
            ? 'This JWT contains characters that a header can’t carry, such as a line break.'
            : 'This JWT contains characters that can’t be written in this format.',
        todo: error.reason === 'not-a-header-value' ? 'Copy the JWT alone.' : 'Select another format.',
      }
    case 'shortcut-refused':
      if (error.reason === 'unsupported') {
        return { what: SHORTCUT.unsupported, todo: `${SHORTCUT.bindInstead} ${QUICK_PICK_COMMAND}` }
      }
      return error.reason === 'taken'
        ? {
            what: 'Another app uses this shortcut, or this desktop doesn’t allow shortcuts.',
            todo: 'Select another one.',
          }
        : { what: 'This isn’t a shortcut.', todo: 'Press a combination with Ctrl, Alt, or Cmd.' }
    case 'nothing-opens':
      return nothingOpens(error.reason)
    case 'backup-refused':
      return backupRefusal(error.reason)
    case 'whose-key':
      return {
        what: 'This API key would replace the saved session with another one.',
        todo: 'Select whether to replace it.',
      }
    case 'answered-too-late':
      return {
        what: 'The response came too late, so nothing was replaced.',
        todo: 'Log in again.',
      }
    case 'locked':
      return { what: 'TokenDesk is locked.', todo: 'Unlock it first.' }
    case 'wrong-passphrase':
      return {
        what: error.tooEarly ? 'Too many attempts.' : 'Incorrect passphrase.',
        todo: error.waitMs > 0 ? `Try again in ${waitInWords(error.waitMs)}.` : 'Check it and try again.',
      }
    case 'lock-unusable':
      return {
        what: 'The lock’s file is damaged, so no passphrase can unlock TokenDesk.',
        todo: 'Remove the lock to continue; your accounts are kept, but you’ll need to enter each API key again.',
      }
    case 'cancelled':
      return { what: 'Canceled.', todo: 'Nothing was changed.' }
    case 'in-use':
      return {
        what: 'Accounts still use this environment.',
        todo: 'Remove them first, or keep the environment.',
      }
    case 'environment-busy':
      return {
        what: 'TokenDesk is waiting for a response from this environment that could add an account to it.',
        todo: 'Wait for it, then remove the environment.',
      }
    case 'not-found':
      return notFound(error.what)
    case 'forbidden':
    case 'invalid-message':
    case 'internal':
      return {
        what: 'Something went wrong in TokenDesk. Nothing was changed.',
        todo: 'Try again; if it happens again, restart TokenDesk and report it.',
      }
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
          : problem.reason === 'proxy-password' || problem.reason === 'proxy'
            ? proxyInShort(problem)
            : 'Can’t reach service'
    case 'no-answer':
      return 'No response'
    case 'service-unavailable':
      return problem.status === TOO_MANY ? 'Too many requests' : 'Service unavailable'
    case 'unexpected-status':
      return problem.status === LEGAL_REASONS
        ? 'Blocked for legal reasons'
        : `Unexpected status ${String(problem.status)}`
    case 'not-the-service':
      return problem.isPage ? 'Proxy or sign-in page in the way' : 'Not the service’s own response'
    case 'invalid-response':
      return problem.reason === 'web-page' ? 'Proxy or sign-in page in the way' : 'Invalid response'
    case 'redirected':
      return 'Redirected: check the base URL'
    case 'environment-changed':
      return 'Environment changed in the meantime'
    case 'address-to-confirm':
      return 'Base URL not confirmed'
    case 'wrong-address':
      return 'Wrong base URL? Check it'
    case 'refused-together':
      return 'Rejected with others: check the environment'
    case 'key-refused':
      return 'API key rejected'
    case 'key-needed':
      return 'API key needed'
    case 'locked':
      return problem.reason === 'keyring-unavailable'
        ? 'Locked: keyring not available'
        : 'Locked: session can’t be decrypted'
    case 'storage-unwritable':
      return problem.afterAnswer ? 'Not saved: kept in memory' : 'Disk not writable'
  }
}

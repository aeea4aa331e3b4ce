import type { AccountSummary } from '../account'
import type { StartNotice } from '../ipc/contract'
import type { KeyringGap, MisplacedSecrets, StorageStatus } from '../storage'

/** The backend as people know it: `GNOME Keyring`, `KWallet`, `macOS Keychain`, `Windows data protection`. */
export function backendName(backend: string): string {
  if (backend.startsWith('gnome')) return 'GNOME Keyring'
  if (backend.startsWith('kwallet')) return 'KWallet'
  switch (backend) {
    case 'keychain':
      return 'macOS Keychain'
    case 'dpapi':
      return 'Windows data protection'
    case 'basic_text':
    case 'unknown':
      return 'No keyring'
    default:
      return backend
  }
}

export function storageInShort(storage: StorageStatus): string {
  switch (storage.mode) {
    case 'keyring':
      return withExceptions(backendName(storage.backend), storage, 'not encrypted')
    case 'memory':
      return withExceptions(memoryInShort(storage), storage, 'still on disk')
    case 'unprotected-file':
      return withExceptions('Not protected: stored without a keyring', storage, 'not saved')
  }
}

function memoryInShort({ backend, protected: guarded, gap }: StorageStatus): string {
  if (gap !== undefined) return `${backendName(backend)} not available: kept in memory only`
  return guarded ? 'Kept in memory only' : 'Not protected: kept in memory only'
}

function withExceptions(text: string, { misplaced }: StorageStatus, how: string): string {
  if (misplaced === undefined) return text
  const count = misplaced.accounts.length
  return `${text} (${count === 0 ? 'copies' : accountsIn(count)} ${how})`
}

export function storageInWords(storage: StorageStatus): string {
  switch (storage.mode) {
    case 'keyring':
      return `Tokens and remembered API keys are sealed by ${backendName(storage.backend)}. Only your user account on this computer can open them.`
    case 'memory':
      return `${whyUnprotected(storage)}, so tokens and API keys are kept in memory only. When TokenDesk quits they are gone, and each account needs its API key again.`
    case 'unprotected-file':
      return `${whyUnprotected(storage)}. You agreed to store tokens and API keys without that protection: whoever can read your files can read them.`
  }
}

function whyUnprotected({ backend, gap }: StorageStatus): string {
  switch (gap) {
    case undefined:
      return 'No keyring of the system protects secrets here'
    case 'unavailable':
      return `${backendName(backend)} isn’t running or is locked`
    case 'needs-restart':
      return `${backendName(backend)} couldn’t be opened`
  }
}

/** What the window says while a keyring that is expected isn’t open; `locked` accounts wait for it. */
export function keyringGap(gap: KeyringGap, backend: string, locked: number): string {
  const name = backendName(backend)
  switch (gap) {
    case 'unavailable':
      return `${name} isn’t running or is locked, so ${waiting(locked)}. TokenDesk continues automatically when it’s available.`
    case 'needs-restart':
      return `${name} couldn’t be opened, so ${waiting(locked)}. Unlock it, then restart TokenDesk.`
  }
}

function waiting(locked: number): string {
  if (locked === 0) return 'tokens and API keys can’t be encrypted'
  return locked === 1 ? '1 account stays locked' : `${String(locked)} accounts stay locked`
}

/** After *Try again* has changed nothing. */
export function keyringStillGone(backend: string): string {
  return `${backendName(backend)} still isn’t available. Start or unlock it, then try again.`
}

/** After *Try again* has changed nothing about secrets that lie elsewhere than was decided. */
export const STILL_MISPLACED =
  'That didn’t work: the disk still refuses. Free some disk space or restore write access.'

/** After *Try again* has moved them. */
export const PLACED_NOW = 'Done: tokens and API keys are where you chose to keep them'

/** Which secrets lie elsewhere than was decided, since the disk has refused to move them. */
export function misplacedSecrets(
  mode: StorageStatus['mode'],
  { accounts, inCopies }: MisplacedSecrets,
): string {
  const todo = 'Free some disk space or restore write access, then try again.'
  const copies = inCopies ? ' Copies of records that were kept aside couldn’t be deleted either.' : ''
  const named = accounts.length === 0 ? '' : namesOf(accounts)
  switch (mode) {
    case 'keyring':
      return `Still stored without encryption: ${named}. ${todo}`
    case 'memory':
      return accounts.length === 0
        ? `Copies of records that were kept aside couldn’t be deleted, and may hold readable tokens and API keys. ${todo}`
        : `Still readable on this computer’s disk: ${named}.${copies} ${todo}`
    case 'unprotected-file':
      return `Not saved yet: ${named}. Until then they’re kept in memory, and gone when TokenDesk quits. ${todo}`
  }
}

/** What _Remember API key_ does with the key, and what happens to it otherwise. */
export function rememberMeans(mode: StorageStatus['mode']): string {
  return `${keptHow(mode)}, so that TokenDesk can log in again by itself. Otherwise the key is used once and forgotten.`
}

function keptHow(mode: StorageStatus['mode']): string {
  switch (mode) {
    case 'keyring':
      return 'Kept sealed by the system’s keyring'
    case 'memory':
      return 'Kept in memory until TokenDesk quits'
    case 'unprotected-file':
      return 'Stored without the protection of a keyring'
  }
}

/** What start-up has to tell. */
export function startNotice(notice: StartNotice): string {
  switch (notice.code) {
    case 'settings-reset':
      return `The settings could not be read, so TokenDesk started with its defaults. The old file is kept as ${notice.keptAs}.`
    case 'settings-repaired':
      return `A part of the settings or environments made no sense and was put right as far as it is known. Look through Settings, the environments above all. The file as it was is kept as ${notice.keptAs}.`
    case 'shortcut-taken':
      return `The shortcut ${notice.shortcut} of the quick pick is not available: another program has it. Choose another one in Settings.`
    case 'records-damaged':
      return `${damaged(notice.names)} could not be read. Nothing was deleted: the damaged records are kept beside the others. Enter the API key of ${notice.names.length === 1 ? 'the account' : 'each account'} again, and it works as before.`
    case 'keyring-changed':
      return `${accountsOf(notice.accounts)} sealed by ${backendName(notice.before)}, and this session has ${notice.now === 'basic_text' ? 'no keyring' : backendName(notice.now)}. What is sealed stays as it is until you enter an API key.`
  }
}

function accountsOf(count: number): string {
  return count === 1 ? '1 account is' : `${String(count)} accounts are`
}

function accountsIn(count: number): string {
  return count === 1 ? '1 account' : `${String(count)} accounts`
}

function damaged(names: readonly string[]): string {
  const first = names.slice(0, 3).join(', ')
  const more = names.length - 3
  return more > 0 ? `${first} and ${String(more)} more` : first
}

/** All of them: who has to know what is readable has to know it of each. */
function namesOf(names: readonly string[]): string {
  return names.join(', ')
}

export function storedWhere(secretsIn: AccountSummary['secretsIn']): string {
  switch (secretsIn) {
    case 'keyring':
      return 'Its secrets are sealed by the system’s keyring.'
    case 'unprotected-file':
      return 'Its secrets are stored without the protection of a keyring.'
    case 'memory':
      return 'Its secrets are kept in memory only, until TokenDesk quits.'
    case 'locked':
      return 'Its secrets are stored, but cannot be opened at the moment.'
  }
}

import type { AccountSummary } from '../account'
import type { StartNotice } from '../ipc/contract'
import type { StorageStatus } from '../storage'

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
      return backendName(storage.backend)
    case 'memory':
      return storage.protected ? 'Kept in memory only' : 'Not protected: kept in memory only'
    case 'unprotected-file':
      return 'Not protected: stored without a keyring'
  }
}

export function storageInWords(storage: StorageStatus): string {
  switch (storage.mode) {
    case 'keyring':
      return `Tokens and remembered API keys are sealed by ${backendName(storage.backend)}. Only your user account on this computer can open them.`
    case 'memory':
      return 'No keyring of the system protects secrets here, so tokens and API keys are kept in memory only. When TokenDesk quits they are gone, and each account needs its API key again.'
    case 'unprotected-file':
      return 'No keyring of the system protects secrets here. You agreed to store tokens and API keys without that protection: whoever can read your files can read them.'
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

function damaged(names: readonly string[]): string {
  const first = names.slice(0, 3).join(', ')
  const more = names.length - 3
  return more > 0 ? `${first} and ${String(more)} more` : first
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

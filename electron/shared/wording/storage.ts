import type { AccountSummary } from '../account'
import type { StartNotice } from '../ipc/contract'
import type { KeyringGap, MisplacedSecrets, StorageStatus } from '../storage'
import { counted, figure, plural } from './counts'

/** The name that people know: `GNOME Keyring`, `KWallet`, `macOS Keychain`, `Windows data protection`. */
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
      return withExceptions('Not protected: stored unencrypted', storage, 'not saved')
  }
}

function memoryInShort({ backend, protected: guarded, gap }: StorageStatus): string {
  if (gap !== undefined) return `${backendName(backend)} not available: kept in memory only`
  return guarded ? 'Kept in memory only' : 'Not protected: kept in memory only'
}

function withExceptions(text: string, { misplaced }: StorageStatus, how: string): string {
  if (misplaced === undefined) return text
  const count = misplaced.accounts.length
  return `${text} (${count === 0 ? 'copies' : counted(count, 'account')} ${how})`
}

export function storageInWords(storage: StorageStatus): string {
  switch (storage.mode) {
    case 'keyring':
      return `Tokens and saved API keys are encrypted with ${backendName(storage.backend)}. Only your user account on this computer can read them.`
    case 'memory':
      return `${whyUnprotected(storage)}, so tokens and API keys are kept in memory only. After TokenDesk quits, you’ll need to enter each API key again.`
    case 'unprotected-file':
      return `${whyUnprotected(storage)}. You agreed to store tokens and API keys unencrypted: anyone who can read your files can read them.`
  }
}

function whyUnprotected({ backend, gap }: StorageStatus): string {
  switch (gap) {
    case undefined:
      return 'No system keyring protects secrets here'
    case 'unavailable':
      return `${backendName(backend)} isn’t running or is locked`
    case 'needs-restart':
      return `${backendName(backend)} couldn’t be opened`
  }
}

/** Shown while an expected keyring isn’t open; `locked` accounts wait for it. */
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
  return counted(locked, 'account stays locked', 'accounts stay locked')
}

/** After *Try again* didn't help. */
export function keyringStillGone(backend: string): string {
  return `${backendName(backend)} still isn’t available. Start or unlock it, then try again.`
}

/** After *Try again* couldn't move the secrets either. */
export const STILL_MISPLACED =
  'That didn’t work: the disk still refuses. Free some disk space or restore write access.'

/** After *Try again* has moved them. */
export const PLACED_NOW = 'Done: tokens and API keys moved'

/** Which secrets are not where they were decided to be, since the disk refused to move them. */
export function misplacedSecrets(
  mode: StorageStatus['mode'],
  { accounts, inCopies }: MisplacedSecrets,
): string {
  const todo = 'Free some disk space or restore write access, then try again.'
  const copies = inCopies ? ' Copies of account files that were set aside couldn’t be deleted either.' : ''
  const named = accounts.length === 0 ? '' : namesOf(accounts)
  switch (mode) {
    case 'keyring':
      return `Still stored without encryption: ${named}. ${todo}`
    case 'memory':
      return accounts.length === 0
        ? `Copies of account files that were set aside couldn’t be deleted and may contain readable tokens and API keys. ${todo}`
        : `Still readable on this computer’s disk: ${named}.${copies} ${todo}`
    case 'unprotected-file':
      return `Not saved yet: ${named}. Until then they’re kept in memory until TokenDesk quits. ${todo}`
  }
}

/** What _Remember API key_ does with the key, and what happens to it otherwise. */
export function rememberMeans(mode: StorageStatus['mode']): string {
  return `${keptHow(mode)}${mode === 'keyring' ? '' : ','} so TokenDesk can log in again automatically. Otherwise the key is used once and not saved.`
}

function keptHow(mode: StorageStatus['mode']): string {
  switch (mode) {
    case 'keyring':
      return 'Encrypted with the system keyring'
    case 'memory':
      return 'Kept in memory until TokenDesk quits'
    case 'unprotected-file':
      return 'Stored unencrypted'
  }
}

export function startNotice(notice: StartNotice): string {
  switch (notice.code) {
    case 'settings-reset':
      return `The settings couldn’t be read, so TokenDesk started with its defaults. The old file is kept as ${notice.keptAs}.`
    case 'settings-repaired':
      return `Some settings or environments were invalid and were repaired. Check Settings, especially the environments. The original file is kept as ${notice.keptAs}.`
    case 'shortcut-taken':
      return `The shortcut ${notice.shortcut} of the quick pick isn’t available because another app uses it. Select another one in Settings.`
    case 'records-damaged':
      return `Couldn’t read ${damaged(notice.names)}. Nothing was deleted. Enter the API key of ${plural(notice.names.length, 'the account', 'each account')} to restore it.`
    case 'keyring-changed':
      return `${counted(notice.accounts, 'account is', 'accounts are')} encrypted with ${backendName(notice.before)}, but this session has ${notice.now === 'basic_text' ? 'no keyring' : backendName(notice.now)}. They are unchanged until you enter an API key.`
  }
}

function damaged(names: readonly string[]): string {
  const first = names.slice(0, 3).join(', ')
  const more = names.length - 3
  return more > 0 ? `${first} and ${figure(more)} more` : first
}

/** All names: the user must know every account with readable secrets. */
function namesOf(names: readonly string[]): string {
  return names.join(', ')
}

export function storedWhere(secretsIn: AccountSummary['secretsIn']): string {
  switch (secretsIn) {
    case 'keyring':
      return 'Its secrets are encrypted with the system keyring.'
    case 'unprotected-file':
      return 'Its secrets are stored unencrypted.'
    case 'memory':
      return 'Its secrets are kept in memory until TokenDesk quits.'
    case 'locked':
      return 'Its secrets are stored but can’t be decrypted now.'
  }
}

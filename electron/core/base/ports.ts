/**
 * What the use cases need from the outside. Each port has one adapter in `electron/main/adapters/`
 * and one fake in `test/support/fakes/`.
 */
import type { AccountId } from '../../shared/account'
import type { EpochMs } from '../../shared/brand'
import type { LockedReason, TransientProblem } from '../../shared/problem'
import type { ProxyQuestion } from '../../shared/proxy'
import type { Secret } from '../../shared/secret'
import type { KeyringGap } from '../../shared/storage'
import type { ShortcutSupport } from '../../shared/desktop-support'

export interface Clock {
  /** The wall clock. It can jump either way. */
  now(): EpochMs
  /** Milliseconds since some fixed moment. Never jumps; may stand still while the machine sleeps. */
  monotonic(): number
}

export interface Timers {
  /** Calls `run` once after `delayMs` (at most 2^31 - 1); returns what cancels it. */
  after(delayMs: number, run: () => void): () => void
}

/** A number in [0, 1). */
export type Random = () => number

/** A session as the service granted it. Tokens are opaque: never trimmed, never re-encoded. */
export interface GrantedSession {
  readonly jwt: Secret
  /** The earlier of `expirationDate` and the JWT's `exp`, in the server's time; null where neither can be read. */
  readonly jwtExpiresAt: EpochMs | null
  /** By its own `exp` it had expired when the service sent it, by the service's own clock. */
  readonly isExpired: boolean
  /** `expirationDate` minus `exp` when over 5 minutes apart, else null (auth-api.md, rule 3). */
  readonly claimDifferenceMs: number | null
  /** `expiresAt`: null where it is missing or can't be read. */
  readonly refreshToken: { readonly token: Secret; readonly expiresAt: EpochMs | null } | null
}

/** How a request to the service ended (the outcome table of auth-api.md, rule 5). It never throws. */
export type AuthOutcome = AuthAnswer & {
  /** The server's clock minus ours, where the reply says it (auth-api.md, rule 4). */
  readonly clockSkewMs: number | null
}

export type AuthAnswer =
  | { readonly kind: 'granted'; readonly session: GrantedSession }
  /** The service itself says no, definitively. */
  | { readonly kind: 'refused'; readonly status: number }
  | {
      readonly kind: 'transient'
      readonly problem: TransientProblem
      /** From `Retry-After`, capped at 1 h. */
      readonly retryAfterMs: number | null
      /** The request may have arrived, so a refresh may have rotated the token. */
      readonly mayHaveArrived: boolean
    }
  /** `target` is absolute, without its query; empty when the reply names no place that makes sense. */
  | { readonly kind: 'redirected'; readonly status: number; readonly target: string }

/** Where a request goes and how its reply is read. */
export interface AuthTarget {
  readonly baseUrl: string
  readonly defaultTimeZone: string
}

/** What is found at a base URL without giving it anything. */
export type ReachOutcome =
  /** Something answers there; the status says nothing of the service, which only takes a login. */
  | { readonly kind: 'answered'; readonly status: number; readonly clockSkewMs: number | null }
  | { readonly kind: 'redirected'; readonly status: number; readonly target: string }
  | { readonly kind: 'failed'; readonly problem: TransientProblem }

export interface AuthApi {
  login(target: AuthTarget, apiKey: Secret): Promise<AuthOutcome>
  refresh(target: AuthTarget, refreshToken: Secret): Promise<AuthOutcome>
  /** Asks whether anything is there; sends no secret. */
  reach(baseUrl: string): Promise<ReachOutcome>
}

export interface ProxyLogin {
  readonly host: string
  readonly userName: string
  readonly password: Secret
}

/** Proxies on the way to the service, which may want a user name and a password. */
export interface ProxyGate {
  /** What its host gets from now on; null: no proxy gets anything. */
  use(login: ProxyLogin | null): void
  /** Calls `run` when a proxy has turned a request away; with null when requests pass again. */
  whenAsked(run: (question: ProxyQuestion | null) => void): void
}

/**
 * A sealed string and what is needed to know whether it can be opened again: `<tag>:<base64>` (see `sealed-text.ts`).
 */
export type Sealed = string

export type OpenOutcome =
  | {
      readonly ok: true
      readonly text: string
      /** Its key has been replaced since: it is to be sealed anew. */
      readonly isOutdated?: boolean
    }
  | { readonly ok: false; readonly reason: LockedReason }

export interface CipherStatus {
  /** The backend's own name, e.g. `gnome_libsecret`, `dpapi`, `keychain`, `basic_text`. */
  readonly backend: string
  /** Whether the operating system guards the key. `basic_text` and `v10` ciphertext on Linux are not guarded. */
  readonly protected: boolean
  /** Why a keyring that is expected doesn't guard it; absent where none is expected. */
  readonly gap?: KeyringGap | undefined
}

/** What guards a secret: the keyring, or nothing, where the user wants it stored all the same. */
export type Guard = 'keyring' | 'nothing'

export interface Cipher {
  /** What `status` will most likely be: known at once, while that may have to ask another program. */
  expected(): CipherStatus
  /** As found last; the first call asks. It never waits for a person. */
  status(): Promise<CipherStatus>
  /**
   * Asks once more, where the keyring is not open yet; bounded by itself, so it may be called at any time. With
   * `mayPrompt` the system may ask the user to unlock the keyring, and it resolves when that is answered.
   */
  askAgain(mayPrompt: boolean): Promise<CipherStatus>
  /** Calls `run` whenever a keyring has appeared on the system. */
  whenKeyringAppears(run: () => void): void
  /** Throws when the keyring is not open. */
  seal(text: string, guard: Guard): Promise<Sealed>
  open(sealed: Sealed): Promise<OpenOutcome>
}

/** A document of the profile as found on disk, before anybody has looked inside. */
export type StoredText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly detail: string }

/** Why a file was renamed instead of read: the name says it to who finds it. */
export type QuarantineReason = 'damaged' | 'newer-version' | 'before-migration'

export interface FoundRecord {
  readonly id: AccountId
  readonly stored: StoredText
  /** Found only under a quarantined name: it could not be read at an earlier start. */
  readonly quarantine: boolean
}

/** Account records, one file each. Writes are durable when they return: file synced, renamed, folder synced. */
export interface RecordStore {
  /** One after another, those of `first` before the others, with time for everybody else in between. */
  readAll(first: readonly AccountId[]): AsyncIterable<FoundRecord>
  /** Throws `StorageUnwritableError`. */
  write(id: AccountId, record: object): void
  /** Writes and removes a scrap, to learn before a login whether its result could be kept. Throws the same. */
  probe(): void
  /** Renames a record that can't be read so that it is kept (`<id>.json.<why>-<n>`). */
  quarantine(id: AccountId, why: QuarantineReason): void
  /** Copies a record under such a name before it is rewritten. */
  keepCopy(id: AccountId, why: QuarantineReason): void
  /** Removes the record and all that was quarantined or copied under its id. */
  remove(id: AccountId): void
  /**
   * Removes what was quarantined or copied, of any record: all, or what is said to go by its text (empty when it can't
   * be read). Records stay. Throws `StorageUnwritableError`.
   */
  removeCopies(isToGo?: (id: AccountId, text: string) => boolean): void
}

/** A small document of the profile, read and written as a whole; writes are durable when they return. */
export interface StateStore {
  read(): StoredText
  /** Throws `StorageUnwritableError`. */
  write(state: object): void
  /** Renames a file that can't be read so that it is kept; returns its new name. */
  quarantine(why: QuarantineReason): string
  /** Copies the file under such a name before it is rewritten; returns that name. */
  keepCopy(why: QuarantineReason): string
  /** Removes the file. Throws `StorageUnwritableError`. */
  remove(): void
}

/** The journal of what happened: text, a line an entry. Rejects when the disk refuses. */
export interface ActivityFile {
  /** Empty when there is none. */
  read(): Promise<string>
  append(text: string): Promise<void>
  replace(text: string): Promise<void>
}

/**
 * Resolves once it is so, as far as the desktop lets anybody know; rejects with `ClipboardRefusedError` or an error of
 * Electron's where the desktop kept what was there, or nobody can say.
 */
export interface Clipboard {
  writeText(text: string): Promise<void>
  /** Marked, where the system knows a mark for it, so that histories of the clipboard leave it out. */
  writeSecret(secret: Secret): Promise<void>
  readText(): Promise<string>
  clear(): Promise<void>
}

export type FeedOutcome =
  | { readonly ok: true; readonly text: string }
  /** `isTurnedAway`: by a proxy that wants a password, or another one. */
  | { readonly ok: false; readonly reason: string; readonly isTurnedAway: boolean }

/** What names the newest version, as text that nobody has looked into yet. It never throws. */
export interface UpdateFeed {
  /** Never follows a redirect; bounded in size and time. */
  read(url: string): Promise<FeedOutcome>
}

/** A desktop notification. */
export interface DesktopNotification {
  readonly title: string
  readonly body: string
  /** Labels. Not every platform has buttons: each thing they do can be done in the window as well. */
  readonly buttons: readonly string[]
  /** An answer to what the user has just done, rather than a call for attention. */
  readonly quiet: boolean
  /** The desktop has taken it: from then on it counts as shown. */
  readonly taken: () => void
  /** The desktop has refused it, or has not answered. */
  readonly failed: () => void
  readonly clicked: () => void
  /** It was shown and can't be clicked or pressed any more: the user has closed it, or its time is over. */
  readonly gone: () => void
  /** `button`: its place in `buttons`. */
  readonly pressed: (button: number) => void
}

export interface Notifier {
  /** Shows it, and calls either `taken` or `failed`; returns what takes it off the screen again. */
  show(notice: DesktopNotification): () => void
  /** Calls `run` each time that notifications can be shown which could not before. */
  whenAvailable(run: () => void): void
}

/** Whether the user looks at the window: what it shows needs no notification then. */
export interface WindowPresence {
  readonly isWatched: boolean
}

/** The system's list of what starts when the user logs in. */
export interface LoginItem {
  isOn(): boolean
  /** Started that way, the app shows no window. Throws `StorageUnwritableError`. */
  set(on: boolean): void
  /** Where it names a program of this profile that is gone, it names this one from now on. Throws `StorageUnwritableError`. */
  follow(): void
}

/** From the least to the most important. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/**
 * For people who read a log: ids, codes and counts. No object fits, so neither a `Secret` nor an error (see
 * `errorFacts`).
 */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>

export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

export interface KeptLog extends Log {
  /** Its latest lines, the latest last, also from before this start. */
  tail(count: number): Promise<readonly string[]>
  /** Resolves when all lines are where they are kept. */
  settled(): Promise<void>
}

/** Key combinations that reach the app wherever the user is, as Electron writes them (`Control+Alt+J`). */
export interface GlobalShortcut {
  register(accelerator: string, pressed: () => void): 'set' | 'invalid' | 'taken'
  unregister(accelerator: string): void
}

/** Files that the user points to, through the system's own dialogs. Reject when the disk refuses. */
export interface FileDialogs {
  /**
   * Resolves with false when the user cancels. `isStillWanted` is asked once a place is chosen, before
   * anything is written there; if not, that is false as well.
   */
  save(suggestedName: string, content: string | Uint8Array, isStillWanted: () => boolean): Promise<boolean>
  /** Null when the user cancels. */
  open(): Promise<{ readonly name: string; readonly bytes: Uint8Array } | null>
}

export type OpenedBytes =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | {
      readonly ok: false
      readonly reason: 'not-a-backup' | 'newer-version' | 'damaged' | 'wrong-passphrase-or-damaged'
    }

/**
 * Seals by what somebody knows, so that it can be opened on another machine. Takes about a second, without blocking.
 */
export interface PassphraseSealer {
  seal(bytes: Uint8Array, passphrase: Secret): Promise<Uint8Array>
  /** Gives all of it or nothing: no byte comes out that isn't as it was sealed. */
  open(bytes: Uint8Array, passphrase: Secret): Promise<OpenedBytes>
}

/** What a passphrase is checked against, with the cost of making it; salt and hash are base64. */
export interface PassphraseHash {
  readonly log2N: number
  readonly r: number
  readonly p: number
  readonly salt: string
  readonly hash: string
}

/** The fingerprint sensor. */
export interface TouchId {
  isThere(): boolean
  /** Shows the system's own question; false for another finger, or when the user cancels. */
  isOwner(): Promise<boolean>
}

/** Recognizes a passphrase without storing it. Takes about a second, without blocking. */
export interface PassphraseVerifier {
  make(passphrase: Secret): Promise<PassphraseHash>
  isRight(passphrase: Secret, known: PassphraseHash): Promise<boolean>
}

/** What this desktop has, and who has to ask whom for it. */
export interface DesktopSupport {
  /** Whether an app may have a shortcut of the whole desktop. */
  shortcuts(): Promise<ShortcutSupport>
  /** How long the system has seen no input, in ms; null where it doesn't say, or has not counted so far. */
  idleMs(): number | null
  /** Whether anything says here that the screen has been locked. */
  tellsScreenLock(): Promise<boolean>
}

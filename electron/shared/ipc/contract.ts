/**
 * Everything that crosses between the window and main, once: each call with its input and output, each event,
 * and the codes a call can be refused with. The schemas run in main; the preload and the window import types only.
 */
import * as z from 'zod/mini'
import { accountId, accountProfile, typed } from '../account'
import { activityEntry } from '../activity'
import { COPY_FORMATS } from '../copy-format'
import { ENVIRONMENT_COLOURS, environmentId } from '../environment'
import { ACCOUNTS_AT_ONCE } from '../first-rows'
import { settingsChangeSchema, settingsSchema } from '../settings'
import { STORAGE_CHOICES } from '../storage'
import { IMPORT_MAX_BYTES } from '../transfer'
import { ERROR_KIND, PLACE, UNCAUGHT_IN_PAGE } from '../uncaught'
import { lazy } from '../lazy'
import type { Result } from './result'
import {
  about,
  accountSummary,
  availableUpdate,
  environment,
  instant,
  jwtContents,
  lockStatus,
  loggedInAccount,
  desktopSupport,
  loginStart,
  startNotice,
  navigationTarget,
  reached,
  snapshot,
  storageStatus,
  typedSecret,
  identifyJwt,
} from './schemas'
import { backupResult, importPreview, importProgress, previewRow, rowOutcome } from './transfer-schemas'

export type { CallError, FieldName, FieldProblem, Result } from './result'
export type { About, DesktopSupportStatus, LockStatus, LoginStart, Snapshot, StartNotice } from './schemas'

// --- Calls --------------------------------------------------------------------------------------------------

export const calls = {
  /**
   * All that the window mirrors, of many accounts those of the first rows. Asked for once, when it opens; events keep
   * it true.
   */
  getSnapshot: lazy(() => ({ input: z.undefined(), output: snapshot })),
  /** Of all accounts, to be asked for by `getAccounts`. */
  getAccountIds: lazy(() => ({ input: z.undefined(), output: z.readonly(z.array(accountId)) })),
  /** Those of the accounts that are still there. */
  getAccounts: lazy(() => ({
    input: z.object({ ids: z.array(accountId).check(z.maxLength(ACCOUNTS_AT_ONCE)) }),
    output: z.array(accountSummary),
  })),
  /** Logs in and, only on success, keeps the account. Fails with `bad-fields` or `problem`; nothing is kept then. */
  addAccount: lazy(() => ({
    input: z.object({
      name: typed,
      environmentId,
      apiKey: typedSecret,
      kind: accountProfile.kindChoice,
      partnerId: z.nullable(accountId),
      rememberApiKey: z.boolean(),
    }),
    output: loggedInAccount(),
  })),
  /** Puts a JWT with at least `settings.minimumJwtLifeMs` left into the clipboard, renewing first if need be. */
  copyJwt: lazy(() => ({
    input: z.object({
      id: accountId,
      /** Absent: the JWT alone, and the account's last used format stays what it is. */
      format: z.optional(z.enum(COPY_FORMATS)),
    }),
    /** `expiresAt`: null where it is unknown. */
    output: z.object({ expiresAt: z.nullable(instant) }),
  })),
  /** What stands in the stored JWT, never the JWT itself; null when there is none that can be read. */
  readClaims: lazy(() => ({ input: z.object({ id: accountId }), output: z.nullable(jwtContents()) })),
  /** The stored JWT, because the user asked to see it. */
  revealJwt: lazy(() => ({
    input: z.object({ id: accountId }),
    output: z.object({ jwt: z.nullable(z.string()) }),
  })),
  /** A claim's value into the clipboard. */
  copyClaim: lazy(() => ({ input: z.object({ id: accountId, name: z.string() }), output: z.undefined() })),
  /** Which account a pasted JWT belongs to, and whether it is live. */
  identifyJwt: lazy(() => ({ input: z.object({ jwt: typedSecret }), output: identifyJwt() })),
  /** Renews now, whatever is left; joins a renewal under way. */
  renewAccount: lazy(() => ({ input: z.object({ id: accountId }), output: accountSummary })),
  /**
   * Logs in with a new key; on failure the account stays as it was. Fails with `whose-key` where what it grants is to
   * be asked about first: until `answerWhoseKey` the account stays as it was.
   */
  enterApiKey: lazy(() => ({
    input: z.object({ id: accountId, apiKey: typedSecret, rememberApiKey: z.boolean() }),
    output: loggedInAccount(),
  })),
  /** Whoever waits for `addAccount` or `enterApiKey` no longer does: these fail with `cancelled`, and keep nothing. */
  cancelLogin: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /**
   * Whether the session that an entered key was granted replaces the stored one; null when it doesn't. Fails with
   * `answered-too-late`.
   */
  answerWhoseKey: lazy(() => ({
    input: z.object({ questionId: z.string().check(z.maxLength(64)), replace: z.boolean() }),
    output: z.nullable(loggedInAccount()),
  })),
  /** Changes what the user decides about an account; absent fields stay. */
  editAccount: lazy(() => ({
    input: z.object({
      ...z.partial(z.omit(z.object(accountProfile), { kind: true, kindChoice: true, createdAt: true })).shape,
      id: accountId,
      /** What the user chooses. */
      kind: z.optional(accountProfile.kindChoice),
      policy: z.optional(z.partial(accountProfile.policy)),
    }),
    output: accountSummary,
  })),
  /** Snoozes the accounts' reminders until tomorrow, or until shortly before the refresh token expires. */
  remindTomorrow: lazy(() => ({ input: z.object({ ids: z.array(accountId) }), output: z.undefined() })),
  /** Wipes the record. Companies of a removed partner stay, under no partner. */
  removeAccount: lazy(() => ({ input: z.object({ id: accountId }), output: z.undefined() })),
  addEnvironment: lazy(() => ({
    input: z.object({ name: typed, baseUrl: typed, production: z.boolean() }),
    output: environment,
  })),
  /** Changes what the user decides about an environment; absent fields stay. */
  editEnvironment: lazy(() => ({
    input: z.object({
      id: environmentId,
      name: z.optional(typed),
      baseUrl: z.optional(typed),
      production: z.optional(z.boolean()),
      colour: z.optional(z.enum(ENVIRONMENT_COLOURS)),
      defaultTimeZone: z.optional(typed),
    }),
    output: environment,
  })),
  /** A person's word on an address that is to be confirmed, as it is or corrected; from then on it is used. */
  confirmAddress: lazy(() => ({
    input: z.object({ id: environmentId, baseUrl: typed }),
    output: environment,
  })),
  /** Tries an environment that is in doubt by one account of its; fails with what that met. */
  retryEnvironment: lazy(() => ({ input: z.object({ id: environmentId }), output: z.undefined() })),
  /** An environment in doubt is right: the accounts that it refused need their API keys. */
  trustRefusals: lazy(() => ({ input: z.object({ id: environmentId }), output: z.undefined() })),
  /** Fails with `in-use` while accounts are in it, with `environment-busy` while one may come into it. */
  removeEnvironment: lazy(() => ({ input: z.object({ id: environmentId }), output: z.undefined() })),
  /** Whether anything answers at a base URL; sends nothing secret. */
  testConnection: lazy(() => ({ input: z.object({ baseUrl: typed }), output: reached() })),
  changeSettings: lazy(() => ({ input: settingsChangeSchema, output: settingsSchema })),
  /** Reads accounts from a file's bytes or a pasted text and says what importing them would do. Sends nothing. */
  previewImport: lazy(() => ({
    input: z.object({
      content: z.union([z.string().check(z.maxLength(IMPORT_MAX_BYTES)), z.instanceof(Uint8Array)]),
    }),
    output: importPreview(),
  })),
  /** Rows of a preview, at most `IMPORT_ROWS_AT_ONCE`, from the one at index `from`. Fails as `runImport`. */
  getImportRows: lazy(() => ({
    input: z.object({ planId: z.string(), from: z.int().check(z.minimum(0)) }),
    output: z.readonly(z.array(previewRow())),
  })),
  /** Carries a preview out; `importProgressed` tells how far it is. Fails with `not-found` for one that is used up. */
  runImport: lazy(() => ({
    input: z.object({ planId: z.string() }),
    output: z.readonly(z.array(rowOutcome())),
  })),
  /** Starts no more rows; a preview that was not carried out is forgotten, with its keys. */
  cancelImport: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** The last import's outcomes as a file; false when the user thought better of it. */
  saveImportOutcomes: lazy(() => ({ input: z.undefined(), output: z.boolean() })),
  /** A plain file without any secret. */
  exportAccounts: lazy(() => ({
    input: z.object({ format: z.enum(['csv', 'json']) }),
    output: z.boolean(),
  })),
  /** Everything with its secrets, sealed by a passphrase; null when the user thought better of it. */
  backUp: lazy(() => ({ input: z.object({ passphrase: typedSecret }), output: z.nullable(backupResult()) })),
  /** Opens the system's dialog; null when none was chosen. */
  chooseBackup: lazy(() => ({ input: z.undefined(), output: z.nullable(z.object({ name: z.string() })) })),
  /**
   * Restores the chosen backup: adds what is not here yet; its settings only where there is no account. Fails with
   * `backup-refused`, and then changes nothing.
   */
  restoreBackup: lazy(() => ({
    input: z.object({ passphrase: typedSecret }),
    output: z.object({ restored: z.number(), skipped: z.number(), tookSettings: z.boolean() }),
  })),
  /** Back to the defaults; what was decided about storage stays. */
  resetSettings: lazy(() => ({ input: z.undefined(), output: settingsSchema })),
  /** Sets the global shortcut of the quick pick, or none; fails with `shortcut-refused`, and then the old one stays. */
  chooseShortcut: lazy(() => ({
    input: z.object({ shortcut: z.nullable(z.string().check(z.maxLength(100))) }),
    output: settingsSchema,
  })),
  /** The quick pick is done. */
  hideQuickPick: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** Opens the user guide in a window of its own. */
  openGuide: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** Brings the main window to an account, from the quick pick. */
  showAccount: lazy(() => ({ input: z.object({ id: accountId }), output: z.undefined() })),
  /** The latest first: of one account, or of all. */
  getActivity: lazy(() => ({
    input: z.object({ id: z.nullable(accountId) }),
    output: z.array(activityEntry()),
  })),
  /** A newer version that the update feed named; null when it named none, or was not asked. */
  getUpdate: lazy(() => ({ input: z.undefined(), output: z.nullable(availableUpdate()) })),
  getAbout: lazy(() => ({ input: z.undefined(), output: about() })),
  /** What a support ticket needs, without names or secrets, into the clipboard. */
  copyDiagnostics: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** The user's answer to the question whether secrets may be stored where no keyring protects them. */
  chooseStorage: lazy(() => ({
    input: z.object({ choice: z.enum(STORAGE_CHOICES) }),
    output: storageStatus,
  })),
  /**
   * Asks again for a keyring that was not available, which may bring up the system's question, and moves secrets that
   * the disk has refused to move.
   */
  retryStorage: lazy(() => ({ input: z.undefined(), output: storageStatus })),
  /** Ends and starts again, for a keyring that only a new process can ask, and after a start that has failed. */
  restart: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** Also the answer to the offer, which is made once. */
  /** What this desktop lets apps do; asked anew each time, since the user may have installed what was missing. */
  getDesktopSupport: lazy(() => ({ input: z.undefined(), output: desktopSupport })),
  startAtLogin: lazy(() => ({ input: z.object({ on: z.boolean() }), output: loginStart })),
  /** The window saw the network come back: what waits to be retried is retried at once. */
  networkIsBack: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** The window saw the clock jump: main evaluates again what is due. */
  reevaluate: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** Locks the app now, where a passphrase is set. */
  lock: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** Fails with `wrong-passphrase` or `lock-unusable`. */
  unlock: lazy(() => ({ input: z.object({ passphrase: typedSecret }), output: z.undefined() })),
  /** Asks for the owner's finger, where `opensByTouch`; whether that has opened it. */
  unlockByTouch: lazy(() => ({ input: z.undefined(), output: z.boolean() })),
  /** The first passphrase, or another one: `current` has to be right then. Fails as `unlock`, or with `bad-fields`. */
  setPassphrase: lazy(() => ({
    input: z.object({ wanted: typedSecret, current: typedSecret }),
    output: z.undefined(),
  })),
  /** Fails as `unlock`. */
  removePassphrase: lazy(() => ({ input: z.object({ current: typedSecret }), output: z.undefined() })),
  /** The passphrase is forgotten: removes the lock, and every sealed secret before it. Accounts stay by name. */
  forgetPassphrase: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** Nobody caught an error in the window: its kind and place, for the log. */
  reportUncaught: lazy(() => ({
    input: z.object({
      how: z.enum(UNCAUGHT_IN_PAGE),
      error: z.string().check(z.regex(ERROR_KIND)),
      place: z.nullable(z.string().check(z.regex(PLACE))),
    }),
    output: z.undefined(),
  })),
  quit: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
} satisfies Record<string, () => { input: z.ZodMiniType; output: z.ZodMiniType }>

export type Calls = { readonly [Name in keyof typeof calls]: ReturnType<(typeof calls)[Name]> }
export type CallName = keyof Calls
export type CallInput<Name extends CallName> = z.input<Calls[Name]['input']>
/** What a handler gets, after parsing. */
export type ParsedInput<Name extends CallName> = z.output<Calls[Name]['input']>
export type CallOutput<Name extends CallName> = z.output<Calls[Name]['output']>

/** What may be asked while the app is locked; all else is refused with `locked`. */
export const CALLS_WHEN_LOCKED: ReadonlySet<CallName> = new Set<CallName>([
  'getSnapshot',
  'unlock',
  'unlockByTouch',
  'forgetPassphrase',
  'hideQuickPick',
  'networkIsBack',
  'reevaluate',
  'reportUncaught',
  // It starts locked.
  'restart',
  'quit',
])

// --- Events -------------------------------------------------------------------------------------------------

export const events = {
  /** Deltas, so that one change costs the same at 10 accounts and at 10,000. */
  accountsChanged: lazy(() => z.object({ changed: z.array(accountSummary), removed: z.array(accountId) })),
  environmentsChanged: lazy(() => z.object({ environments: z.array(environment) })),
  settingsChanged: lazy(() => z.object({ settings: settingsSchema })),
  storageChanged: lazy(() => z.object({ storage: storageStatus })),
  /**
   * When the clipboard will be emptied of what we put there; null when there is nothing (any more), or when that
   * `couldNotClear`.
   */
  clipboardChanged: lazy(() => z.object({ clearsAt: z.nullable(instant), couldNotClear: z.boolean() })),
  importProgressed: importProgress,
  /** The app was locked or unlocked, or a passphrase was set or removed. */
  lockChanged: lazy(() => z.object({ lock: lockStatus })),
  /** What start-up has to say, when that is known only after the snapshot. */
  noticesFound: lazy(() => z.object({ notices: z.array(startNotice) })),
  /** Something outside of the window has brought it up: what it is to show. */
  navigate: lazy(() => z.object({ target: navigationTarget })),
  /** Nobody caught an error outside of the window. */
  somethingWentWrong: lazy(() => z.object({})),
} satisfies Record<string, () => z.ZodMiniType>

export type Events = { readonly [Name in keyof typeof events]: ReturnType<(typeof events)[Name]> }
export type EventName = keyof Events
/** What is published while the app is locked: nothing that has names or accounts in it. */
export const EVENTS_WHEN_LOCKED: ReadonlySet<EventName> = new Set<EventName>([
  'lockChanged',
  'settingsChanged',
  'somethingWentWrong',
])

export type EventPayload<Name extends EventName> = z.output<Events[Name]>

/** What the preload exposes to the window as `window.tokenDesk`: these calls, these events, nothing else. */
export type Bridge = {
  readonly [Name in CallName]: (input: CallInput<Name>) => Promise<Result<CallOutput<Name>>>
} & {
  /** Calls `listener` on each event; returns what ends that. */
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void
}

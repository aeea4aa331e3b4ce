/**
 * Everything that crosses between the window and main: each call with its input and output, each event, and the codes
 * that a call can fail with. The schemas run in main; the preload and the window import types only.
 */
import * as z from 'zod/mini'
import { accountId, environmentId } from '../ids'
import { accountProfile, typed } from '../account'
import { activityEntry } from '../activity'
import { COPY_FORMATS } from '../copy-format'
import { ENVIRONMENT_COLOURS } from '../environment'
import { ACCOUNTS_AT_ONCE } from '../first-rows'
import { settingsChangeSchema, settingsSchema } from '../settings'
import { STORAGE_CHOICES } from '../storage'
import { IMPORT_MAX_BYTES } from '../transfer'
import { ERROR_KIND, PLACE, UNCAUGHT_IN_PAGE } from '../uncaught'
import { keptViewSchema } from '../kept-view'
import { lazy } from '../lazy'
import { gatewayCalls } from './gateway-calls'
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
  proxyStatus,
  reached,
  snapshot,
  storageStatus,
  pastedSecret,
  typedSecret,
  identifyJwt,
} from './schemas'
import { guidePlace, proxyAnswer } from './proxy-schemas'
import {
  backupResult,
  chosenChanges,
  columnMatching,
  importPreview,
  importProgress,
  importResult,
  importState,
  previewRow,
  restoreResult,
} from './transfer-schemas'

export type { CallError, FieldName, FieldProblem, NotFound, Result } from './result'
export type { About, DesktopSupportStatus, LockStatus, LoginStart, Snapshot, StartNotice } from './schemas'

// --- Calls --------------------------------------------------------------------------------------------------

export const calls = {
  /**
   * What the window mirrors; with many accounts, only those of the first rows. Called once when the window opens;
   * events keep it up to date.
   */
  getSnapshot: lazy(() => ({ input: z.undefined(), output: snapshot })),
  /** The ids of all accounts, to be fetched by `getAccounts`. */
  getAccountIds: lazy(() => ({ input: z.undefined(), output: z.readonly(z.array(accountId)) })),
  /** Omits accounts that have been removed meanwhile. */
  getAccounts: lazy(() => ({
    input: z.object({ ids: z.array(accountId).check(z.maxLength(ACCOUNTS_AT_ONCE)) }),
    output: z.array(accountSummary),
  })),
  /** What the window shows, for its next start. */
  keepView: lazy(() => ({ input: keptViewSchema, output: z.undefined() })),
  /**
   * Logs in and, only on success, stores the account, with `newEnvironment` also that. Fails with `bad-fields` or
   * `problem`.
   */
  addAccount: lazy(() => ({
    input: z.object({
      name: typed,
      environmentId: z.nullable(environmentId),
      newEnvironment: z.optional(z.object({ name: typed, baseUrl: typed, production: z.boolean() })),
      apiKey: typedSecret,
      kind: accountProfile.kindChoice,
      partnerId: z.nullable(accountId),
      rememberApiKey: z.boolean(),
    }),
    output: loggedInAccount(),
  })),
  /** Copies a JWT with at least `settings.minimumJwtLifeMs` left, renewing it first if necessary. */
  copyJwt: lazy(() => ({
    input: z.object({
      id: accountId,
      /** Absent: only the JWT, and the account's last used format is unchanged. */
      format: z.optional(z.enum(COPY_FORMATS)),
    }),
    /** Null where the expiry is unknown. */
    output: z.object({ expiresAt: z.nullable(instant) }),
  })),
  /** The claims of the stored JWT, never the JWT itself; null when no readable one is stored. */
  readClaims: lazy(() => ({ input: z.object({ id: accountId }), output: z.nullable(jwtContents()) })),
  /** The stored JWT, which the user asked to see. */
  revealJwt: lazy(() => ({
    input: z.object({ id: accountId }),
    output: z.object({ jwt: z.nullable(z.string()) }),
  })),
  /** Copies one claim's value. */
  copyClaim: lazy(() => ({ input: z.object({ id: accountId, name: z.string() }), output: z.undefined() })),
  /** Copies what is shown of a masked field. */
  copyShown: lazy(() => ({ input: z.object({ text: typedSecret }), output: z.undefined() })),
  ...gatewayCalls,
  /** Finds the account that a pasted JWT belongs to, and whether the JWT is live. */
  identifyJwt: lazy(() => ({ input: z.object({ jwt: pastedSecret }), output: identifyJwt() })),
  /** Renews now, whatever time is left; joins a renewal that is already running. */
  renewAccount: lazy(() => ({ input: z.object({ id: accountId }), output: accountSummary })),
  /**
   * Logs in with a new API key; on failure the account is unchanged. Fails with `whose-key` when the user must confirm
   * the new session first: the account is unchanged until `answerWhoseKey`.
   */
  enterApiKey: lazy(() => ({
    input: z.object({ id: accountId, apiKey: typedSecret, rememberApiKey: z.boolean() }),
    output: loggedInAccount(),
  })),
  /** Cancels a pending `addAccount` or `enterApiKey`: these fail with `cancelled` and store nothing. */
  cancelLogin: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /**
   * Whether the session of an entered key replaces the stored one; null when it doesn't. Fails with
   * `answered-too-late`.
   */
  answerWhoseKey: lazy(() => ({
    input: z.object({ questionId: z.string().check(z.maxLength(64)), replace: z.boolean() }),
    output: z.nullable(loggedInAccount()),
  })),
  /** Absent fields are unchanged. */
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
  /**
   * Deletes the record once `undoRemoval` is no longer possible; `removalEnded` then reports it. Companies of a removed
   * partner stay, without a partner.
   */
  removeAccount: lazy(() => ({ input: z.object({ id: accountId }), output: z.undefined() })),
  /** Brings back accounts whose removal is pending, except where another account has taken the name meanwhile. */
  undoRemoval: lazy(() => ({
    input: z.object({ ids: z.array(accountId) }),
    output: z.object({ restored: z.array(accountSummary), nameTaken: z.array(z.string()) }),
  })),
  addEnvironment: lazy(() => ({
    input: z.object({ name: typed, baseUrl: typed, production: z.boolean() }),
    output: environment,
  })),
  /** Absent fields are unchanged. */
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
  /** Confirms or corrects a base URL that was restored from a copy; from then on it is used. */
  confirmAddress: lazy(() => ({
    input: z.object({ id: environmentId, baseUrl: typed }),
    output: environment,
  })),
  /** Retries an environment in doubt with one of its accounts; fails with the problem found. */
  retryEnvironment: lazy(() => ({ input: z.object({ id: environmentId }), output: z.undefined() })),
  /** Accepts an environment's refusals: the accounts that it refused need their API keys. */
  trustRefusals: lazy(() => ({ input: z.object({ id: environmentId }), output: z.undefined() })),
  /** Fails with `in-use` while it has accounts, with `environment-busy` while one may be added to it. */
  removeEnvironment: lazy(() => ({ input: z.object({ id: environmentId }), output: z.undefined() })),
  /** Whether anything responds at a base URL; sends no secret. */
  testConnection: lazy(() => ({ input: z.object({ baseUrl: typed }), output: reached() })),
  changeSettings: lazy(() => ({ input: settingsChangeSchema, output: settingsSchema })),
  /** Reads accounts from a file or pasted text and previews their import. Sends nothing. */
  previewImport: lazy(() => ({
    input: z.object({
      content: z.union([z.string().check(z.maxLength(IMPORT_MAX_BYTES)), z.instanceof(Uint8Array)]),
      /** Where the headings were not ours. */
      matching: z.optional(columnMatching()),
      /** Environments that were meant by names that don't exist. */
      aliases: z.optional(z.array(z.object({ name: typed, environmentId })).check(z.maxLength(1000))),
    }),
    output: importPreview(),
  })),
  /** Rows of a preview, at most `IMPORT_ROWS_AT_ONCE`, starting at index `from`. Fails like `runImport`. */
  getImportRows: lazy(() => ({
    input: z.object({ planId: z.string(), from: z.int().check(z.minimum(0)) }),
    output: z.readonly(z.array(previewRow())),
  })),
  /**
   * Runs a previewed import; `importProgressed` reports its progress. Fails with `not-found` when the preview was
   * already used.
   */
  runImport: lazy(() => ({
    input: z.object({ planId: z.string(), updates: z.optional(chosenChanges()) }),
    output: importResult(),
  })),
  /** Runs the rows of the last import that can be run once more. Fails with `not-found` when there are none. */
  retryImport: lazy(() => ({ input: z.undefined(), output: importResult() })),
  /** The running import, or the result of the last one until `cancelImport`. */
  getImport: lazy(() => ({ input: z.undefined(), output: importState() })),
  /** Starts no further rows, or continues. */
  pauseImport: lazy(() => ({ input: z.object({ paused: z.boolean() }), output: z.undefined() })),
  /** Starts no further rows; a preview that has not run, or a result that was seen, is discarded with its keys. */
  cancelImport: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** Saves the last import's outcomes as a file; false when the user canceled. */
  saveImportOutcomes: lazy(() => ({ input: z.undefined(), output: z.boolean() })),
  /** A plain file without secrets. */
  exportAccounts: lazy(() => ({
    input: z.object({ format: z.enum(['csv', 'json']) }),
    output: z.boolean(),
  })),
  /** Saves everything, encrypted with a passphrase; null when the user canceled. */
  backUp: lazy(() => ({ input: z.object({ passphrase: typedSecret }), output: z.nullable(backupResult()) })),
  /** Opens the system's file dialog; null when the user canceled. */
  chooseBackup: lazy(() => ({ input: z.undefined(), output: z.nullable(z.object({ name: z.string() })) })),
  /**
   * Restores the chosen backup: adds what doesn't exist yet, and takes its settings only where there are no accounts.
   * Fails with `backup-refused`, and then changes nothing.
   */
  restoreBackup: lazy(() => ({
    input: z.object({ passphrase: typedSecret }),
    output: restoreResult(),
  })),
  /** Restores the defaults, except for the decision about storage. */
  resetSettings: lazy(() => ({ input: z.undefined(), output: settingsSchema })),
  /** Sets or removes the quick pick's global shortcut; fails with `shortcut-refused`, and then the old one stays. */
  chooseShortcut: lazy(() => ({
    input: z.object({ shortcut: z.nullable(z.string().check(z.maxLength(100))) }),
    output: settingsSchema,
  })),
  hideQuickPick: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** At its beginning, or at a section. */
  openGuide: lazy(() => ({ input: guidePlace(), output: z.undefined() })),
  /** Shows an account in the main window, from the quick pick. */
  showAccount: lazy(() => ({ input: z.object({ id: accountId }), output: z.undefined() })),
  /** Of one account or of all, newest first. */
  getActivity: lazy(() => ({
    input: z.object({ id: z.nullable(accountId) }),
    output: z.array(activityEntry()),
  })),
  /** The newer version that the update feed named; null when there is none or the feed is off. */
  getUpdate: lazy(() => ({ input: z.undefined(), output: z.nullable(availableUpdate()) })),
  getAbout: lazy(() => ({ input: z.undefined(), output: about() })),
  /** Copies what a support ticket needs, without names or secrets. */
  copyDiagnostics: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** The user's decision whether secrets may be stored where no keyring protects them. */
  chooseStorage: lazy(() => ({
    input: z.object({ choice: z.enum(STORAGE_CHOICES) }),
    output: storageStatus,
  })),
  /**
   * Asks again for a keyring that was unavailable, which may show the system's prompt, and moves secrets that the disk
   * refused to move.
   */
  retryStorage: lazy(() => ({ input: z.undefined(), output: storageStatus })),
  /** The proxy gets it from now on. Fails with `problem` when it can't be saved; it is used all the same. */
  answerProxy: lazy(() => ({ input: proxyAnswer(), output: z.undefined() })),
  forgetProxyPassword: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** Restarts the app, for a keyring that only a new process can use, and after a failed start. */
  restart: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** Also the response to the offer, which is made only once. */
  /** What this desktop lets apps do; asked anew each time, since the user may have installed what was missing. */
  getDesktopSupport: lazy(() => ({ input: z.undefined(), output: desktopSupport })),
  startAtLogin: lazy(() => ({ input: z.object({ on: z.boolean() }), output: loginStart })),
  /** The window saw the network come back: pending retries start at once. */
  networkIsBack: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** The window saw the clock jump: main evaluates again what is due. */
  reevaluate: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  lock: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** Fails with `wrong-passphrase` or `lock-unusable`. */
  unlock: lazy(() => ({ input: z.object({ passphrase: typedSecret }), output: z.undefined() })),
  /** Asks for Touch ID, where `opensByTouch`; whether that has unlocked the app. */
  unlockByTouch: lazy(() => ({ input: z.undefined(), output: z.boolean() })),
  /**
   * Sets or changes the passphrase: a change requires the right `current`. Fails like `unlock`, or with `bad-fields`.
   */
  setPassphrase: lazy(() => ({
    input: z.object({ wanted: typedSecret, current: typedSecret }),
    output: z.undefined(),
  })),
  /** Fails like `unlock`. */
  removePassphrase: lazy(() => ({ input: z.object({ current: typedSecret }), output: z.undefined() })),
  /** For a forgotten passphrase: deletes every stored secret, then removes the lock. Accounts keep their names. */
  forgetPassphrase: lazy(() => ({ input: z.undefined(), output: z.undefined() })),
  /** An uncaught error in the window: its kind and position, for the log. */
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
export type ParsedInput<Name extends CallName> = z.output<Calls[Name]['input']>
export type CallOutput<Name extends CallName> = z.output<Calls[Name]['output']>

/** What a locked app answers; all other calls fail with `locked`. */
export const CALLS_WHEN_LOCKED: ReadonlySet<CallName> = new Set<CallName>([
  'getSnapshot',
  'unlock',
  'unlockByTouch',
  'forgetPassphrase',
  'hideQuickPick',
  'networkIsBack',
  'reevaluate',
  'reportUncaught',
  // The app starts locked.
  'restart',
  'quit',
])

// --- Events -------------------------------------------------------------------------------------------------

export const events = {
  /** Only what changed, so that a change costs the same at 10 accounts and at 10,000. */
  accountsChanged: lazy(() => z.object({ changed: z.array(accountSummary), removed: z.array(accountId) })),
  /** A removal can no longer be undone; on false the disk refused it, and the account is back. */
  removalEnded: lazy(() => z.object({ id: accountId, name: z.string(), isDeleted: z.boolean() })),
  environmentsChanged: lazy(() => z.object({ environments: z.array(environment) })),
  settingsChanged: lazy(() => z.object({ settings: settingsSchema })),
  storageChanged: lazy(() => z.object({ storage: storageStatus })),
  /** When the copied content will be cleared; null when there is nothing to clear, or when that `couldNotClear`. */
  clipboardChanged: lazy(() => z.object({ clearsAt: z.nullable(instant), couldNotClear: z.boolean() })),
  proxyChanged: lazy(() => z.object({ proxy: proxyStatus })),
  importProgressed: importProgress,
  /** `getImport` has its result. */
  importEnded: lazy(() => z.object({})),
  /** A service that limits wants to be asked again at `until`; null: it may be asked now. */
  servicePaused: lazy(() => z.object({ environmentId, until: z.nullable(instant) })),
  lockChanged: lazy(() => z.object({ lock: lockStatus })),
  /** A request through its gateway would have changed production. */
  productionRefused: lazy(() => z.object({ id: accountId })),
  /** What start-up has to say, when that is known only after the snapshot. */
  noticesFound: lazy(() => z.object({ notices: z.array(startNotice) })),
  /** Something outside the window (a notification, the tray) asks it to show this. */
  navigate: lazy(() => z.object({ target: navigationTarget })),
  /** An uncaught error outside the window. */
  somethingWentWrong: lazy(() => z.object({})),
} satisfies Record<string, () => z.ZodMiniType>

export type Events = { readonly [Name in keyof typeof events]: ReturnType<(typeof events)[Name]> }
export type EventName = keyof Events
/** What is published while the app is locked: no event with names or accounts. */
export const EVENTS_WHEN_LOCKED: ReadonlySet<EventName> = new Set<EventName>([
  'lockChanged',
  'settingsChanged',
  'somethingWentWrong',
])

export type EventPayload<Name extends EventName> = z.output<Events[Name]>

/** What the preload exposes to the window as `window.tokenDesk`, and nothing else. */
export type Bridge = {
  readonly [Name in CallName]: (input: CallInput<Name>) => Promise<Result<CallOutput<Name>>>
} & {
  /** Returns a function that removes the listener. */
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void
}

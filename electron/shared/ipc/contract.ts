/**
 * Everything that crosses between the window and main, once: each call with its input and output, each event,
 * and the codes a call can be refused with. The schemas run in main; the preload and the window import types only.
 */
import * as z from 'zod'
import { STORAGE_CHOICES, type StorageStatus } from '../storage'
import type { AccountId, AccountSummary } from '../account'
import { ENVIRONMENT_COLOURS, type Environment, type EnvironmentId } from '../environment'
import type { Problem } from '../problem'
import type { Place } from '../place'
import { JWT_POLICIES, REFRESH_TOKEN_POLICIES } from '../renewal-policy'
import { settingsChangeSchema, settingsSchema } from '../settings'

// --- Shapes (`satisfies` keeps them in step with the vocabulary) -------------------------------------------------------------------------------------------------

const accountId = z
  .string()
  .min(1)
  .max(64)
  .transform((id) => id as AccountId)
const environmentId = z
  .string()
  .min(1)
  .max(64)
  .transform((id) => id as EnvironmentId)
/** What people type; checked for sense by the use case, which answers with `bad-fields`. */
const typed = z.string().max(100_000)
const kindChoice = z.enum(['detect', 'partner', 'company'])
const instant = z.number()

const problem = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('unreachable'),
    reason: z.enum(['offline', 'dns', 'refused', 'proxy', 'tls', 'other']),
    detail: z.string(),
  }),
  z.object({ code: z.literal('no-answer'), reason: z.enum(['timeout', 'broken']), detail: z.string() }),
  z.object({ code: z.literal('busy'), status: z.number() }),
  z.object({ code: z.literal('not-the-service'), status: z.number() }),
  z.object({
    code: z.literal('nonsense'),
    reason: z.enum([
      'not-json',
      'too-large',
      'no-jwt',
      'bad-expiration-date',
      'no-refresh-token',
      'no-refresh-token-expiration',
      'bad-refresh-token-expiration',
    ]),
  }),
  z.object({ code: z.literal('redirected'), status: z.number(), target: z.string() }),
  z.object({ code: z.literal('key-refused'), status: z.number() }),
  z.object({
    code: z.literal('key-needed'),
    reason: z.enum([
      'nothing-to-renew-with',
      'refresh-token-expired',
      'refresh-token-refused',
      'refresh-token-maybe-replaced',
      'kept-in-memory-only',
    ]),
  }),
  z.object({
    code: z.literal('locked'),
    reason: z.enum(['cannot-decrypt', 'other-keyring', 'record-damaged', 'environment-lost']),
  }),
  z.object({ code: z.literal('storage-unwritable'), afterAnswer: z.boolean(), detail: z.string() }),
]) satisfies z.ZodType<Problem>

const policy = z.object({
  jwt: z.enum(JWT_POLICIES).nullable(),
  refreshToken: z.enum(REFRESH_TOKEN_POLICIES).nullable(),
  muted: z.boolean(),
})

const accountSummary = z.object({
  id: accountId,
  name: z.string(),
  environmentId,
  kind: z.enum(['partner', 'company']),
  kindChoice,
  partnerId: accountId.nullable(),
  createdAt: instant,
  apiKeyHint: z.string().nullable(),
  remembersApiKey: z.boolean(),
  jwt: z
    .object({ receivedAt: instant, expiresAt: instant, claimDifferenceMs: z.number().nullable() })
    .nullable(),
  refreshToken: z.object({ expiresAt: instant, refused: z.boolean() }).nullable(),
  secretsIn: z.enum(['keyring', 'unprotected-file', 'memory', 'locked']),
  renewal: z.discriminatedUnion('phase', [
    z.object({ phase: z.literal('idle') }),
    z.object({ phase: z.literal('renewing') }),
    z.object({ phase: z.literal('waiting'), retryAt: instant }),
  ]),
  policy,
  pinned: z.boolean(),
  usage: z.object({ lastAt: instant, copies: z.number() }).nullable(),
  remindAgainAt: instant.nullable(),
  problem: problem.nullable(),
}) satisfies z.ZodType<AccountSummary>

const environment = z.object({
  id: environmentId,
  name: z.string(),
  baseUrl: z.string(),
  production: z.boolean(),
  colour: z.enum(ENVIRONMENT_COLOURS),
  zonelessTimesAre: z.string(),
  clockSkewMs: z.number().nullable(),
}) satisfies z.ZodType<Environment>

const storageStatus = z.object({
  backend: z.string(),
  protected: z.boolean(),
  mode: z.enum(['keyring', 'unprotected-file', 'memory']),
}) satisfies z.ZodType<StorageStatus>

/** Whether TokenDesk starts when the user logs in to the system, and whether that is still to be offered. */
const loginStart = z.object({ on: z.boolean(), offered: z.boolean() })
export type LoginStart = Readonly<z.output<typeof loginStart>>

const place = z.discriminatedUnion('at', [
  z.object({ at: z.literal('account'), id: accountId }),
  z.object({ at: z.literal('attention') }),
  z.object({ at: z.literal('add-account') }),
  z.object({ at: z.literal('list') }),
]) satisfies z.ZodType<Place>

const snapshot = z.object({
  accounts: z.array(accountSummary),
  environments: z.array(environment),
  settings: settingsSchema,
  storage: storageStatus,
  loginStart,
  /** What start-up has to say, e.g. that damaged settings were set aside. */
  notices: z.array(
    z.discriminatedUnion('code', [
      z.object({ code: z.literal('settings-reset'), keptAs: z.string() }),
      z.object({ code: z.literal('records-damaged'), names: z.array(z.string()) }),
      /** Accounts sealed by another keyring than this session has; they stay as they are unless the user goes on. */
      z.object({
        code: z.literal('keyring-changed'),
        before: z.string(),
        now: z.string(),
        accounts: z.number(),
      }),
    ]),
  ),
})
export type Snapshot = z.output<typeof snapshot>
export type StartNotice = Snapshot['notices'][number]

// --- Calls --------------------------------------------------------------------------------------------------

export const calls = {
  /** All that the window mirrors. Asked for once, when it opens; events keep it true. */
  getSnapshot: { input: z.undefined(), output: snapshot },
  /** Logs in and, only on success, keeps the account. Fails with `bad-fields` or `problem`; nothing is kept then. */
  addAccount: {
    input: z.object({
      name: typed,
      environmentId,
      apiKey: typed,
      kind: kindChoice,
      partnerId: accountId.nullable(),
      rememberApiKey: z.boolean(),
    }),
    output: accountSummary,
  },
  /** Puts a JWT with at least `settings.minimumJwtLifeMs` left into the clipboard, renewing first if need be. */
  copyJwt: { input: z.object({ id: accountId }), output: z.object({ expiresAt: instant }) },
  /** Renews now, whatever is left; joins a renewal under way. */
  renewAccount: { input: z.object({ id: accountId }), output: accountSummary },
  /** Logs in with a new key; on failure the account stays as it was. */
  enterApiKey: {
    input: z.object({ id: accountId, apiKey: typed, rememberApiKey: z.boolean() }),
    output: accountSummary,
  },
  /** Changes what the user decides about an account; absent fields stay. */
  editAccount: {
    input: z.object({
      id: accountId,
      name: typed.optional(),
      kind: kindChoice.optional(),
      partnerId: accountId.nullable().optional(),
      pinned: z.boolean().optional(),
      policy: policy.partial().optional(),
    }),
    output: accountSummary,
  },
  /** Puts the accounts' reminders off until tomorrow, or until shortly before the refresh token dies. */
  remindTomorrow: { input: z.object({ ids: z.array(accountId) }), output: z.undefined() },
  /** Wipes the record. Companies of a removed partner stay, under no partner. */
  removeAccount: { input: z.object({ id: accountId }), output: z.undefined() },
  addEnvironment: {
    input: z.object({ name: typed, baseUrl: typed, production: z.boolean() }),
    output: environment,
  },
  changeSettings: { input: settingsChangeSchema, output: settingsSchema },
  /** The user's answer to the question whether secrets may be stored where no keyring protects them. */
  chooseStorage: { input: z.object({ choice: z.enum(STORAGE_CHOICES) }), output: storageStatus },
  /** Also the answer to the offer, which is made once. */
  startAtLogin: { input: z.object({ on: z.boolean() }), output: loginStart },
  /** The window saw the network come back or the clock jump: main looks again, and what waits goes on at once. */
  lookAgain: { input: z.undefined(), output: z.undefined() },
  quit: { input: z.undefined(), output: z.undefined() },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>

export type Calls = typeof calls
export type CallName = keyof Calls
export type CallInput<Name extends CallName> = z.input<Calls[Name]['input']>
/** What a handler gets, after parsing. */
export type ParsedInput<Name extends CallName> = z.output<Calls[Name]['input']>
export type CallOutput<Name extends CallName> = z.output<Calls[Name]['output']>

// --- Events -------------------------------------------------------------------------------------------------

export const events = {
  /** Deltas, so that one change costs the same at 10 accounts and at 10,000. */
  accountsChanged: z.object({ changed: z.array(accountSummary), removed: z.array(accountId) }),
  environmentsChanged: z.object({ environments: z.array(environment) }),
  settingsChanged: z.object({ settings: settingsSchema }),
  storageChanged: z.object({ storage: storageStatus }),
  /** When the clipboard will be emptied of what we put there; null when there is nothing (any more). */
  clipboardChanged: z.object({ clearsAt: instant.nullable() }),
  /** Something outside of the window has brought it up: there it is to be. */
  goTo: z.object({ place }),
} satisfies Record<string, z.ZodType>

export type Events = typeof events
export type EventName = keyof Events
export type EventPayload<Name extends EventName> = z.output<Events[Name]>

// --- Results ------------------------------------------------------------------------------------------------

const fieldProblem = z.object({
  field: z.enum(['name', 'environmentId', 'apiKey', 'partnerId', 'baseUrl']),
  /** A reason of the field's own check (`checkName`, `checkApiKey`, `checkBaseUrl`), `duplicate` or `unknown`. */
  reason: z.string(),
})
export type FieldProblem = Readonly<z.output<typeof fieldProblem>>
export type FieldName = FieldProblem['field']

export const callError = z.discriminatedUnion('code', [
  /** Not our window's main frame. */
  z.object({ code: z.literal('forbidden') }),
  /** The message doesn't have the call's shape: a defect in the window, not in what was typed. */
  z.object({ code: z.literal('invalid-message') }),
  z.object({ code: z.literal('internal') }),
  /** The account is gone (removed meanwhile). */
  z.object({ code: z.literal('not-found') }),
  z.object({ code: z.literal('bad-fields'), fields: z.array(fieldProblem).readonly() }),
  z.object({ code: z.literal('problem'), problem }),
])
export type CallError = Readonly<z.output<typeof callError>>

export type Result<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: CallError }

/** What the preload exposes to the window as `window.tokenDesk`: these calls, these events, nothing else. */
export type Bridge = {
  readonly [Name in CallName]: (input: CallInput<Name>) => Promise<Result<CallOutput<Name>>>
} & {
  /** Calls `listener` on each event; returns what ends that. */
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void
}

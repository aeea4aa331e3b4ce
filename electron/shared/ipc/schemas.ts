/** The schemas of what crosses between the window and main; `satisfies` keeps them in step with the types. */
import { IDLE_SOURCES, SHORTCUT_SUPPORT } from '../desktop-support'
import * as z from 'zod/mini'
import { accountId, environmentId } from '../ids'
import { keptViewSchema } from '../kept-view'
import { accountProfile, typed, type AccountSummary } from '../account'
import { REGISTERED_CLAIMS, type JwtContents } from '../claims'
import { COPY_FORMATS } from '../copy-format'
import { PASTED_AT_MOST } from '../jwt'
import { ENVIRONMENT_COLOURS, NO_ENVIRONMENT, type Environment } from '../environment'
import type { NavigationTarget } from '../navigation'
import { UNSAVED, type LockedReason, type Problem, type TransientProblem } from '../problem'
import type { ProxyStatus } from '../proxy'
import { Secret } from '../secret'
import { settingsSchema } from '../settings'
import type { StorageStatus } from '../storage'
import type { LoggedInAccount } from '../twin'
import type { UnseenCharacter } from '../unseen'
import { lazy } from '../lazy'

export const unseenCharacter = lazy(
  () =>
    z.object({
      codePoint: z.int().check(z.minimum(0), z.maximum(0x10_ff_ff)),
      position: z.int().check(z.minimum(1)),
    }) satisfies z.ZodMiniType<UnseenCharacter>,
)
export const typedSecret = z.pipe(
  typed,
  z.transform((text) => new Secret(text)),
)
/** A text that JWTs are looked for in. */
export const pastedSecret = z.pipe(
  z.string().check(z.maxLength(PASTED_AT_MOST)),
  z.transform((text) => new Secret(text)),
)
export const instant = z.number()

const unreachable = z.object({
  code: z.literal('unreachable'),
  reason: z.enum(['offline', 'dns', 'refused', 'proxy', 'proxy-password', 'tls', 'other']),
  detail: z.string(),
  trust: z.optional(z.enum(['nss', 'system'])),
})
const noAnswer = z.object({
  code: z.literal('no-answer'),
  reason: z.enum(['timeout', 'broken']),
  detail: z.string(),
})
const serviceUnavailable = z.object({
  code: z.literal('service-unavailable'),
  status: z.number(),
  retryAt: z.optional(instant),
})
const unexpectedStatus = z.object({ code: z.literal('unexpected-status'), status: z.number() })
const notTheService = z.object({
  code: z.literal('not-the-service'),
  status: z.number(),
  isPage: z.boolean(),
})
const invalidResponse = z.object({
  code: z.literal('invalid-response'),
  reason: z.enum([
    'empty',
    'not-json',
    'web-page',
    'not-an-object',
    'too-large',
    'no-jwt',
    'wrapped',
    'expired-jwt',
  ]),
})

export const lockedReason = z.enum([
  'cannot-decrypt',
  'other-keyring',
  'keyring-unavailable',
  'record-damaged',
  'record-unreadable',
  'newer-version',
  'environment-lost',
]) satisfies z.ZodMiniType<LockedReason>

export const problem = z.discriminatedUnion('code', [
  unreachable,
  noAnswer,
  serviceUnavailable,
  unexpectedStatus,
  notTheService,
  invalidResponse,
  z.object({ code: z.literal('redirected'), status: z.number(), target: z.string() }),
  z.object({ code: z.literal('environment-changed'), isGone: z.boolean() }),
  z.object({ code: z.literal('address-to-confirm') }),
  z.object({ code: z.literal('wrong-address'), status: z.number() }),
  z.object({ code: z.literal('refused-together'), status: z.number() }),
  z.object({ code: z.literal('key-refused'), status: z.number() }),
  z.object({
    code: z.literal('key-needed'),
    reason: z.enum([
      'nothing-to-renew-with',
      'refresh-token-expired',
      'refresh-token-refused',
      'refresh-token-maybe-replaced',
      'kept-in-memory-only',
      'key-of-another',
    ]),
  }),
  z.object({
    code: z.literal('locked'),
    reason: lockedReason,
  }),
  z.object({
    code: z.literal('storage-unwritable'),
    what: z.enum(UNSAVED),
    afterAnswer: z.boolean(),
    detail: z.string(),
  }),
]) satisfies z.ZodMiniType<Problem>

export const accountSummary = z.object({
  ...accountProfile,
  id: accountId,
  environmentId: z.union([environmentId, z.literal(NO_ENVIRONMENT)]),
  apiKeyHint: z.nullable(z.string()),
  remembersApiKey: z.boolean(),
  jwt: z.nullable(
    z.object({
      receivedAt: instant,
      expiresAt: z.nullable(instant),
      claimDifferenceMs: z.nullable(z.number()),
    }),
  ),
  refreshToken: z.nullable(
    z.object({ receivedAt: instant, expiresAt: z.nullable(instant), refused: z.boolean() }),
  ),
  secretsIn: z.enum(['keyring', 'unprotected-file', 'memory', 'locked']),
  renewal: z.discriminatedUnion('phase', [
    z.object({ phase: z.literal('idle') }),
    z.object({ phase: z.literal('renewing') }),
    z.object({ phase: z.literal('waiting'), retryAt: instant }),
  ]),
  copyFormat: z.nullable(z.enum(COPY_FORMATS)),
  usage: z.nullable(z.object({ lastAt: instant, copies: z.number() })),
  remindAgainAt: z.nullable(instant),
  gateway: z.object({ isOpen: z.boolean(), armedUntil: z.nullable(instant) }),
  problem: z.nullable(problem),
}) satisfies z.ZodMiniType<AccountSummary>

export const loggedInAccount = lazy(
  () =>
    z.extend(accountSummary, {
      twin: z.nullable(z.object({ name: z.string(), by: z.enum(['api-key', 'subject']) })),
    }) satisfies z.ZodMiniType<LoggedInAccount>,
)

export const environment = z.object({
  id: environmentId,
  name: z.string(),
  baseUrl: z.string(),
  production: z.boolean(),
  colour: z.enum(ENVIRONMENT_COLOURS),
  defaultTimeZone: z.string(),
  clockSkewMs: z.nullable(z.number()),
  revision: z.number(),
  addressConfirmed: z.boolean(),
  doubt: z.nullable(z.object({ why: z.enum(['wrong-address', 'refused-together']), status: z.number() })),
}) satisfies z.ZodMiniType<Environment>

export const storageStatus = z.object({
  backend: z.string(),
  protected: z.boolean(),
  mode: z.enum(['keyring', 'unprotected-file', 'memory']),
  gap: z.optional(z.enum(['unavailable', 'needs-restart'])),
  misplaced: z.optional(z.object({ accounts: z.readonly(z.array(z.string())), inCopies: z.boolean() })),
}) satisfies z.ZodMiniType<StorageStatus>

export const proxyStatus = z.object({
  asks: z.nullable(z.object({ host: z.string(), isRefused: z.boolean() })),
  uses: z.nullable(z.string()),
  isSaved: z.boolean(),
  canSave: z.boolean(),
}) satisfies z.ZodMiniType<ProxyStatus>

/** Whether TokenDesk starts at login, and whether the window still offers that. */
export const loginStart = z.object({ on: z.boolean(), offered: z.boolean() })
export type LoginStart = Readonly<z.output<typeof loginStart>>

export const desktopSupport = z.object({
  shortcuts: z.enum(SHORTCUT_SUPPORT),
  idle: z.enum(IDLE_SOURCES),
  /** Whether the desktop says when the screen is locked. */
  screenLock: z.boolean(),
})
export type DesktopSupportStatus = Readonly<z.output<typeof desktopSupport>>

export const navigationTarget = z.discriminatedUnion('at', [
  z.object({ at: z.literal('account'), id: accountId }),
  z.object({ at: z.literal('confirm-copy'), id: accountId }),
  z.object({ at: z.literal('attention') }),
  z.object({ at: z.literal('add-account') }),
  z.object({ at: z.literal('settings') }),
  z.object({ at: z.literal('list') }),
]) satisfies z.ZodMiniType<NavigationTarget>

export const transientProblem = lazy(
  () =>
    z.discriminatedUnion('code', [
      unreachable,
      noAnswer,
      serviceUnavailable,
      unexpectedStatus,
      notTheService,
      invalidResponse,
    ]) satisfies z.ZodMiniType<TransientProblem>,
)

export const reached = lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('answered'),
      status: z.number(),
      clockSkewMs: z.nullable(z.number()),
    }),
    z.object({ kind: z.literal('redirected'), status: z.number(), target: z.string() }),
    z.object({ kind: z.literal('failed'), problem: transientProblem() }),
  ]),
)

export const jwtContents = lazy(
  () =>
    z.object({
      header: z.string(),
      payload: z.string(),
      claims: z.readonly(
        z.array(
          z.object({
            name: z.string(),
            value: z.string(),
            meaning: z.nullable(z.enum(REGISTERED_CLAIMS)),
            instant: z.nullable(instant),
          }),
        ),
      ),
    }) satisfies z.ZodMiniType<JwtContents>,
)

export const identifyJwt = lazy(() =>
  z.object({
    found: z.readonly(
      z.array(
        z.object({
          id: z.nullable(accountId),
          match: z.nullable(z.enum(['same', 'related'])),
          life: z.enum(['live', 'ended', 'not-yet', 'unknown']),
          expiresAt: z.nullable(instant),
          isWhole: z.boolean(),
        }),
      ),
    ),
    more: z.int(),
    hasUnreadable: z.boolean(),
  }),
)

/** About this TokenDesk, for support. */
export const about = lazy(() =>
  z.object({
    version: z.string(),
    electron: z.string(),
    chromium: z.string(),
    node: z.string(),
    system: z.string(),
    /** The folder of settings and accounts. */
    profile: z.string(),
  }),
)
export type About = Readonly<z.output<ReturnType<typeof about>>>

export const availableUpdate = lazy(() =>
  z.object({
    version: z.string(),
    url: z.nullable(z.string()),
    notes: z.nullable(z.string()),
  }),
)

/**
 * `isUnusable`: the lock's file can't be read, and nothing unlocks it. `opensByTouch`: Touch ID unlocks it, too.
 * `waitMs`: until the next attempt.
 */
export const lockStatus = z.object({
  isSet: z.boolean(),
  isLocked: z.boolean(),
  isUnusable: z.boolean(),
  opensByTouch: z.boolean(),
  waitMs: z.number(),
})
export type LockStatus = Readonly<z.output<typeof lockStatus>>

export const startNotice = z.discriminatedUnion('code', [
  z.object({ code: z.literal('settings-reset'), keptAs: z.string() }),
  z.object({ code: z.literal('settings-repaired'), keptAs: z.string() }),
  z.object({ code: z.literal('shortcut-taken'), shortcut: z.string() }),
  z.object({ code: z.literal('records-damaged'), names: z.array(z.string()) }),
  /** Accounts encrypted with another keyring than this session has; they stay unchanged unless the user continues. */
  z.object({
    code: z.literal('keyring-changed'),
    before: z.string(),
    now: z.string(),
    accounts: z.number(),
  }),
])

/** While locked it has no accounts, environments or notices, since these have names. */
export const snapshot = z.object({
  accounts: z.array(accountSummary),
  /** False: `accounts` has only those of the first rows; `getAccountIds` names all. */
  areAll: z.boolean(),
  /** Whether an import runs, or has ended unseen: see `getImport`. */
  hasImport: z.boolean(),
  /** Accounts whose removal can still be undone. */
  removals: z.array(z.object({ id: accountId, name: z.string() })),
  environments: z.array(environment),
  settings: settingsSchema,
  storage: storageStatus,
  proxy: proxyStatus,
  loginStart,
  lock: lockStatus,
  /** The system's, which decides how dates and times are written. */
  locale: z.string(),
  /** What the window showed last; null at the first start, and while it is locked. */
  view: z.nullable(keptViewSchema),
  /** What start-up has to say, e.g. that damaged settings were quarantined. */
  notices: z.array(startNotice),
})
export type Snapshot = z.output<typeof snapshot>
export type StartNotice = z.output<typeof startNotice>

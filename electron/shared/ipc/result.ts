/** The result of a call: a value, or a code that says why it failed. */
import * as z from 'zod/mini'
import type { JwtSubject, KeyQuestion } from '../subject'
import { PORT_PROBLEMS } from '../gateway'
import { lazy } from '../lazy'
import { lockedReason, problem, unseenCharacter } from './schemas'

const fieldProblem = lazy(() =>
  z.object({
    field: z.enum([
      'name',
      'environmentId',
      'environmentName',
      'apiKey',
      'partnerId',
      'baseUrl',
      'tags',
      'note',
      'defaultTimeZone',
      'passphrase',
    ]),
    /** A reason of the field's own check (`checkName`, `checkApiKey`, `checkBaseUrl`), `duplicate` or `unknown`. */
    reason: z.string(),
    unseen: z.optional(unseenCharacter()),
  }),
)
export type FieldProblem = Readonly<z.output<ReturnType<typeof fieldProblem>>>
export type FieldName = FieldProblem['field']

const jwtSubject = z.object({
  subject: z.string(),
  issuer: z.nullable(z.string()),
  name: z.nullable(z.string()),
}) satisfies z.ZodMiniType<JwtSubject>

const keyQuestion = lazy(
  () =>
    z.object({
      id: z.string(),
      reason: z.enum(['other-subject', 'no-refresh-token']),
      stored: z.nullable(jwtSubject),
      answered: z.nullable(jwtSubject),
      losesRefreshToken: z.boolean(),
    }) satisfies z.ZodMiniType<KeyQuestion>,
)

export const NOT_FOUND = ['account', 'environment', 'import', 'backup', 'claim', 'gateway'] as const
export type NotFound = (typeof NOT_FOUND)[number]

export const callError = lazy(() =>
  z.discriminatedUnion('code', [
    /** The call didn't come from the main frame of our window. */
    z.object({ code: z.literal('forbidden') }),
    /** The message doesn't match the call's schema: a bug in the window, not a wrong input. */
    z.object({ code: z.literal('invalid-message') }),
    z.object({ code: z.literal('internal') }),
    /** It has been removed meanwhile, or what was chosen is discarded. */
    z.object({ code: z.literal('not-found'), what: z.enum(NOT_FOUND) }),
    z.object({ code: z.literal('bad-fields'), fields: z.readonly(z.array(fieldProblem())) }),
    z.object({ code: z.literal('problem'), problem }),
    /** The key was granted an unexpected session: `answerWhoseKey` says whether to take it. */
    z.object({ code: z.literal('whose-key'), question: keyQuestion() }),
    /** The session that waited for a decision was dropped: it took too long, or the app was locked. */
    z.object({ code: z.literal('answered-too-late') }),
    /** The JWT can't be written in this format. */
    z.object({
      code: z.literal('cannot-copy'),
      reason: z.enum(['not-a-header-value', 'not-in-this-format']),
    }),
    /** A later copy has replaced this one while it was waiting. */
    z.object({ code: z.literal('superseded') }),
    /** It was not copied. */
    z.object({ code: z.literal('clipboard-refused') }),
    z.object({
      code: z.literal('backup-refused'),
      reason: z.enum([
        'too-large',
        'not-a-backup',
        'newer-version',
        'damaged',
        'wrong-passphrase-or-damaged',
      ]),
    }),
    /** Gateways can't be reached there. */
    z.object({ code: z.literal('gateway-port'), port: z.int(), problem: z.enum(PORT_PROBLEMS) }),
    /** No account's secrets can be decrypted, so there is nothing to back up. */
    z.object({ code: z.literal('nothing-opens'), reason: lockedReason }),
    /** Another program uses the shortcut, the desktop allows none, or it isn't valid. */
    z.object({ code: z.literal('shortcut-refused'), reason: z.enum(['invalid', 'taken', 'unsupported']) }),
    /** The user canceled it. */
    z.object({ code: z.literal('cancelled') }),
    z.object({ code: z.literal('locked') }),
    /** `waitMs`: the wait before the next attempt; `tooEarly`: this attempt was not checked. */
    z.object({ code: z.literal('wrong-passphrase'), tooEarly: z.boolean(), waitMs: z.number() }),
    /** The lock's file can't be read, so no passphrase unlocks it. */
    z.object({ code: z.literal('lock-unusable') }),
    /** Accounts are still in the environment. */
    z.object({ code: z.literal('in-use') }),
    /** The environment's service is being asked: what it grants must not be lost. */
    z.object({ code: z.literal('environment-busy') }),
  ]),
)
export type CallError = Readonly<z.output<ReturnType<typeof callError>>>

export type Result<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: CallError }

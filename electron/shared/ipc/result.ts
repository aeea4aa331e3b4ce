/** How calls answer: a value, or a code that says why not. */
import * as z from 'zod/mini'
import type { JwtSubject, KeyQuestion } from '../subject'
import { lazy } from '../lazy'
import { lockedReason, problem, unseenCharacter } from './schemas'

const fieldProblem = lazy(() =>
  z.object({
    field: z.enum([
      'name',
      'environmentId',
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

export const callError = lazy(() =>
  z.discriminatedUnion('code', [
    /** Not our window's main frame. */
    z.object({ code: z.literal('forbidden') }),
    /** The message doesn't have the call's shape: a defect in the window, not in what was typed. */
    z.object({ code: z.literal('invalid-message') }),
    z.object({ code: z.literal('internal') }),
    /** The account is gone (removed meanwhile). */
    z.object({ code: z.literal('not-found') }),
    z.object({ code: z.literal('bad-fields'), fields: z.readonly(z.array(fieldProblem())) }),
    z.object({ code: z.literal('problem'), problem }),
    /** The key that was entered is granted another session than one would think: `answerWhoseKey` takes the answer. */
    z.object({ code: z.literal('whose-key'), question: keyQuestion() }),
    /** A session that waited for an answer is no longer held: it took too long, or the app was locked. */
    z.object({ code: z.literal('answered-too-late') }),
    /** The JWT can't be written in the format that was asked for. */
    z.object({
      code: z.literal('cannot-copy'),
      reason: z.enum(['not-a-header-value', 'not-in-this-format']),
    }),
    /** Something was copied that was asked for later, while this was waited for. */
    z.object({ code: z.literal('superseded') }),
    /** It didn't get into the clipboard. */
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
    /** No account's secrets can be opened, so there is nothing to back up. */
    z.object({ code: z.literal('nothing-opens'), reason: lockedReason }),
    /** Another program has the combination (or the desktop lets nobody have one), or it is none. */
    z.object({ code: z.literal('shortcut-refused'), reason: z.enum(['invalid', 'taken', 'unsupported']) }),
    /** The user no longer wanted it, while it was waited for. */
    z.object({ code: z.literal('cancelled') }),
    /** The app is locked. */
    z.object({ code: z.literal('locked') }),
    /** `waitMs`: how long the next attempt has to wait; `tooEarly`: this one was not checked. */
    z.object({ code: z.literal('wrong-passphrase'), tooEarly: z.boolean(), waitMs: z.number() }),
    /** The lock can't be read, so no passphrase opens it. */
    z.object({ code: z.literal('lock-unusable') }),
    /** Accounts are still in the environment. */
    z.object({ code: z.literal('in-use') }),
    /** The environment's service is being asked something: what it grants must not be lost. */
    z.object({ code: z.literal('environment-busy') }),
  ]),
)
export type CallError = Readonly<z.output<ReturnType<typeof callError>>>

export type Result<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: CallError }

/** What has happened to accounts, as users read it. Never holds a secret. */
import * as z from 'zod/mini'
import { accountId } from './ids'

import { COPY_FORMATS } from './copy-format'
import { COUNTED_METHODS, COUNTED_RESULTS } from './gateway'
import { lazy } from './lazy'
import { PROBLEM_CODES } from './problem'

/** What the user is notified about once, and again only after the account has recovered. */
export const ALERTS = ['key-needed', 'key-refused'] as const
export type Alert = (typeof ALERTS)[number]

export const GATEWAY_CHANGES = [
  'gateway-opened',
  'gateway-closed',
  'gateway-armed',
  'gateway-renamed',
] as const

/** What happened. Made when it is first needed, which no start does. */
export const activityEvent = lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['added', 'logged-in', 'refreshed', 'removed', 'revealed']) }),
    z.object({ kind: z.enum(GATEWAY_CHANGES) }),
    /** What went through its gateway within an hour. */
    z.object({
      kind: z.literal('gateway-used'),
      hour: z.number(),
      counts: z.readonly(
        z.array(
          z.object({ method: z.enum(COUNTED_METHODS), result: z.enum(COUNTED_RESULTS), count: z.int() }),
        ),
      ),
    }),
    z.object({ kind: z.literal('copied'), format: z.enum(COPY_FORMATS) }),
    /** `claim`: its name. */
    z.object({ kind: z.literal('copied-claim'), claim: z.string() }),
    /** A renewal that failed; of the problem only what can't quote a secret. */
    z.object({ kind: z.literal('failed'), problem: z.enum(PROBLEM_CODES) }),
    /** `leadMs`: how long before the refresh token's expiry; 0 is its expiry. */
    z.object({ kind: z.literal('reminded'), leadMs: z.number() }),
    z.object({ kind: z.literal('told'), of: z.enum(ALERTS) }),
  ]),
)
export type ActivityEvent = Readonly<z.output<ReturnType<typeof activityEvent>>>

export const activityEntry = lazy(() =>
  z.object({
    /** By this computer's clock. */
    at: z.number(),
    id: accountId,
    /** The account's name at that time. */
    name: z.string(),
    what: activityEvent(),
  }),
)
export type ActivityEntry = Readonly<z.output<ReturnType<typeof activityEntry>>>

export const ACTIVITY_KEPT_MS = 90 * 24 * 60 * 60_000
/** The limit beside the age: beyond it the oldest entries are dropped. */
export const ACTIVITY_AT_MOST = 20_000

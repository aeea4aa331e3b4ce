/** What the gateway's process may say: it parses untrusted HTTP, so nothing of it is taken unseen. */
import * as z from 'zod/mini'
import {
  COUNTED_METHODS,
  COUNTED_RESULTS,
  PORT_PROBLEMS,
  UNREACHABLE_REASONS,
  type FromGateway,
} from '../../shared/gateway'
import { accountId } from '../../shared/ids'

const LONGEST_JWT = 65_536
const COUNTS_AT_MOST = 100_000

const id = z.int().check(z.positive())
const port = z.int().check(z.gte(0), z.lte(65_535))

const count = z.object({
  hour: z.int().check(z.nonnegative()),
  accountId,
  method: z.enum(COUNTED_METHODS),
  result: z.enum(COUNTED_RESULTS),
  count: z.int().check(z.positive()),
})

const outcome = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answered'),
    status: z.int().check(z.gte(100), z.lte(999)),
    elapsedMs: z.number().check(z.nonnegative()),
    date: z.nullable(z.string().check(z.maxLength(100))),
  }),
  z.object({
    kind: z.literal('failed'),
    code: z.enum(['unreachable', 'timed-out', 'bad-target', 'auth-call', 'internal-error']),
    reason: z.nullable(z.enum(UNREACHABLE_REASONS)),
  }),
])

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listening'), port }),
  z.object({ type: z.literal('not-listening'), port, problem: z.enum(PORT_PROBLEMS) }),
  z.object({ type: z.literal('jwt-for'), id, accountId }),
  z.object({
    type: z.literal('renewed'),
    id,
    accountId,
    rejected: z.string().check(z.minLength(1), z.maxLength(LONGEST_JWT)),
  }),
  z.object({ type: z.literal('proxy-for'), id, origin: z.url().check(z.maxLength(2000)) }),
  z.object({ type: z.literal('checked'), id, outcome }),
  z.object({ type: z.literal('counts'), counts: z.array(count).check(z.maxLength(COUNTS_AT_MOST)) }),
  z.object({ type: z.literal('production-refused'), accountId }),
  z.object({ type: z.literal('stopped') }),
])

/** Null where it makes no sense. */
export function fromGateway(raw: unknown): FromGateway | null {
  const parsed = message.safeParse(raw)
  return parsed.success ? parsed.data : null
}

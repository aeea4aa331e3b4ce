/** Where in its renewal an account was when the app was killed, as far as the server and the disk tell. */
import type { AccountRecord } from '../../../electron/core/vault/account-record'

export const KILL_MOMENTS = [
  'before the note',
  'noted, not sent',
  'sent, not processed',
  'processed, not answered',
  'answered, not stored',
  'stored',
] as const
export type KillMoment = (typeof KILL_MOMENTS)[number]

export interface Traces {
  readonly before: AccountRecord | null
  readonly after: AccountRecord | null
  /** The account's last request of this renewal; null when none came. */
  readonly request: {
    /** When the service did its work on it; null when it never did. */
    readonly processedAt: number | null
    /** Whether the service then answered. */
    readonly answered: boolean
  } | null
  readonly killedAt: number
}

/** A new session was stored: sealing never gives the same text twice. */
export function storedMeanwhile({ before, after }: Pick<Traces, 'before' | 'after'>): boolean {
  return after?.session != null && after.session.sealed !== before?.session?.sealed
}

export function momentOf(traces: Traces): KillMoment {
  const { before, after, request, killedAt } = traces
  if (storedMeanwhile(traces)) return 'stored'
  if (request === null) {
    return JSON.stringify(before?.session?.journal) === JSON.stringify(after?.session?.journal)
      ? 'before the note'
      : 'noted, not sent'
  }
  if (request.processedAt === null || request.processedAt > killedAt) return 'sent, not processed'
  return request.answered ? 'answered, not stored' : 'processed, not answered'
}

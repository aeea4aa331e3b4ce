import type { EpochMs } from '../brand'
import type { GuideSection } from '../guide'
import { waitInWords } from './durations'

/** What happened, and what the user can do about it. */
export interface Message {
  readonly what: string
  readonly todo: string
  /** When the service wants to be asked again, which `todo` then only says roughly: see `todoAt`. */
  readonly retryAt?: EpochMs
  /** The section of the user guide that says how. */
  readonly guide?: GuideSection
  /** What helps is asked for in a dialog of its own. */
  readonly asks?: 'proxy-password'
  /** The form shows it, or the parts of it, at the fields that it is about. */
  readonly isAtField?: boolean
}

/** Counts down to when it helps to try again. `now` is this computer's time. */
export function todoAt({ todo, retryAt }: Pick<Message, 'todo' | 'retryAt'>, now: EpochMs): string {
  if (retryAt === undefined) return todo
  return retryAt <= now ? 'Try again now.' : `Try again in ${waitInWords(retryAt - now)}.`
}

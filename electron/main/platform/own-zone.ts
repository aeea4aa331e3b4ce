/** Follows the computer's time zone, which V8 asks the system for only once. */
import type { Clock } from '../../core/base/ports'

const ASKED_AGAIN_AFTER_MS = 1_000

/**
 * Returns what is to be called before a time is written in the computer's zone: it asks the system at most once a second,
 * and nothing runs while nothing is written. `changed` is called when the computer is in another zone.
 */
export function followOwnZone(
  clock: Pick<Clock, 'now'>,
  env: Record<string, string | undefined>,
  changed: () => void,
): () => void {
  let askedAt = clock.now()
  let zone = ownZone()
  return () => {
    const now = clock.now()
    if (Math.abs(now - askedAt) < ASKED_AGAIN_AFTER_MS) return
    askedAt = now
    // Node has V8 ask again whenever this variable is written, whatever it holds.
    const set = env['TZ']
    if (set === undefined) delete env['TZ']
    else env['TZ'] = set
    if (zone === ownZone()) return
    zone = ownZone()
    changed()
  }
}

function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

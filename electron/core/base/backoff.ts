import type { Random } from './ports'

const FIRST_MS = 2_000
const LONGEST_MS = 15 * 60_000

/**
 * How long to wait before the next attempt after `failures` transient failures in a row (1 or more), in ms:
 * exponential with full jitter, 2 s doubling to 15 min (auth-api.md). What the server asked for is the minimum.
 */
export function backoffMs(failures: number, retryAfterMs: number | null, random: Random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1))
  return Math.max(retryAfterMs ?? 0, Math.round(random() * ceiling))
}

import type { EpochMs } from '../../../electron/shared/brand'

const HALF_LIFE_MS = 14 * 24 * 3_600_000

/**
 * How recently and often something was used, from 0 (never) to below 1. It halves with every two weeks without a use.
 */
export function frecency(
  used: { readonly usedAt: EpochMs | null; readonly uses: number },
  now: EpochMs,
): number {
  if (used.usedAt === null) return 0
  // The clock may have been set back since.
  const age = Math.max(0, now - used.usedAt)
  const weight = Math.log2(1 + used.uses) * 0.5 ** (age / HALF_LIFE_MS)
  return weight / (1 + weight)
}

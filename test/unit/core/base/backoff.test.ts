import { describe, expect, it } from 'vitest'
import { backoffMs } from '../../../../electron/core/base/backoff'

const MINUTE = 60_000

describe('back-off', () => {
  it.each([
    [1, 2_000],
    [2, 4_000],
    [3, 8_000],
    [9, 512_000],
    [10, 15 * MINUTE],
    [2_000, 15 * MINUTE],
  ])('after %i failures waits up to %i ms', (failures, longest) => {
    expect(backoffMs(failures, null, () => 1)).toBe(longest)
    expect(backoffMs(failures, null, () => 0.5)).toBe(longest / 2)
    expect(backoffMs(failures, null, () => 0)).toBe(0)
  })

  it('waits at least as long as the service asks', () => {
    expect(backoffMs(1, MINUTE, () => 1)).toBe(MINUTE)
    expect(backoffMs(20, 1_000, () => 1)).toBe(15 * MINUTE)
  })
})

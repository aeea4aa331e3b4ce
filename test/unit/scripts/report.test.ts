import { describe, expect, it } from 'vitest'
import { line, playwrightCount, sum, verdict, vitestCount } from '../../../scripts/lib/report.mjs'

describe('counting', () => {
  it('reads what vitest reports, to-dos as skipped', () => {
    const report = { numPassedTests: 12, numFailedTests: 2, numPendingTests: 1, numTodoTests: 3 }
    expect(vitestCount(report, 1)).toEqual({ passed: 12, failed: 2, skipped: 4 })
  })

  it('reads what Playwright reports, a flaky test as failed', () => {
    const report = { stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 2 } }
    expect(playwrightCount(report, 1)).toEqual({ passed: 7, failed: 2, skipped: 2 })
  })

  it.each([
    ['wrote no report', undefined],
    ['failed outside its tests', { numPassedTests: 5 }],
  ])('counts a failure when the runner %s', (_case, report) => {
    expect(vitestCount(report, 1).failed).toBe(1)
    expect(playwrightCount(report, 1).failed).toBe(1)
  })

  it('sums over all runners in one plain line', () => {
    const results = [
      { name: 'lint', count: { passed: 1, failed: 0, skipped: 0 }, durationMs: 1 },
      { name: 'unit', count: { passed: 40, failed: 2, skipped: 3 }, durationMs: 1 },
    ]
    expect(line(sum(results))).toBe('41 passed, 2 failed, 3 skipped')
  })
})

describe('verdict', () => {
  it.each([
    ['all passed', { passed: 3, failed: 0, skipped: 0 }, true, 0],
    ['something failed', { passed: 3, failed: 1, skipped: 0 }, false, 1],
    ['nothing ran', { passed: 0, failed: 0, skipped: 0 }, false, 1],
    ['something skipped, at a desk', { passed: 3, failed: 0, skipped: 1 }, false, 0],
    ['something skipped, on CI', { passed: 3, failed: 0, skipped: 1 }, true, 1],
  ])('%s', (_case, total, noSkips, status) => {
    expect(verdict(total, { noSkips })).toBe(status)
  })
})

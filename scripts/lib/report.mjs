/**
 * How many checks passed, failed and were skipped.
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 *
 * @typedef {object} StepResult
 * @property {string} name
 * @property {Count} count
 * @property {number} durationMs
 */

/**
 * @param {unknown} report what vitest's JSON reporter writes; undefined when it wrote nothing
 * @param {number} status vitest's exit status
 * @returns {Count}
 */
export function vitestCount(report, status) {
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    numPendingTests = 0,
    numTodoTests = 0,
  } = /** @type {Record<string, number>} */ (report ?? {})
  return withStatus(
    { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests },
    status,
  )
}

/**
 * @param {unknown} report what Playwright's JSON reporter writes; undefined when it wrote nothing
 * @param {number} status Playwright's exit status
 * @returns {Count}
 */
export function playwrightCount(report, status) {
  const { stats = {} } = /** @type {{ stats?: Record<string, number> }} */ (report ?? {})
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats
  // A test that passes only when repeated is a failure here.
  return withStatus({ passed: expected, failed: unexpected + flaky, skipped }, status)
}

/**
 * A check that is one program: it passes or fails as a whole.
 * @param {number} status
 * @returns {Count}
 */
export function statusCount(status) {
  return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
}

/**
 * A runner can fail with no failed test: a file that does not load, an error outside tests, a crash.
 * @param {Count} count
 * @param {number} status
 * @returns {Count}
 */
function withStatus(count, status) {
  return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
}

/**
 * @param {readonly Pick<StepResult, 'count'>[]} results
 * @returns {Count}
 */
export function sum(results) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const { count } of results) {
    total.passed += count.passed
    total.failed += count.failed
    total.skipped += count.skipped
  }
  return total
}

/** @param {Count} count */
export function line({ passed, failed, skipped }) {
  return `${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`
}

/** @param {readonly StepResult[]} results */
export function table(results) {
  const width = Math.max(...results.map(({ name }) => name.length))
  return results
    .map(({ name, count, durationMs }) => {
      const mark = count.failed > 0 ? '✗' : '✓'
      return `${mark} ${name.padEnd(width)}  ${`${(durationMs / 1000).toFixed(1)} s`.padStart(8)}   ${line(count)}`
    })
    .join('\n')
}

/**
 * @param {Count} total
 * @param {{ noSkips: boolean }} rule on CI a skipped test is a hole
 * @returns {number} exit status
 */
export function verdict({ passed, failed, skipped }, { noSkips }) {
  return failed > 0 || passed === 0 || (noSkips && skipped > 0) ? 1 : 0
}

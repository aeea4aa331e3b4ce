import process from 'node:process'

/**
 * Ends with this status once nothing is left to do, whatever else wants one: electron-builder, wherever it has packed
 * something, ends its process with 0 (`async-exit-hook`), and failed tests would pass with it.
 * @param {number} status
 */
export function exitWith(status) {
  process.on('exit', () => {
    process.exitCode = status
  })
}

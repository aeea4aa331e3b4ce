import { UserError } from './run.mjs'

/** By major version the first minor one: what the tests run on, and no others. */
const NODE_VERSIONS = { 20: 19, 22: 12, 24: 0 }

/**
 * Throws a `UserError` that names what is supported.
 * @param {string} version as in `process.versions.node`
 */
export function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const floor = Object.entries(NODE_VERSIONS).find(([known]) => Number(known) === major)?.[1]
  if (floor !== undefined && minor >= floor) return
  const supported = Object.entries(NODE_VERSIONS).map(([known, from]) => `${known}.${String(from)}`)
  throw new UserError(
    `TokenDesk is built with Node ${supported.join(', ')} or a later one of these lines. This is Node ${version}: see https://nodejs.org`,
  )
}

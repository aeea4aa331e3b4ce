import { statSync } from 'node:fs'
import { listPackage } from '@electron/asar'
import { UserError } from '../lib/run.mjs'

/** The app's own part. What is in there is loaded at each start, and fetched with each update. */
export const MAX_ARCHIVE_BYTES = 3_000_000

/**
 * Refuses an archive that is too large, or holds what the build did not make.
 * @param {string} archive
 * @returns {{ bytes: number }}
 */
export function checkArchive(archive) {
  const { size: bytes } = statSync(archive)
  if (bytes > MAX_ARCHIVE_BYTES) {
    throw new UserError(`${archive} has ${String(bytes)} bytes; ${String(MAX_ARCHIVE_BYTES)} are allowed.`)
  }
  const foreign = foreignFiles(listPackage(archive, { isPack: false }))
  if (foreign.length > 0) throw new UserError(`${archive} holds what it should not: ${foreign.join(', ')}`)
  return { bytes }
}

/** @param {readonly string[]} files as `@electron/asar` lists them */
export function foreignFiles(files) {
  return files
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/^\/(?:package\.json|out(?:\/(?:main|preload|renderer)(?:\/.*)?)?)$/u.test(file))
}

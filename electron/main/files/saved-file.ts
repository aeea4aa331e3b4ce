/**
 * Saves files that users put anywhere, as carefully as those of the profile: the old file stays until the new one is
 * verified.
 */
import { basename, dirname, isAbsolute, join } from 'node:path'
import * as z from 'zod/mini'
import { StorageUnwritableError } from '../../core/base/errors'
import { codeOf, type Disk, OWN_UID } from './disk'
import { writeDurably } from './durable-file'
import { readOwnText } from './read-file'
import { randomName, throughLinks, writeWhole } from './whole-file'

/** Notes in the profile where an unfinished draft is, so that the next start can remove it. */
const NOTE = 'saving'
const DRAFT = /^\.tokendesk\.tmp-[0-9a-f]{16}$/u
const noteSchema = z.object({ draft: z.string() })

/** A link stays a link: its target is replaced. Throws `StorageUnwritableError`; the old file is then unchanged. */
export function writeSaved(path: string, content: string | Uint8Array, profile: string, disk: Disk): void {
  const target = throughLinks(path, disk)
  const found = disk.lstat(target)
  // Replacing a device or pipe would turn it into a file.
  if (found !== undefined && !found.isFile()) throw new StorageUnwritableError('ENOTREG')
  // Short, whatever the length of the file's own name, and hidden.
  const draft = join(dirname(target), `.tokendesk.tmp-${randomName()}`)
  const isNoted = note(draft, profile, disk)
  try {
    writeWhole(target, content, disk, draft)
  } finally {
    // The next start removes a draft that could not be removed now.
    if (isNoted && !isThere(draft, disk)) forget(profile, disk)
  }
}

/** Removes the draft of a save that was killed. */
export function sweepSaved(profile: string, disk: Disk): void {
  const draft = notedDraft(profile, disk)
  if (draft === null) return
  try {
    const found = disk.lstat(draft)
    if (found?.isFile() === true && (OWN_UID === null || found.uid === OWN_UID)) disk.unlink(draft)
    forget(profile, disk)
  } catch {
    // The next start retries it.
  }
}

/** A read-only profile must not keep the user from saving elsewhere. */
function note(draft: string, profile: string, disk: Disk): boolean {
  try {
    writeDurably(profile, NOTE, { version: 1, draft }, disk)
    return true
  } catch {
    return false
  }
}

function isThere(path: string, disk: Disk): boolean {
  try {
    return disk.lstat(path) !== undefined
  } catch {
    return true
  }
}

function forget(profile: string, disk: Disk): void {
  try {
    disk.unlink(join(profile, `${NOTE}.json`))
  } catch {
    // The note then names a draft that no longer exists.
  }
}

/** The note is not trusted: only a file with a draft's name is removed. */
function notedDraft(profile: string, disk: Disk): string | null {
  try {
    const noted: unknown = JSON.parse(readOwnText(join(profile, `${NOTE}.json`), disk))
    const draft = noteSchema.safeParse(noted).data?.draft
    return draft !== undefined && isAbsolute(draft) && DRAFT.test(basename(draft)) ? draft : null
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') forget(profile, disk)
    return null
  }
}

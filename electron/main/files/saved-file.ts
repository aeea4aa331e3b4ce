/**
 * Files that are saved for the user, wherever they want them: as carefully as those of the profile, so that what they
 * replace is there until the new one is proved.
 */
import { basename, dirname, isAbsolute, join } from 'node:path'
import * as z from 'zod/mini'
import { StorageUnwritableError } from '../../core/base/errors'
import { codeOf, type Disk, OWN_UID } from './disk'
import { writeDurably } from './durable-file'
import { readOwnText } from './read-file'
import { randomName, throughLinks, writeWhole } from './whole-file'

/** Says in the profile which draft lies elsewhere, as long as it does: a kill must not leave it there for ever. */
const NOTE = 'saving'
const DRAFT = /^\.tokendesk\.tmp-[0-9a-f]{16}$/u
const noteSchema = z.object({ draft: z.string() })

/**
 * Writes what the user saves. A link stays one: what it points to is replaced. Throws `StorageUnwritableError`; what
 * was there is then as before.
 */
export function writeSaved(path: string, content: string | Uint8Array, profile: string, disk: Disk): void {
  const target = throughLinks(path, disk)
  const found = disk.lstat(target)
  // A device or a pipe would be replaced by a file.
  if (found !== undefined && !found.isFile()) throw new StorageUnwritableError('ENOTREG')
  // Short, whatever the length of the file's own name, and out of sight.
  const draft = join(dirname(target), `.tokendesk.tmp-${randomName()}`)
  const isNoted = note(draft, profile, disk)
  try {
    writeWhole(target, content, disk, draft)
  } finally {
    // A draft that could not be removed either is left to the next start.
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

/** A profile that can't be written keeps nobody from saving elsewhere. */
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
    // Then it names what is no longer there.
  }
}

/** Whoever wrote the note: nothing is removed by it but what has the name of a draft. */
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

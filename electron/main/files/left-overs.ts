/** What a write that was killed half-way has left, also by earlier versions, is removed by the next start. */
import { join } from 'node:path'
import { type Disk, nodeDisk } from './disk'
import { sweepSaved } from './saved-file'

/** The profile has Chromium's files as well, of which none is touched. */
const IN_PROFILE =
  /^(?:(?:tokendesk|reminders|lock|list-start|usage|saving)\.json\.tmp-[0-9a-f]+|activity\.jsonl(?:\.new|\.tmp-[0-9a-f]+))$/u

/**
 * Of the profile and of what was saved elsewhere. Records have theirs swept as they are read, and the log is written
 * without. On a disk that can't be written it stays until it can.
 */
export function sweepLeftOvers(profile: string, disk: Disk = nodeDisk): void {
  try {
    sweepNames(profile, disk.readdir(profile), IN_PROFILE, disk)
  } catch {
    // What is saved elsewhere lies on another disk, perhaps.
  }
  sweepSaved(profile, disk)
}

/** Of these names in the folder those that are left over. Throws what the disk says. */
export function sweepNames(folder: string, names: readonly string[], isLeftOver: RegExp, disk: Disk): void {
  for (const name of names) {
    if (!isLeftOver.test(name)) continue
    const path = join(folder, name)
    if (disk.lstat(path)?.isDirectory() === false) disk.unlink(path)
  }
}

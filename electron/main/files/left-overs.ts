/** Removes at start-up what a killed write has left, including those of earlier versions. */
import { join } from 'node:path'
import { type Disk, nodeDisk } from './disk'
import { sweepSaved } from './saved-file'

/** The profile has Chromium's files as well, which are never touched. */
const IN_PROFILE =
  /^(?:(?:tokendesk|reminders|lock|proxy|list-start|usage|view|window|saving)\.json\.tmp-[0-9a-f]+|activity\.jsonl(?:\.new|\.tmp-[0-9a-f]+))$/u

/**
 * In the profile and where files were saved. Records are swept when they are read, and the log leaves nothing. On a
 * read-only disk they stay until it is writable.
 */
export function sweepLeftOvers(profile: string, disk: Disk = nodeDisk): void {
  try {
    sweepNames(profile, disk.readdir(profile), IN_PROFILE, disk)
  } catch {
    // A saved file may be on another disk.
  }
  sweepSaved(profile, disk)
}

/** The names of left-over files among those in the folder. Throws the disk's error. */
export function sweepNames(folder: string, names: readonly string[], isLeftOver: RegExp, disk: Disk): void {
  for (const name of names) {
    if (!isLeftOver.test(name)) continue
    const path = join(folder, name)
    if (disk.lstat(path)?.isDirectory() === false) disk.unlink(path)
  }
}

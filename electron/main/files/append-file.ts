/** How lines are added to a file that grows at its end. */
import { constants } from 'node:fs'
import { type Disk, NO_FOLLOW, NO_WAIT } from './disk'
import { FOR_OTHERS, OWN_FILE_MODE, refuseLink } from './private-files'
import { NoOwnFileError } from './read-file'
import { writeAll } from './whole-file'

const NEW_LINE = '\n'.charCodeAt(0)

/**
 * Adds whole lines to the file, which is made when it is missing. Throws what the disk says, also when there is a link
 * or something else than a file in its place; the file is then as before.
 */
export function appendOwn(path: string, lines: string, disk: Disk): void {
  // Where opening can't refuse it.
  if (NO_FOLLOW === 0) refuseLink(path, disk)
  const { O_RDWR, O_APPEND, O_CREAT } = constants
  const file = disk.open(path, O_RDWR | O_APPEND | O_CREAT | NO_FOLLOW | NO_WAIT, OWN_FILE_MODE)
  try {
    const found = disk.fstat(file)
    if (!found.isFile()) throw new NoOwnFileError('ENOTREG')
    if ((found.mode & FOR_OTHERS) !== 0) disk.fchmod(file, OWN_FILE_MODE)
    const wasCut = found.size > 0 && lastByte(file, found.size, disk) !== NEW_LINE
    try {
      writeAll(file, Buffer.from(wasCut ? `\n${lines}` : lines), disk)
    } catch (error) {
      cutTo(file, found.size, disk)
      throw error
    }
  } finally {
    disk.close(file)
  }
}

/** Something else than a line's end, where the app was killed in the middle of one. */
function lastByte(file: number, size: number, disk: Disk): number | undefined {
  const last = Buffer.alloc(1)
  disk.read(file, last, 0, 1, size - 1)
  return last[0]
}

function cutTo(file: number, size: number, disk: Disk): void {
  try {
    disk.ftruncate(file, size)
  } catch {
    // The next line begins a new one.
  }
}

/** Appends lines to a file. */
import { constants } from 'node:fs'
import { type Disk, NO_FOLLOW, NO_WAIT } from './disk'
import { FOR_OTHERS, OWN_FILE_MODE, refuseLink } from './private-files'
import { NoOwnFileError } from './read-file'
import { writeAll } from './whole-file'

const NEW_LINE = '\n'.charCodeAt(0)

/**
 * Appends whole lines to the file, which is created when missing. Throws the disk's error, also when the path is a link
 * or no file; the file is then unchanged.
 */
export function appendOwn(path: string, lines: string, disk: Disk): void {
  // Systems without `O_NOFOLLOW` need a check before opening.
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

/** Anything but a line break means that the app was killed in the middle of a line. */
function lastByte(file: number, size: number, disk: Disk): number | undefined {
  const last = Buffer.alloc(1)
  disk.read(file, last, 0, 1, size - 1)
  return last[0]
}

function cutTo(file: number, size: number, disk: Disk): void {
  try {
    disk.ftruncate(file, size)
  } catch {
    // The next call starts a new line.
  }
}

import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { dialog, type BrowserWindow, type SaveDialogOptions } from 'electron'
import { BACKUP_MAX_BYTES } from '../../core/transfer/backup'
import type { FileDialogs } from '../../core/base/ports'
import { type Disk, nodeDisk, NO_WAIT } from '../files/disk'
import { writeSaved } from '../files/saved-file'

/** The system's dialogs, over the calling window. `profile`: where unfinished saves are noted. */
export function createFileDialogs(
  window: () => BrowserWindow | null,
  profile: string,
  disk: Disk = nodeDisk,
): FileDialogs {
  return {
    async save(suggestedName, content, isStillWanted) {
      const options: SaveDialogOptions = {
        defaultPath: suggestedName,
        filters: filtersFor(suggestedName),
        // Linux asks only with this property; the other systems always ask.
        properties: ['showOverwriteConfirmation'],
      }
      const over = window()
      const { canceled, filePath } = await (over === null
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(over, options))
      if (canceled || filePath === '' || !isStillWanted()) return false
      // Owner-only, since it contains at least the accounts' names.
      writeSaved(filePath, content, profile, disk)
      return true
    },
    async open() {
      const over = window()
      const options = { properties: ['openFile' as const] }
      const { filePaths } = await (over === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(over, options))
      const [path] = filePaths
      if (path === undefined) return null
      const file = await open(path, constants.O_RDONLY | NO_WAIT)
      const bytes = await readNoMore(file).finally(() => file.close())
      return { name: basename(path), bytes }
    },
  }
}

/** Reads just enough to see that a file is too large. Anything else (a pipe, a device) counts as empty. */
async function readNoMore(file: FileHandle): Promise<Uint8Array> {
  const found = await file.stat()
  const bytes = Buffer.allocUnsafe(found.isFile() ? Math.min(found.size, BACKUP_MAX_BYTES + 1) : 0)
  let read = 0
  while (read < bytes.length) {
    const { bytesRead } = await file.read(bytes, read, bytes.length - read, read)
    if (bytesRead === 0) break
    read += bytesRead
  }
  return bytes.subarray(0, read)
}

function filtersFor(name: string): { name: string; extensions: string[] }[] {
  const extension = extname(name).slice(1)
  return [{ name: `${extension.toUpperCase()} file`, extensions: [extension] }]
}

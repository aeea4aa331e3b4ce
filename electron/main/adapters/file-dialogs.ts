import { readFile, writeFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { dialog, type BrowserWindow } from 'electron'
import { StorageUnwritableError, type FileDialogs } from '../../core/ports'

/** The system's own dialogs, over the window that asked. */
export function createFileDialogs(window: () => BrowserWindow | null): FileDialogs {
  return {
    async save(suggestedName, content, isStillWanted) {
      const options = { defaultPath: suggestedName, filters: filtersFor(suggestedName) }
      const over = window()
      const { canceled, filePath } = await (over === null
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(over, options))
      if (canceled || filePath === '' || !isStillWanted()) return false
      try {
        // Names of accounts, or more: for its owner only.
        await writeFile(filePath, content, { mode: 0o600 })
      } catch (error) {
        throw new StorageUnwritableError('the file can not be written', { cause: error })
      }
      return true
    },
    async open() {
      const over = window()
      const options = { properties: ['openFile' as const] }
      const { filePaths } = await (over === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(over, options))
      const [path] = filePaths
      return path === undefined ? null : { name: basename(path), bytes: await readFile(path) }
    },
  }
}

function filtersFor(name: string): { name: string; extensions: string[] }[] {
  const extension = extname(name).slice(1)
  return [{ name: `${extension.toUpperCase()} file`, extensions: [extension] }]
}

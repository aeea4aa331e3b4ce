/** A user who saves to one place, through the writer that the app's own dialogs use. */
import type { FileDialogs } from '../../electron/core/base/ports'
import type { Disk } from '../../electron/main/files/disk'
import { writeWhole } from '../../electron/main/files/whole-file'
import { SAVED_AS } from './places'

/** What the user opens next. */
export interface Chosen {
  bytes: Uint8Array | null
}

export function savingTo(
  chosen: Chosen,
  disk: Disk,
  folder: string,
  saved: (bytes: Uint8Array) => void,
): FileDialogs {
  return {
    save(_suggestedName, content, isStillWanted) {
      if (!isStillWanted()) return Promise.resolve(false)
      return Promise.resolve().then(() => {
        writeWhole(`${folder}/${SAVED_AS}`, content, disk)
        saved(typeof content === 'string' ? Buffer.from(content) : content)
        return true
      })
    },
    open: () => Promise.resolve(chosen.bytes === null ? null : { name: 'saved', bytes: chosen.bytes }),
  }
}

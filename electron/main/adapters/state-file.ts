import { basename, join } from 'node:path'
import type { StateStore } from '../../core/base/ports'
import { codeOf, type Disk, nodeDisk } from '../files/disk'
import { writeDurably } from '../files/durable-file'
import { ownFolder } from '../files/private-files'
import { readOwnText } from '../files/read-file'
import { keepCopy, quarantine } from '../files/quarantine'
import { unwritable } from '../files/whole-file'

type StateName = 'tokendesk' | 'reminders' | 'lock' | 'proxy' | 'list-start' | 'usage' | 'view' | 'window'

/**
 * `<profile>/<name>.json`: `tokendesk` has settings and environments, `reminders` what was shown, `lock` the lock's
 * hash, `proxy` the saved password of a proxy, `list-start` the accounts that a start reads first, `usage` how accounts
 * are used, `view` and `window` what the window shows and where it is.
 */
export function createStateFile(profile: string, name: StateName, disk: Disk = nodeDisk): StateStore {
  const path = join(profile, `${name}.json`)
  return {
    read() {
      try {
        ownFolder(profile, disk)
        return { kind: 'text', text: readOwnText(path, disk) }
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return { kind: 'missing' }
        return { kind: 'unreadable', detail: String(error) }
      }
    },
    write(state) {
      writeDurably(profile, name, state, disk)
    },
    quarantine(why) {
      return basename(quarantine(path, why, disk))
    },
    keepCopy(why) {
      return basename(keepCopy(path, why, disk))
    },
    remove() {
      try {
        // `unlink` removes a link itself, never its target.
        if (disk.lstat(path) !== undefined) disk.unlink(path)
        disk.syncFolder(profile)
      } catch (error) {
        throw unwritable(error)
      }
    },
  }
}

import { readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { StateStore } from '../../core/ports'
import { syncFolder, unwritable, writeDurably } from '../files/durable-file'
import { ownFolder } from '../files/own-files'
import { keepCopy, setAside } from '../files/set-aside'

type StateName = 'tokendesk' | 'reminders' | 'lock' | 'list-start'

/**
 * `<profile>/<name>.json`: `tokendesk` holds settings and environments, `reminders` what has been told, `lock` what
 * unlocks, `list-start` what is read first.
 */
export function createStateFile(profile: string, name: StateName): StateStore {
  const path = join(profile, `${name}.json`)
  return {
    read() {
      try {
        ownFolder(profile)
        return { kind: 'text', text: readFileSync(path, 'utf8') }
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'missing' }
        return { kind: 'unreadable', detail: String(error) }
      }
    },
    write(state) {
      writeDurably(profile, name, state)
    },
    setAside(why) {
      return basename(setAside(path, why))
    },
    keepCopy(why) {
      return basename(keepCopy(path, why))
    },
    remove() {
      try {
        rmSync(path, { force: true })
        syncFolder(profile)
      } catch (error) {
        throw unwritable(error)
      }
    },
  }
}

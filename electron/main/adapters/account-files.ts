import { join, sep } from 'node:path'
import { setImmediate as everybodyElse } from 'node:timers/promises'
import type { FoundRecord, RecordStore, StoredText } from '../../core/base/ports'
import type { AccountId } from '../../shared/account'
import { isUuid } from '../../shared/uuid'
import { type Disk, nodeDisk } from '../files/disk'
import { writeDurably } from '../files/durable-file'
import { sweepNames } from '../files/left-overs'
import { isLink, ownFolder, refuseLink, removeAny } from '../files/private-files'
import { isNoFile, readOwnText } from '../files/read-file'
import { keepCopy, quarantine } from '../files/quarantine'
import { unwritable } from '../files/whole-file'

/** Records are read synchronously for this long at a time. A small file costs an eighth of what a promise would. */
const SLICE_MS = 4
/** About the size of a record with long tokens. */
const SCRAP_BYTES = 16 * 1024
const RECORD = /^([0-9a-f-]{36})\.json$/u
const SET_ASIDE = /^([0-9a-f-]{36})\.json\.(?:damaged|newer-version)-\d+$/u
/** Any file beside a record: quarantined, copied, or left over. */
const COPY = /^([0-9a-f-]{36})\.json\./u

/** What a killed write or probe left. */
const LEFT_OVER = /^(?:.+\.json\.tmp-[0-9a-f]+|probe\.json)$/u

/**
 * `<profile>/accounts/<id>.json`, one file per account, readable for the owner only. Nothing is written into a folder
 * that is a link.
 */
export function createAccountFiles(profile: string, disk: Disk = nodeDisk): RecordStore {
  const folder = join(profile, 'accounts')
  const path = (id: AccountId): string => join(folder, `${nameOf(id)}.json`)
  /** The size of the longest record read or written so far. */
  let longest = 0

  return {
    async *readAll(first) {
      const names = namesIn(folder, disk)
      const live = new Map(names.flatMap((name) => entry(RECORD.exec(name), name)))
      // A Map keeps the first position of a key that is set twice.
      const inOrder = new Map([...first.flatMap((id) => entryOf(live, id)), ...live])
      // Of several quarantined files the latest counts.
      const aside = new Map(
        byAge(
          folder,
          names.filter((name) => SET_ASIDE.test(name)),
          disk,
        )
          .flatMap((name) => entry(SET_ASIDE.exec(name), name))
          .filter(([id]) => !live.has(id)),
      )
      sweep(folder, names, disk)
      const found = function* (files: Map<AccountId, string>, quarantine: boolean): Generator<FoundRecord> {
        // Not `join`, which checks each character: a fifteenth of the whole reading time.
        for (const [id, name] of files) {
          const stored = read(folder + sep + name, disk)
          if (stored.kind === 'text') longest = Math.max(longest, stored.text.length)
          yield { id, stored, quarantine }
        }
      }
      let until = performance.now() + SLICE_MS
      for (const files of [found(inOrder, false), found(aside, true)]) {
        for (const record of files) {
          yield record
          if (performance.now() < until) continue
          await everybodyElse()
          until = performance.now() + SLICE_MS
        }
      }
    },

    write(id, record) {
      refuseLink(folder, disk)
      longest = Math.max(longest, writeDurably(folder, nameOf(id), record, disk))
    },

    probe() {
      const name = 'probe'
      refuseLink(folder, disk)
      writeDurably(folder, name, { scrap: 'x'.repeat(Math.max(SCRAP_BYTES, longest)) }, disk)
      removing(() => {
        disk.unlink(join(folder, `${name}.json`))
      })
    },

    quarantine(id, why) {
      refuseLink(folder, disk)
      quarantine(path(id), why, disk)
    },

    keepCopy(id, why) {
      refuseLink(folder, disk)
      keepCopy(path(id), why, disk)
    },

    remove(id) {
      const record = `${nameOf(id)}.json`
      removing(() => {
        refuseLink(folder, disk)
        for (const name of disk.readdir(folder)) {
          // Removes even a folder that has replaced a record.
          if (name.startsWith(record)) removeAny(join(folder, name), disk)
        }
        disk.syncFolder(folder)
      })
    },

    removeCopies(isToGo) {
      removing(() => {
        refuseLink(folder, disk)
        if (disk.stat(folder) === undefined) return
        for (const name of disk.readdir(folder)) {
          const id = COPY.exec(name)?.[1] as AccountId | undefined
          if (id === undefined || isToGo?.(id, textOf(read(join(folder, name), disk))) === false) continue
          removeAny(join(folder, name), disk)
        }
        disk.syncFolder(folder)
      })
    },
  }
}

/** Wherever an id came from, only a real one names a file. */
function nameOf(id: AccountId): string {
  if (!isUuid(id)) throw new Error('no id of an account')
  return id
}

function removing(run: () => void): void {
  try {
    run()
  } catch (error) {
    throw unwritable(error)
  }
}

function byAge(folder: string, names: readonly string[], disk: Disk): readonly string[] {
  const written = (name: string): number => disk.lstat(join(folder, name))?.mtimeMs ?? 0
  return [...names].sort((a, b) => written(a) - written(b))
}

function sweep(folder: string, names: readonly string[], disk: Disk): void {
  try {
    if (!isLink(folder, disk)) sweepNames(folder, names, LEFT_OVER, disk)
  } catch {
    // On a read-only profile they stay until it is writable.
  }
}

/** Throws when the folder exists but can't be read: unreadable accounts must not look like none. */
function namesIn(folder: string, disk: Disk): readonly string[] {
  try {
    if (!isLink(folder, disk)) ownFolder(folder, disk)
  } catch {
    // A read-only profile may lack this folder.
    if (disk.stat(folder) === undefined) return []
  }
  return disk.readdir(folder)
}

function entry(match: RegExpExecArray | null, name: string): [AccountId, string][] {
  const id = match?.[1]
  return id === undefined || !isUuid(id) ? [] : [[id as AccountId, name]]
}

function entryOf(files: ReadonlyMap<AccountId, string>, id: AccountId): [AccountId, string][] {
  const name = files.get(id)
  return name === undefined ? [] : [[id, name]]
}

function textOf(stored: StoredText): string {
  return stored.kind === 'text' ? stored.text : ''
}

function read(path: string, disk: Disk): StoredText {
  try {
    return { kind: 'text', text: readOwnText(path, disk) }
  } catch (error) {
    // What has replaced the file is no record, and other permissions wouldn't make it one.
    if (isNoFile(error)) return { kind: 'text', text: '' }
    return { kind: 'unreadable', detail: String(error) }
  }
}

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

/**
 * For so long records are read and taken in at once. A small file that is read so costs an eighth of one read by
 * promises.
 */
const SLICE_MS = 4
/** About what a record with long tokens takes. */
const SCRAP_BYTES = 16 * 1024
const RECORD = /^([0-9a-f-]{36})\.json$/u
const SET_ASIDE = /^([0-9a-f-]{36})\.json\.(?:damaged|newer-version)-\d+$/u
/** All that may lie beside a record: quarantined, copied, or left over. */
const COPY = /^([0-9a-f-]{36})\.json\./u

/** What a killed write or probe left. */
const LEFT_OVER = /^(?:.+\.json\.tmp-[0-9a-f]+|probe\.json)$/u

/**
 * `<profile>/accounts/<id>.json`, one file an account, the folder and the files for the owner alone. Nothing is written
 * into a folder that is a link.
 */
export function createAccountFiles(profile: string, disk: Disk = nodeDisk): RecordStore {
  const folder = join(profile, 'accounts')
  const path = (id: AccountId): string => join(folder, `${nameOf(id)}.json`)
  /** What the longest record that was read or written takes. */
  let longest = 0

  return {
    async *readAll(first) {
      const names = namesIn(folder, disk)
      const live = new Map(names.flatMap((name) => entry(RECORD.exec(name), name)))
      // What a map is given twice stays in its first place.
      const inOrder = new Map([...first.flatMap((id) => entryOf(live, id)), ...live])
      // Of several quarantined files the one written last counts.
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
        // `join` looks at each letter: a fifteenth of all the time that reading takes.
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
          // Also a folder that has taken a record's place.
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

/** Whatever an id came from: no file is named by anything that is none. */
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
    // On a profile that can't be written they stay until it can.
  }
}

/** Throws when the folder is there and can't be read: no accounts and lost ones are not the same. */
function namesIn(folder: string, disk: Disk): readonly string[] {
  try {
    if (!isLink(folder, disk)) ownFolder(folder, disk)
  } catch {
    // A profile that can't be written may have no such folder.
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
    // What has taken the file's place is no record, and nothing that the right permissions would make one.
    if (isNoFile(error)) return { kind: 'text', text: '' }
    return { kind: 'unreadable', detail: String(error) }
  }
}

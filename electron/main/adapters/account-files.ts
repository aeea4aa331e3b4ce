import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { setImmediate as everybodyElse } from 'node:timers/promises'
import type { FoundRecord, RecordStore, StoredText } from '../../core/ports'
import type { AccountId } from '../../shared/account'
import { syncFolder, unwritable, writeDurably } from '../files/durable-file'
import { isLink, ownFolder, refuseLink } from '../files/own-files'
import { keepCopy, setAside } from '../files/set-aside'

/** For so long records are read and taken in at once. A small file that is read so costs an eighth of one read by promises. */
const SLICE_MS = 4
/** About what a record with long tokens takes. */
const SCRAP = 'x'.repeat(16 * 1024)
const RECORD = /^([0-9a-f-]{36})\.json$/u
const SET_ASIDE = /^([0-9a-f-]{36})\.json\.(?:damaged|newer-version)-(\d+)$/u
/** All that may lie beside a record: set aside, copied, or left over. */
const COPY = /^[0-9a-f-]{36}\.json\./u
/** What a write that was killed half-way leaves behind (the `atomically` package's name for it). */
const LEFT_OVER = /\.json\.tmp-[0-9a-f]+$/u

/**
 * `<profile>/accounts/<id>.json`, one file an account, the folder and the files for the owner alone. Nothing is written
 * into a folder that is a link.
 */
export function createAccountFiles(profile: string): RecordStore {
  const folder = join(profile, 'accounts')
  const path = (id: AccountId): string => join(folder, `${id}.json`)

  return {
    async *readAll(first) {
      const names = namesIn(folder)
      const live = new Map(names.flatMap((name) => entry(RECORD.exec(name), name)))
      // What a map is given twice stays in its first place.
      const inOrder = new Map([...first.flatMap((id) => entryOf(live, id)), ...live])
      // Of several that were set aside the one written last counts.
      const aside = new Map(
        byAge(
          folder,
          names.filter((name) => SET_ASIDE.test(name)),
        )
          .flatMap((name) => entry(SET_ASIDE.exec(name), name))
          .filter(([id]) => !live.has(id)),
      )
      sweep(folder, names)
      const found = function* (files: Map<AccountId, string>, setAside: boolean): Generator<FoundRecord> {
        // `join` looks at each letter: a fifteenth of all the time that reading takes.
        for (const [id, name] of files) yield { id, stored: read(folder + sep + name), setAside }
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
      refuseLink(folder)
      writeDurably(folder, id, record)
    },

    probe() {
      const name = 'probe'
      refuseLink(folder)
      writeDurably(folder, name, { scrap: SCRAP })
      rmSync(join(folder, `${name}.json`))
    },

    setAside(id, why) {
      refuseLink(folder)
      setAside(path(id), why)
    },

    keepCopy(id, why) {
      refuseLink(folder)
      keepCopy(path(id), why)
    },

    remove(id) {
      try {
        refuseLink(folder)
        for (const name of readdirSync(folder)) {
          // Also a folder that has taken a record's place.
          if (name.startsWith(`${id}.json`)) rmSync(join(folder, name), { force: true, recursive: true })
        }
        syncFolder(folder)
      } catch (error) {
        throw unwritable(error)
      }
    },

    removeCopies() {
      try {
        refuseLink(folder)
        if (!existsSync(folder)) return
        for (const name of readdirSync(folder)) {
          if (COPY.test(name)) rmSync(join(folder, name), { force: true, recursive: true })
        }
        syncFolder(folder)
      } catch (error) {
        throw unwritable(error)
      }
    },
  }
}

function byAge(folder: string, names: readonly string[]): readonly string[] {
  const written = (name: string): number =>
    statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0
  return [...names].sort((a, b) => written(a) - written(b))
}

function sweep(folder: string, names: readonly string[]): void {
  if (isLink(folder)) return
  try {
    for (const name of names) if (LEFT_OVER.test(name)) rmSync(join(folder, name), { force: true })
  } catch {
    // On a profile that can't be written they stay until it can.
  }
}

/** Throws when the folder is there and can't be read: no accounts and lost ones are not the same. */
function namesIn(folder: string): readonly string[] {
  try {
    if (!isLink(folder)) ownFolder(folder)
  } catch {
    // A profile that can't be written may have no such folder.
    if (!existsSync(folder)) return []
  }
  return readdirSync(folder)
}

function entry(match: RegExpExecArray | null, name: string): [AccountId, string][] {
  return match?.[1] === undefined ? [] : [[match[1] as AccountId, name]]
}

function entryOf(files: ReadonlyMap<AccountId, string>, id: AccountId): [AccountId, string][] {
  const name = files.get(id)
  return name === undefined ? [] : [[id, name]]
}

function read(path: string): StoredText {
  try {
    return { kind: 'text', text: readFileSync(path, 'utf8') }
  } catch (error) {
    // What has taken the file's place is no record, and nothing that the right permissions would make one.
    if (error instanceof Error && 'code' in error && error.code === 'EISDIR')
      return { kind: 'text', text: '' }
    return { kind: 'unreadable', detail: String(error) }
  }
}

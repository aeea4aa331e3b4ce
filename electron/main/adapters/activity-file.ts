import { join } from 'node:path'
import type { ActivityFile } from '../../core/base/ports'
import { appendOwn } from '../files/append-file'
import { codeOf, type Disk, nodeDisk } from '../files/disk'
import { readOwnText } from '../files/read-file'
import { writeWhole } from '../files/whole-file'

/** `<profile>/activity.jsonl`, readable for the owner only. */
export function createActivityFile(profile: string, disk: Disk = nodeDisk): ActivityFile {
  const path = join(profile, 'activity.jsonl')
  return {
    read: asPromise(() => {
      try {
        return readOwnText(path, disk)
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return ''
        throw error
      }
    }),
    append: asPromise((text) => {
      appendOwn(path, text, disk)
    }),
    replace: asPromise((text) => {
      writeWhole(path, text, disk)
    }),
  }
}

/** Turns what it throws into a rejection. */
function asPromise<Given extends unknown[], Value>(
  run: (...given: Given) => Value,
): (...given: Given) => Promise<Value> {
  return (...given) => Promise.resolve().then(() => run(...given))
}

import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ActivityFile } from '../../core/ports'
import { appendOwn, OWN_FILE_MODE } from '../files/own-files'

/** `<profile>/activity.jsonl`. Owner-only, as everything in the profile. */
export function createActivityFile(profile: string): ActivityFile {
  const path = join(profile, 'activity.jsonl')
  return {
    async read() {
      try {
        return await readFile(path, 'utf8')
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
        throw error
      }
    },
    append: (text) => appendOwn(path, text),
    async replace(text) {
      const fresh = `${path}.new`
      // What a killed app left there, or a link that somebody planted.
      await rm(fresh, { force: true })
      await writeFile(fresh, text, { mode: OWN_FILE_MODE, flag: 'wx' })
      await rename(fresh, path)
    },
  }
}

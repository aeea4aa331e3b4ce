import { appendFile, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ActivityFile } from '../../core/ports'

/** `<profile>/activity.jsonl`. Owner-only, as everything in the profile. */
export function createActivityFile(profile: string): ActivityFile {
  const path = join(profile, 'activity.jsonl')
  const mode = 0o600
  return {
    async read() {
      try {
        return await readFile(path, 'utf8')
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
        throw error
      }
    },
    append: (text) => appendFile(path, text, { mode }),
    async replace(text) {
      await writeFile(`${path}.new`, text, { mode })
      await rename(`${path}.new`, path)
    },
  }
}

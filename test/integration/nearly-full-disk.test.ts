/** A real disk with next to no space: what is said to be stored is whole, and what can't be stored leaves the old as it was. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { StorageUnwritableError } from '../../electron/core/base/errors'
import { createAccountFiles } from '../../electron/main/adapters/account-files'
import { createStateFile } from '../../electron/main/adapters/state-file'
import type { AccountId } from '../../electron/shared/account'
import { mountVolume, type Volume } from '../support/volume'

vi.mock('electron', () => ({ default: {} }))

const ID = '00000000-0000-4000-8000-000000000001' as AccountId
const PAGE = 4_096

let profile = ''
let volume: Volume | null = null
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'tokendesk-nearly-full-'))
  volume = mountVolume(profile, '2m')
})
afterEach(() => {
  volume?.unmount()
  rmSync(profile, { recursive: true, force: true })
})

/** All but so many pages are taken. */
function leave(pages: number): void {
  volume?.fill()
  const filling = join(profile, 'filling')
  truncateSync(filling, Math.floor(statSync(filling).size / PAGE - pages) * PAGE)
}

function documentOf(characters: number, filledWith: string): object {
  return { text: filledWith.repeat(characters) }
}

const WRITERS = {
  'an account': {
    file: `accounts/${ID}.json`,
    write: (document: object) => {
      createAccountFiles(profile).write(ID, document)
    },
  },
  'the settings': {
    file: 'tokendesk.json',
    write: (document: object) => {
      createStateFile(profile, 'tokendesk').write(document)
    },
  },
}

const canMount = process.platform === 'linux' && process.getuid?.() === 0

describe.runIf(canMount)('a nearly full disk', () => {
  describe.each(Object.entries(WRITERS))('and %s', (_, { file, write }) => {
    describe.each([0, 1, 2, 3, 4])('with %i free pages', (pages) => {
      it.each([1, 4, 7, 16, 64])('stores %i KiB whole, or says so and keeps what was there', (size) => {
        const before = documentOf(size * 1024, 'a')
        const after = documentOf(size * 1024, 'b')
        write(before)
        leave(pages)
        let stored = before
        try {
          write(after)
          stored = after
        } catch (error) {
          expect(error).toBeInstanceOf(StorageUnwritableError)
          expect(String(error)).toContain('ENOSPC')
        }
        expect(JSON.parse(readFileSync(join(profile, file), 'utf8'))).toEqual(stored)
        const [name] = file.split('/').slice(-1)
        expect(
          readdirSync(join(profile, file, '..')).filter((each) => each.startsWith(`${name ?? ''}.`)),
        ).toEqual([])
      })
    })
  })

  it.each([0, 1, 2, 3])('with %i free pages fails the probe for a new account', (pages) => {
    const files = createAccountFiles(profile)
    files.write(ID, {})
    leave(pages)
    expect(() => {
      files.probe()
    }).toThrow('ENOSPC')
    expect(readdirSync(join(profile, 'accounts'))).toEqual([`${ID}.json`])
  })
})

/** Backups and exports, where the user wants them. Electron's dialogs answer what a test says. */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { StorageUnwritableError } from '../../electron/core/base/errors'
import { createFileDialogs } from '../../electron/main/adapters/file-dialogs'
import { type Disk, nodeDisk } from '../../electron/main/files/disk'
import { sweepLeftOvers } from '../../electron/main/files/left-overs'
import { mountVolume } from '../support/volume'
import { lastDisk } from '../support/disks'

const { showSaveDialog, showOpenDialog } = vi.hoisted(() => ({
  showSaveDialog: vi.fn<(options: object) => Promise<object>>(),
  showOpenDialog: vi.fn<(options: object) => Promise<object>>(),
}))
vi.mock('electron', () => ({ default: {}, dialog: { showSaveDialog, showOpenDialog } }))

const PAGE = 4_096
const OLD = 'the only backup there is '.repeat(1_000)
const NEW = 'the next one '.repeat(3_000)

let folder = ''
let profile = ''
let place = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokendesk-saved-'))
  profile = join(folder, 'profile')
  place = join(folder, 'place')
  for (const each of [profile, place]) mkdirSync(each)
})
afterEach(() => {
  vi.resetAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

async function save(filePath: string, disk: Disk = nodeDisk, content = NEW): Promise<boolean> {
  showSaveDialog.mockResolvedValue({ canceled: false, filePath })
  return await createFileDialogs(() => null, profile, disk).save('x.csv', content, () => true)
}

function backup(): string {
  return join(place, 'backup.tokendesk')
}

describe('a file that is saved for the user', () => {
  it('asks before it takes the place of another, also on Linux', async () => {
    await save(backup())
    expect(showSaveDialog).toHaveBeenCalledWith(
      expect.objectContaining({
        properties: expect.arrayContaining(['showOverwriteConfirmation']) as unknown,
      }),
    )
  })

  it('takes the place of an old one for its owner alone, and leaves nothing beside it', async () => {
    writeFileSync(backup(), OLD)
    chmodSync(backup(), 0o644)
    expect(await save(backup())).toBe(true)
    expect(readFileSync(backup(), 'utf8')).toBe(NEW)
    expect(statSync(backup()).mode & 0o777).toBe(0o600)
    expect(readdirSync(place)).toEqual(['backup.tokendesk'])
    expect(readdirSync(profile)).toEqual([])
  })

  it('may have the longest name that there is', async () => {
    const name = `${'x'.repeat(251)}.csv`
    await save(join(place, name))
    expect(readdirSync(place)).toEqual([name])
  })

  it('leaves a link a link, and replaces what it points to', async () => {
    writeFileSync(backup(), OLD)
    const link = join(folder, 'link.tokendesk')
    symlinkSync(backup(), link)
    await save(link)
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readFileSync(backup(), 'utf8')).toBe(NEW)
  })

  it('is refused where a link points nowhere', async () => {
    const link = join(folder, 'link.tokendesk')
    symlinkSync(backup(), link)
    await expect(save(link)).rejects.toThrow(StorageUnwritableError)
    expect(existsSync(backup())).toBe(false)
  })

  it.runIf(process.platform !== 'win32')('takes the place of no pipe', async () => {
    execFileSync('mkfifo', [backup()])
    await expect(save(backup())).rejects.toThrow(StorageUnwritableError)
    expect(lstatSync(backup()).isFIFO()).toBe(true)
  })

  it('is refused in a folder that takes no draft, and the old one stays', async () => {
    writeFileSync(backup(), OLD)
    const open: Disk['open'] = (path, flags, mode) => {
      if (path.startsWith(place)) throw Object.assign(new Error('EACCES'), { code: 'EACCES' })
      return nodeDisk.open(path, flags, mode)
    }
    await expect(save(backup(), { ...nodeDisk, open })).rejects.toThrow('EACCES')
    expect(readFileSync(backup(), 'utf8')).toBe(OLD)
  })

  it('can be saved where the profile can’t be written', async () => {
    const open: Disk['open'] = (path, flags, mode) => {
      if (path.startsWith(profile)) throw Object.assign(new Error('EROFS'), { code: 'EROFS' })
      return nodeDisk.open(path, flags, mode)
    }
    expect(await save(backup(), { ...nodeDisk, open })).toBe(true)
    expect(readFileSync(backup(), 'utf8')).toBe(NEW)
  })

  const canMount = process.platform === 'linux' && process.getuid?.() === 0
  it.runIf(canMount).each([0, 1, 2, 3, 8])(
    'is refused with %i free pages, and the old one stays',
    async (pages) => {
      const volume = mountVolume(place, '1m')
      try {
        writeFileSync(backup(), OLD)
        volume?.fill()
        const filling = join(place, 'filling')
        truncateSync(filling, (Math.floor(statSync(filling).size / PAGE) - pages) * PAGE)
        await expect(save(backup())).rejects.toThrow('ENOSPC')
        expect(readFileSync(backup(), 'utf8')).toBe(OLD)
        expect(readdirSync(place).sort()).toEqual(['backup.tokendesk', 'filling'])
      } finally {
        volume?.unmount()
      }
    },
  )
})

describe('a save that was killed', () => {
  /** With its draft written and not yet in its place. */
  async function kill(): Promise<void> {
    for (let n = 1; readdirSync(place).length < 2; n += 1) {
      await save(backup(), lastDisk(n).disk).catch(() => undefined)
    }
  }
  beforeEach(() => {
    writeFileSync(backup(), OLD)
  })

  it('has its draft swept from where it was to be, and the file stays', async () => {
    await kill()
    sweepLeftOvers(profile)
    expect(readdirSync(place)).toEqual(['backup.tokendesk'])
    expect(readFileSync(backup(), 'utf8')).toBe(OLD)
    expect(readdirSync(profile)).toEqual([])
  })

  it.each<[string, (precious: string) => string]>([
    ['another file', (precious) => JSON.stringify({ version: 1, draft: precious })],
    [
      'a place within the profile',
      () => JSON.stringify({ version: 1, draft: '.tokendesk.tmp-0123456789abcdef' }),
    ],
    ['nothing', () => '{"version":1}'],
    ['invalid-response', () => 'invalid-response'],
  ])('removes nothing when its note names %s', (_case, noteOf) => {
    const precious = join(place, 'precious')
    writeFileSync(precious, 'precious')
    const relative = join(profile, '.tokendesk.tmp-0123456789abcdef')
    writeFileSync(relative, 'precious')
    writeFileSync(join(profile, 'saving.json'), noteOf(precious))
    sweepLeftOvers(profile)
    expect(existsSync(precious)).toBe(true)
    expect(existsSync(relative)).toBe(true)
  })

  it('removes no folder and follows no link of a draft’s name', () => {
    const precious = join(place, 'precious')
    writeFileSync(precious, 'precious')
    const [folderDraft, linkDraft] = ['1', '2'].map((digit) =>
      join(place, `.tokendesk.tmp-${digit.repeat(16)}`),
    )
    mkdirSync(folderDraft ?? '')
    symlinkSync(precious, linkDraft ?? '')
    for (const draft of [folderDraft, linkDraft]) {
      writeFileSync(join(profile, 'saving.json'), JSON.stringify({ version: 1, draft }))
      sweepLeftOvers(profile)
      expect(lstatSync(draft ?? '')).toBeDefined()
    }
    expect(readFileSync(precious, 'utf8')).toBe('precious')
  })
})

describe('temporary files', () => {
  it('of killed writes, also of earlier versions, are swept from the profile, and nothing else is', () => {
    const ours = [
      'tokendesk.json',
      'reminders.json',
      'lock.json',
      'proxy.json',
      'list-start.json',
      'usage.json',
      'view.json',
      'window.json',
      'activity.jsonl',
    ]
    const others = ['Preferences', 'Cookies.tmp-0a1b', '.org.chromium.Chromium.tmp-0a', 'x.json.tmp-0a1b']
    const leftOver = [
      ...ours.map((name) => `${name}.tmp-1732417200a1b2c3`),
      'saving.json.tmp-0a',
      'activity.jsonl.new',
    ]
    for (const name of [...ours, ...others, ...leftOver]) writeFileSync(join(profile, name), '{}')
    sweepLeftOvers(profile)
    expect(readdirSync(profile).sort()).toEqual([...ours, ...others].sort())
  })

  it('block no start where they can’t be removed', () => {
    writeFileSync(join(profile, 'tokendesk.json.tmp-0a'), '{}')
    const unlink = (): never => {
      throw Object.assign(new Error('EROFS'), { code: 'EROFS' })
    }
    expect(() => {
      sweepLeftOvers(profile, { ...nodeDisk, unlink })
    }).not.toThrow()
    expect(() => {
      sweepLeftOvers(join(folder, 'nowhere'))
    }).not.toThrow()
  })
})

describe('a file that the user opens', () => {
  async function opened(path: string): Promise<unknown> {
    showOpenDialog.mockResolvedValue({ filePaths: [path] })
    return await createFileDialogs(() => null, profile).open()
  }

  it('is read as it is', async () => {
    writeFileSync(backup(), OLD)
    expect(await opened(backup())).toEqual({ name: 'backup.tokendesk', bytes: Buffer.from(OLD) })
  })

  it.runIf(process.platform !== 'win32')('that is a pipe holds nothing, and is not waited for', async () => {
    execFileSync('mkfifo', [backup()])
    expect(await opened(backup())).toEqual({ name: 'backup.tokendesk', bytes: Buffer.alloc(0) })
  })
})

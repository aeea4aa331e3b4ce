/** The log on a real disk. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest'
import { createAppLog, logLevelOf } from '../../electron/main/adapters/app-log'
import { RotatingFile } from '../../electron/main/files/rotating-file'

let profile = ''
let folder = ''
let stderr: MockInstance<typeof process.stderr.write>
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'tokendesk-log-'))
  folder = join(profile, 'logs')
  stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(profile, { recursive: true, force: true })
})

function logFile(): string {
  return join(folder, 'tokendesk.log')
}

describe('the log', () => {
  it('is one object a line, in the order in which they came, for the owner alone', async () => {
    const log = createAppLog(folder, 'info', () => 0)
    log.info('started', { accounts: 2 })
    log.error('a call failed', { code: null })
    await log.settled()
    expect(readFileSync(logFile(), 'utf8')).toBe(
      '{"time":"1970-01-01T00:00:00.000Z","level":"info","message":"started","accounts":2}\n' +
        '{"time":"1970-01-01T00:00:00.000Z","level":"error","message":"a call failed","code":null}\n',
    )
    expect(statSync(logFile()).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('goes to standard error, too', () => {
    createAppLog(folder, 'info', () => 0).warn('settings not saved')
    expect(stderr).toHaveBeenCalledWith(expect.stringContaining('settings not saved'))
  })

  it.each([
    ['debug', ['debug', 'info', 'warn', 'error']],
    ['warn', ['warn', 'error']],
    ['invalid-response', ['info', 'warn', 'error']],
    [undefined, ['info', 'warn', 'error']],
  ])('at the level %s has %j', async (name, levels) => {
    const log = createAppLog(folder, logLevelOf(name), () => 0)
    log.debug('x')
    log.info('x')
    log.warn('x')
    log.error('x')
    const lines = await log.tail(10)
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(levels)
  })

  it('cuts what is too long to be an id or a code', async () => {
    const log = createAppLog(folder, 'info', () => 0)
    log.info('x', { detail: 'y'.repeat(5_000) })
    expect((await log.tail(1))[0]?.length).toBeLessThan(300)
  })
})

describe('its file', () => {
  const LIMITS = { maxBytes: 100, files: 3 }

  async function write(count: number): Promise<RotatingFile> {
    const file = new RotatingFile(logFile(), LIMITS)
    for (let n = 1; n <= count; n += 1) {
      file.append(`line ${String(n)} ${'.'.repeat(20)}`)
      await file.settled()
    }
    return file
  }

  it('is put aside when it is full, and the oldest of three goes', async () => {
    await write(40)
    expect(readdirSync(folder).sort()).toEqual(['tokendesk.1.log', 'tokendesk.2.log', 'tokendesk.log'])
    for (const name of readdirSync(folder)) {
      expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(LIMITS.maxBytes)
    }
    expect(readFileSync(logFile(), 'utf8')).toContain('line 40 ')
  })

  it('tells its end, across the one put aside and across a restart', async () => {
    await write(5)
    const lines = await new RotatingFile(logFile(), LIMITS).tail(4)
    expect(lines.map((line) => line.slice(0, 6))).toEqual(['line 2', 'line 3', 'line 4', 'line 5'])
  })

  it('writes in one go what comes in one turn, and loses none of it', async () => {
    const file = new RotatingFile(logFile(), { maxBytes: 10_000, files: 2 })
    for (let n = 0; n < 100; n += 1) file.append(String(n))
    expect(await file.tail(1_000)).toEqual(Array.from({ length: 100 }, (_, n) => String(n)))
  })

  it('continues without a word when the disk refuses, and again when it no longer does', async () => {
    writeFileSync(folder, 'in the way')
    const file = new RotatingFile(logFile(), LIMITS)
    file.append('lost')
    await file.settled()
    rmSync(folder)
    file.append('kept')
    expect(await file.tail(10)).toEqual(['kept'])
  })

  it('follows no link, neither to write nor to read', async () => {
    const elsewhere = join(profile, 'elsewhere')
    writeFileSync(elsewhere, 'private\n')
    mkdirSync(folder)
    symlinkSync(elsewhere, logFile())
    const file = new RotatingFile(logFile(), LIMITS)
    file.append('x')
    expect(await file.tail(10)).toEqual([])
    expect(readFileSync(elsewhere, 'utf8')).toBe('private\n')
  })

  it('nor one in place of its folder', async () => {
    const elsewhere = join(profile, 'elsewhere')
    mkdirSync(elsewhere)
    symlinkSync(elsewhere, folder)
    const file = new RotatingFile(logFile(), LIMITS)
    file.append('x')
    await file.settled()
    expect(readdirSync(elsewhere)).toEqual([])
  })
})

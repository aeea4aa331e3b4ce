/** Dates and times on a Linux desktop: by LC_TIME, and by the zone that the computer is in. */
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { date, writeDatesAs } from '../../electron/shared/wording'
import { AppWindow } from '../support/app-window'
import { executable } from '../support/electron-app'
import { addPartner, expect, test } from '../support/served-app'

const DAY = 86_400_000
const isRoot = process.platform === 'linux' && process.getuid?.() === 0

test('dates follow LC_TIME, apart from the language of the desktop', async ({ launch }) => {
  const { window } = await launch({ env: { LC_ALL: '', LANG: 'en_US.UTF-8', LC_TIME: 'de_DE.UTF-8' } })
  const settings = await new AppWindow(window).openSettings()
  await expect(settings).toContainText(/follow your system’s format: \d\d\.\d\d\.\d{4} at \d\d:\d\d/u)
})

test.describe('on a computer that moves', () => {
  test.skip(!isRoot, 'only root can give the app a folder /etc of its own')

  test('window and notifications are in its new zone within a minute', async ({
    launch,
    server,
    received,
  }) => {
    test.setTimeout(120_000)
    const machine = makeMachine('Etc/UTC')
    try {
      const env = { LC_ALL: 'en_GB.UTF-8' }
      writeDatesAs('en-GB')
      const { window } = await launch({ program: machine.program, env })
      const appWindow = new AppWindow(window)
      const endOf = async (name: string): Promise<number> => {
        const end = appWindow.row(name).locator('[data-deadline="refresh"]')
        return Date.parse((await end.getAttribute('datetime')) ?? '')
      }
      await addPartner(server, appWindow, { name: 'ACME', refreshLifeMs: 6 * DAY })
      const end = await endOf('ACME')
      await appWindow.act('ACME', 'Details')
      await expect(appWindow.details).toContainText(date(end, 'UTC'))
      await expect.poll(() => received.map(({ body }) => body).join('\n')).toContain(date(end, 'UTC'))

      // Where that is another day.
      const zone = new Date(end).getUTCHours() < 11 ? 'Etc/GMT+12' : 'Pacific/Kiritimati'
      expect(date(end, zone)).not.toBe(date(end, 'UTC'))
      machine.moveTo(zone)
      await expect(appWindow.details).toContainText(date(end, zone), { timeout: 70_000 })
      await addPartner(server, appWindow, { name: 'Beta', refreshLifeMs: 6 * DAY })
      const next = await endOf('Beta')
      await expect.poll(() => received.at(-1)?.title).toContain('Beta')
      expect(received.at(-1)?.body).toContain(date(next, zone))
    } finally {
      machine.remove()
    }
  })
})

/** The app on a machine whose `/etc/localtime` is the test's: in a mount namespace of its own. */
function makeMachine(zone: string): {
  readonly program: string
  moveTo(zone: string): void
  remove(): void
} {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tokendesk-machine-'))
  const etc = path.join(folder, 'etc')
  cpSync('/etc', etc, { recursive: true, verbatimSymlinks: true })
  const program = path.join(folder, 'electron')
  writeFileSync(
    program,
    `#!/bin/sh\nexec unshare -m sh -c 'mount --bind "$0" /etc && exec "$@"' '${etc}' '${executable()}' "$@"\n`,
    { mode: 0o755 },
  )
  const moveTo = (next: string): void => {
    const localtime = path.join(etc, 'localtime')
    rmSync(localtime, { force: true })
    symlinkSync(`/usr/share/zoneinfo/${next}`, localtime)
    writeFileSync(path.join(etc, 'timezone'), `${next}\n`)
  }
  moveTo(zone)
  return {
    program,
    moveTo,
    remove() {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

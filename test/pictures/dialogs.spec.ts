/** A picture of each dialog and of what is rarely seen, light and dark, for people to look at, as in window.spec.ts. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startAuthServer, type AuthServer } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import { readClipboard } from '../support/desktop'
import { expect, test } from '../support/electron-app'
import { openQuickPick } from '../support/quick-pick'
import { capture, FOLDER, resize, settled, SIZES, type Size } from '../support/screens'

const HOUR = 3_600_000
const WIDE = SIZES.slice(0, 1)
/** Also as small as the window gets. */
const WIDE_AND_SMALL = SIZES.slice(0, 2)

const PARTNER = 'Harbor Payroll Group'
const COMPANIES = ['Alder Street Bakery', 'Little Owl Toys', 'Quayside Logistics']

async function furnish(appWindow: AppWindow, server: AuthServer): Promise<void> {
  await appWindow.addEnvironment({ name: 'Production', baseUrl: server.url, production: true })
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: `${server.url}/` })
  await appWindow.page.keyboard.press('Escape')
  for (const [nth, name] of [PARTNER, ...COMPANIES, 'Lumen Publishing'].entries()) {
    const apiKey = `key-of-account-${String(nth)}-0123456789`
    const isCompany = COMPANIES.includes(name)
    server.addApiKey({
      apiKey,
      name,
      kind: isCompany ? 'company' : 'partner',
      jwtLifeMs: (24 - 5 * nth) * HOUR,
    })
    await appWindow.addAccount({
      name,
      apiKey,
      environment: name === 'Lumen Publishing' ? 'Sandbox' : 'Production',
      ...(isCompany ? { type: 'Company', partner: PARTNER } : {}),
    })
  }
  await appWindow.page.getByRole('button', { name: 'Not now' }).click()
}

for (const theme of ['light', 'dark'] as const) {
  test(`the dialogs look right, ${theme}`, async ({ launch, profile }) => {
    test.setTimeout(180_000)
    mkdirSync(FOLDER, { recursive: true })
    const server = await startAuthServer()
    const running = await launch()
    const { window, app } = running
    window.setDefaultTimeout(20_000)
    await window.emulateMedia({ colorScheme: theme })
    const appWindow = new AppWindow(window)
    const escape = (): Promise<void> => window.keyboard.press('Escape')
    const pictures = async (state: string, sizes: readonly Size[] = WIDE_AND_SMALL): Promise<void> => {
      for (const size of sizes) {
        await resize(app, window, size)
        await settled(window)
        writeFileSync(join(FOLDER, `${theme}-${state}-${size.name}.png`), await capture(app))
      }
      await resize(app, window, SIZES[0])
    }
    await furnish(appWindow, server)
    const adding = await appWindow.fillAccount({
      name: 'Harbor',
      apiKey: 'harbor-key-0123456789abcdefghijklmnopqrstuvwxyz',
    })
    await adding.getByRole('button', { name: 'Show API key' }).click()
    await pictures('add-account-shown')
    await adding.getByRole('button', { name: 'Cancel' }).click()

    await appWindow.row('Alder Street Bakery').click()
    await appWindow.copyJwt('Alder Street Bakery')
    const jwt = await readClipboard()
    await window.keyboard.press('ControlOrMeta+K')
    await appWindow.dialog('Commands').waitFor()
    await pictures('commands')
    await appWindow.dialog('Commands').getByRole('combobox').fill('alder')
    await pictures('commands-found', WIDE)
    await escape()

    await appWindow.command('View claims of Alder Street Bakery')
    const inside = appWindow.dialog('JWT claims')
    await inside.getByRole('table').waitFor()
    await pictures('view-claims')
    await inside.getByRole('button', { name: 'Reveal' }).click()
    await inside.getByRole('button', { name: 'Hide' }).scrollIntoViewIfNeeded()
    await pictures('look-inside-revealed')
    await escape()
    await appWindow.command('Identify JWT')
    await appWindow.dialog('Identify JWT').getByRole('textbox', { name: 'JWT' }).fill(jwt)
    await appWindow.dialog('Identify JWT').getByRole('button', { name: 'Identify' }).click()
    await appWindow.dialog('Identify JWT').getByRole('button', { name: 'Show account' }).waitFor()
    await pictures('identify-jwt')
    await escape()
    await appWindow.command('Activity')
    await appWindow.dialog('Activity').getByText('Copied').first().waitFor()
    await pictures('activity')
    await escape()
    await appWindow.command('Status icons')
    await appWindow.dialog('Status icons').waitFor()
    await pictures('statuses')
    await escape()

    await appWindow.row('Alder Street Bakery').click()
    await appWindow.row('Quayside Logistics').click({ modifiers: ['Shift'] })
    const selection = window.getByRole('region', { name: 'Selected accounts' })
    await selection.waitFor()
    await pictures('selection')
    await selection.getByRole('button', { name: 'Tag', exact: true }).click()
    const tagging = window.getByRole('dialog', { name: /^Tag/u })
    await tagging.getByRole('textbox', { name: 'New tag' }).fill('payroll')
    await window.keyboard.press('Enter')
    await pictures('tag')
    await tagging.getByRole('button', { name: 'Save' }).click()
    await selection.getByRole('button', { name: 'Move to partner' }).click()
    await appWindow.dialog('Move to partner').waitFor()
    await pictures('move', WIDE)
    await escape()
    await selection.getByRole('button', { name: 'Remove' }).click()
    await window.getByRole('alertdialog').waitFor()
    await pictures('remove-many')
    await window.getByRole('button', { name: 'Keep' }).click()
    await selection.press('Escape')

    const settings = await appWindow.openSettings('Environments')
    await settings.getByRole('button', { name: 'Edit Production' }).click()
    await appWindow.dialog('Edit environment').waitFor()
    await pictures('edit-environment')
    await appWindow.dialog('Edit environment').getByRole('button', { name: 'Cancel' }).click()
    await appWindow.openSettings('Copying')
    await settings.getByRole('checkbox', { name: 'Confirm before copying a production JWT' }).check()
    await escape()
    await appWindow.row('Alder Street Bakery').getByRole('button', { name: 'Copy JWT' }).click()
    await appWindow.alertDialog('Copy a production JWT?').waitFor()
    await pictures('production-question')
    await escape()
    await appWindow.command('Density: Compact')
    await pictures('compact')
    await appWindow.command('Density: Comfortable')

    await appWindow.command('Export accounts…')
    await appWindow.dialog('Export accounts').waitFor()
    await pictures('export')
    await escape()
    await appWindow.command('Back up…')
    const backup = appWindow.dialog('Back up')
    await backup.getByRole('textbox', { name: 'Passphrase', exact: true }).fill('too short')
    await backup.getByRole('button', { name: 'Save backup…' }).click()
    await backup.getByText('Use at least 12 characters').first().waitFor()
    await pictures('backup')
    await backup.getByRole('button', { name: 'Cancel' }).click()
    const notABackup = join(profile, 'not-a.backup')
    writeFileSync(notABackup, 'nothing of use')
    await app.evaluate(({ dialog: system }, path) => {
      system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
    }, notABackup)
    await appWindow.command('Restore a backup…')
    const restore = appWindow.dialog('Restore a backup')
    await restore.getByRole('button', { name: 'Select a backup…' }).click()
    await restore.getByRole('textbox', { name: 'Passphrase' }).fill('not the right words')
    await restore.getByRole('button', { name: 'Restore' }).click()
    await restore.getByRole('alert').waitFor()
    await pictures('restore')
    await escape()

    await appWindow.command('Import accounts')
    const importing = appWindow.dialog('Import accounts')
    await importing.getByRole('textbox').waitFor()
    await pictures('import-source')
    await importing
      .getByRole('textbox')
      .fill(
        [
          'name,type,environment,apiKey,partner',
          'Northwind Trading,partner,Sandbox,no-such-key-1,',
          'Blue Harbour Foods,company,Training,key-2,Northwind Trading',
          'Old Mill Cycles,company,Sandbox,,Northwind Trading',
          `Copper Kettle,company,Sandbox,a key,${'A long name of a partner '.repeat(3)}`,
        ].join('\n'),
      )
    await importing.getByRole('button', { name: 'Continue' }).click()
    await importing.getByRole('table').waitFor()
    await pictures('import-preview')
    server.nextReply({ kind: 'none', delayMs: 4_000 }, '/auth/login')
    await importing.getByRole('button', { name: /^Import 1 account/u }).click()
    await importing.getByRole('progressbar').waitFor()
    await pictures('import-running', WIDE)
    await escape()
    await appWindow.alertDialog('Stop the import?').waitFor()
    await pictures('import-stop', WIDE)
    await window.getByRole('button', { name: 'Continue importing' }).click()
    await importing.getByRole('button', { name: 'Done' }).waitFor()
    await pictures('import-results')
    await importing.getByRole('button', { name: 'Done' }).click()

    const quickPick = await openQuickPick(running)
    await quickPick.emulateMedia({ colorScheme: theme })
    await quickPick.getByRole('option').first().waitFor()
    await settled(quickPick)
    await quickPick.screenshot({ path: join(FOLDER, `${theme}-quick-pick.png`) })
    await server.close()
  })

  test(`what a lost keyring leaves looks right, ${theme}`, async ({ launch }) => {
    test.setTimeout(90_000)
    const server = await startAuthServer()
    const first = await launch()
    await furnish(new AppWindow(first.window), server)
    await first.quit()
    const [record = ''] = readdirSync(join(first.profile, 'accounts'))
    const file = join(first.profile, 'accounts', record)
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -60))

    const { app, window } = await launch({ keyring: false })
    await window.emulateMedia({ colorScheme: theme })
    const appWindow = new AppWindow(window)
    const pictures = async (state: string): Promise<void> => {
      for (const size of WIDE_AND_SMALL) {
        await resize(app, window, size)
        await settled(window)
        writeFileSync(join(FOLDER, `${theme}-${state}-${size.name}.png`), await capture(app))
      }
    }
    const question = appWindow.alertDialog('Keyring changed')
    await question.waitFor()
    await pictures('another-keyring')
    await question.getByRole('button', { name: 'Continue' }).click()
    await expect(appWindow.row(PARTNER)).toHaveAttribute('data-status', 'locked')
    await appWindow.row('Little Owl Toys').click()
    await appWindow.details.waitFor()
    await pictures('locked')
    await server.close()
  })
}

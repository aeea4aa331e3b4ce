/** axe over every view and dialog, in light and in dark. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startAuthServer } from '../support/auth-server'
import { findNothing } from '../support/axe'
import { AppWindow } from '../support/app-window'
import { readClipboard } from '../support/desktop'
import { expect, test } from '../support/electron-app'
import { openQuickPick } from '../support/quick-pick'

const DAY = 86_400_000
const KEYS = {
  partner: 'key-of-partner-0123456789',
  ending: 'key-of-ending-0123456789',
  live: 'key-of-live-0123456789',
  dead: 'key-of-dead-0123456789',
}

test('axe finds nothing in any view, in the details and in the dialogs of accounts', async ({ launch }) => {
  test.setTimeout(480_000)
  const server = await startAuthServer()
  server.addApiKey({ apiKey: KEYS.partner, kind: 'partner' })
  server.addApiKey({ apiKey: KEYS.ending, kind: 'partner', refreshLifeMs: 5 * DAY })
  server.addApiKey({ apiKey: KEYS.live, kind: 'company' })
  server.addApiKey({ apiKey: KEYS.dead, kind: 'company', jwtLifeMs: 1_500 })
  const { window: page } = await launch()
  // Under Playwright an action has no limit of its own, and a wrong name would cost the whole time.
  page.setDefaultTimeout(20_000)
  const appWindow = new AppWindow(page)
  const check = (state: string): Promise<void> => findNothing(page, state)
  const escape = (): Promise<void> => page.keyboard.press('Escape')
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const command = (name: string): Promise<void> => appWindow.command(name)
  const dialogOf = async (name: string, title: string): Promise<void> => {
    await command(name)
    await appWindow.dialog(title).waitFor()
    await check(title)
    await escape()
    await appWindow.dialog(title).waitFor({ state: 'hidden' })
  }

  await button('Add account').waitFor()
  await check('empty')
  await appWindow.addEnvironment({ name: 'Production', baseUrl: server.url, production: true })
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: `${server.url}/` })
  await escape()
  await appWindow.addAccount({ name: 'Harbor Payroll', apiKey: KEYS.partner, environment: 'Production' })
  await appWindow.addAccount({ name: 'Meridian', apiKey: KEYS.ending, environment: 'Sandbox' })
  const under = { type: 'Company', partner: 'Harbor Payroll', environment: 'Production' } as const
  await appWindow.addAccount({ name: 'Alder Bakery', apiKey: KEYS.live, ...under })
  await appWindow.addAccount({ name: 'Little Owl', apiKey: KEYS.dead, ...under })
  await expect(appWindow.row('Little Owl')).toHaveAttribute('data-status', 'needs-key')
  await check('list with the offer to start at login')
  await button('Not now').click()

  for (const view of ['Partners', 'Companies', 'Needs attention', 'Sandbox', 'All accounts']) {
    await page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('button', { name: new RegExp(`^${view}`, 'u') })
      .click()
    await check(`view ${view}`)
  }
  for (const name of ['Alder Bakery', 'Little Owl', 'Meridian']) {
    await appWindow.row(name).click()
    await page.getByRole('complementary', { name: 'Details' }).getByRole('heading', { name }).waitFor()
    await check(`details of ${name}`)
  }
  await page.getByRole('textbox', { name: 'Tags' }).fill('billing')
  await page.keyboard.press('Enter')
  await expect(appWindow.message('Tags of Meridian').first()).toBeVisible()
  await check('tagged')
  const views = page.getByRole('navigation', { name: 'Views' })
  await views.getByRole('button', { name: /^billing/u }).click()
  await expect(appWindow.list.getByRole('row')).toHaveCount(1)
  await check('view of a tag')
  await views.getByRole('button', { name: /^All accounts/u }).click()
  await command('Density: Compact')
  await check('compact')
  await command('Density: Comfortable')

  server.nextReply({ kind: 'reply', status: 503, headers: { 'retry-after': '600' } }, '/auth/refresh')
  await appWindow.act('Meridian', 'Renew now')
  await expect(appWindow.row('Meridian')).toHaveAttribute('data-status', 'retrying')
  server.nextReply({ kind: 'hang', at: 'request' }, '/auth/refresh')
  await appWindow.act('Harbor Payroll', 'Renew now')
  await expect(appWindow.row('Harbor Payroll')).toHaveAttribute('data-status', 'renewing')
  await check('waiting and renewing')

  await appWindow.row('Alder Bakery').getByRole('button', { name: 'More actions' }).click()
  await check('menu')
  await page.getByRole('menuitem', { name: 'Copy as…' }).press('ArrowRight')
  await page.getByRole('menuitem', { name: 'curl (bash)' }).waitFor()
  await check('copy as')
  await escape()
  await escape()

  const search = page.getByRole('searchbox', { name: 'Search accounts' })
  await search.fill('alder')
  await check('found')
  await search.fill('nothing is called so')
  await check('nothing found')
  await search.press('Escape')

  await appWindow.row('Alder Bakery').click()
  await appWindow.row('Little Owl').click({ modifiers: ['ControlOrMeta'] })
  await page.getByRole('region', { name: 'Selected accounts' }).waitFor()
  await check('selection')
  for (const [action, title] of [
    ['Tag', /tag/iu],
    ['Move to partner', /move/iu],
  ] as const) {
    await page
      .getByRole('region', { name: 'Selected accounts' })
      .getByRole('button', { name: action, exact: true })
      .click()
    await page.getByRole('dialog', { name: title }).waitFor()
    await check(action)
    await escape()
  }
  await page
    .getByRole('region', { name: 'Selected accounts' })
    .getByRole('button', { name: 'Remove' })
    .click()
  await page.getByRole('alertdialog').waitFor()
  await check('remove several')
  await page.getByRole('button', { name: 'Keep' }).click()
  await page.getByRole('region', { name: 'Selected accounts' }).press('Escape')

  await appWindow.act('Little Owl', 'Enter API key')
  await appWindow.dialog('Enter API key').waitFor()
  await check('enter API key')
  await escape()
  await appWindow.act('Little Owl', 'Rename')
  await appWindow.dialog('Rename').waitFor()
  await check('rename')
  await escape()
  await appWindow.act('Little Owl', 'Remove')
  await appWindow.alertDialog('Remove Little Owl?').waitFor()
  await check('remove')
  await button('Keep').click()

  const add = await appWindow.fillAccount({ name: 'New', apiKey: 'no-such-key', environment: 'Sandbox' })
  await add.getByRole('button', { name: 'Add', exact: true }).click()
  await add.getByRole('alert').waitFor()
  await check('add account, refused')
  await add.getByRole('textbox', { name: 'Name' }).press('Escape')
  await add.getByText('Press Esc again to discard').waitFor()
  await check('add account, to be discarded')
  await appWindow.choose(add, 'Environment', 'New environment…')
  await appWindow.dialog('New environment').waitFor()
  await check('new environment')
  await appWindow.dialog('New environment').getByRole('button', { name: 'Cancel' }).click()
  await add.getByRole('button', { name: 'Cancel' }).click()

  await page.keyboard.press('ControlOrMeta+K')
  await appWindow.dialog('Commands').waitFor()
  await check('commands')
  await escape()
  await dialogOf('Keyboard shortcuts', 'Keyboard shortcuts')
  await dialogOf('Status icons', 'Status icons')
  await dialogOf('Activity', 'Activity')

  await appWindow.row('Alder Bakery').click()
  await button('View claims').click()
  const inside = appWindow.dialog('JWT claims')
  await inside.getByRole('table').waitFor()
  await check('look inside')
  await inside.getByRole('button', { name: 'Reveal' }).click()
  await inside.getByRole('button', { name: 'Hide' }).waitFor()
  await check('look inside, revealed')
  await escape()

  await button('Settings').click()
  const settings = appWindow.dialog('Settings')
  await settings.getByText('Node.js').waitFor({ state: 'attached' })
  for (const page of await settings.getByRole('navigation').getByRole('button').all()) {
    await page.click()
    await check(`settings, ${await page.innerText()}`)
  }
  await appWindow.openSettings('Environments')
  await settings.getByRole('button', { name: 'Edit Production' }).click()
  await appWindow.dialog('Edit environment').waitFor()
  await check('edit environment')
  await escape()
  await settings.getByRole('button', { name: 'Remove Sandbox' }).click()
  await page.getByRole('alertdialog').waitFor()
  await check('remove environment')
  await button('Keep').click()
  await page.getByRole('alertdialog').waitFor({ state: 'hidden' })
  await appWindow.openSettings('About TokenDesk')
  await settings.getByRole('button', { name: /^Reset/u }).click()
  await appWindow.alertDialog('Reset settings?').waitFor()
  await check('reset settings')
  await button('Cancel').click()
  await appWindow.openSettings('Copying')
  await settings.getByRole('checkbox', { name: 'Confirm before copying a production JWT' }).check()
  await escape()
  await appWindow.row('Alder Bakery').getByRole('button', { name: 'Copy JWT' }).click()
  await appWindow.alertDialog('Copy a production JWT?').waitFor()
  await check('copy from production')
  await server.close()
})

test('axe finds nothing in import, export, backup, identifying a JWT and the quick pick', async ({
  launch,
  profile,
}) => {
  test.setTimeout(180_000)
  const server = await startAuthServer()
  server.addApiKey({ apiKey: KEYS.partner, kind: 'partner' })
  const running = await launch()
  const { app, window: page } = running
  page.setDefaultTimeout(20_000)
  const appWindow = new AppWindow(page)
  const check = (state: string): Promise<void> => findNothing(page, state)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await appWindow.addAccount({ name: 'Harbor Payroll', apiKey: KEYS.partner })

  await appWindow.copyJwt('Harbor Payroll')
  await appWindow.command('Identify JWT')
  const whose = appWindow.dialog('Identify JWT')
  await whose.getByRole('textbox', { name: 'JWT' }).fill(await readClipboard())
  await whose.getByRole('button', { name: 'Identify' }).click()
  await whose.getByRole('button', { name: 'Show account' }).waitFor()
  await check('whose JWT, answered')
  await page.keyboard.press('Escape')

  await appWindow.command('Export accounts…')
  await appWindow.dialog('Export accounts').waitFor()
  await check('export')
  await page.keyboard.press('Escape')

  await appWindow.command('Back up…')
  const backup = appWindow.dialog('Back up')
  await backup.getByRole('textbox', { name: 'Passphrase', exact: true }).fill('twelve letters')
  await backup.getByRole('textbox', { name: 'Confirm passphrase' }).fill('twelve others')
  await backup.getByRole('button', { name: 'Save backup…' }).click()
  await backup.getByRole('alert').first().waitFor()
  await check('back up, passphrases differ')
  await backup.getByRole('button', { name: 'Cancel' }).click()

  const notABackup = join(profile, 'not-a.backup')
  writeFileSync(notABackup, 'nothing of use')
  await app.evaluate(({ dialog: system }, path) => {
    system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  }, notABackup)
  await appWindow.command('Restore a backup…')
  const restore = appWindow.dialog('Restore a backup')
  await restore.waitFor()
  await check('restore')
  await restore.getByRole('button', { name: 'Select a backup…' }).click()
  await restore.getByRole('textbox', { name: 'Passphrase' }).fill('not the right words')
  await restore.getByRole('button', { name: 'Restore' }).click()
  await restore.getByRole('alert').waitFor()
  await check('restore, not a backup')
  await page.keyboard.press('Escape')

  await appWindow.command('Import accounts')
  const importing = appWindow.dialog('Import accounts')
  await importing.waitFor()
  await check('import')
  await importing
    .getByRole('textbox')
    .fill('name,environment,apiKey\nOne,Sandbox,no-such-key\nTwo,Elsewhere,key\n,Sandbox,key')
  await importing.getByRole('button', { name: 'Continue' }).click()
  await importing.getByRole('table').waitFor()
  await check('import, preview')
  server.nextReply({ kind: 'none', delayMs: 6_000 }, '/auth/login')
  await importing.getByRole('button', { name: /^Import 1 account/u }).click()
  await importing.getByRole('progressbar').waitFor()
  await page.keyboard.press('Escape')
  const stop = appWindow.alertDialog('Stop the import?')
  await stop.waitFor()
  await check('import, to be stopped')
  await stop.getByRole('button', { name: 'Continue importing' }).click()
  await stop.waitFor({ state: 'hidden' })
  await check('import, running')
  await importing.getByRole('button', { name: 'Done' }).waitFor()
  await check('import, results')
  await importing.getByRole('button', { name: 'Done' }).click()

  const quickPick = await openQuickPick(running)
  await quickPick
    .getByRole('option', { name: /Harbor/u })
    .first()
    .waitFor()
  await findNothing(quickPick, 'quick pick')
  await quickPick.getByRole('combobox').fill('zebra')
  await quickPick.getByText('Nothing found').first().waitFor()
  await findNothing(quickPick, 'quick pick, nothing found')
  await server.close()
})

test('axe finds nothing in what is asked and shown when the keyring is gone', async ({ launch }) => {
  test.setTimeout(120_000)
  const server = await startAuthServer()
  server.addApiKey({ apiKey: KEYS.partner, kind: 'partner' })
  server.addApiKey({ apiKey: KEYS.live, kind: 'company' })
  const first = await launch()
  const appWindow = new AppWindow(first.window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await appWindow.addAccount({ name: 'Harbor Payroll', apiKey: KEYS.partner })
  await appWindow.addAccount({ name: 'Alder Bakery', apiKey: KEYS.live })
  await first.quit()
  const [record = ''] = readdirSync(join(first.profile, 'accounts'))
  const file = join(first.profile, 'accounts', record)
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, -60))

  const { window: page } = await launch({ keyring: false })
  page.setDefaultTimeout(20_000)
  const without = new AppWindow(page)
  const check = (state: string): Promise<void> => findNothing(page, state)
  const question = without.alertDialog('Keyring changed')
  await question.waitFor()
  await check('another keyring')
  await question.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('complementary', { name: 'Notices at startup' }).waitFor()
  const locked = without.list.locator('[data-status=locked]').first()
  await locked.click()
  await without.details.waitFor()
  await check('notices, and a locked account')
  await page
    .getByRole('contentinfo')
    .getByRole('button', { name: /not protected/iu })
    .click()
  await without.alertDialog('No keyring protects your tokens').waitFor()
  await check('storage')
  await server.close()
})

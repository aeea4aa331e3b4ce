/** A picture of each main state, light and dark, for people to look at: out/screens/<theme>-<state>.png. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startAuthServer } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import { test } from '../support/electron-app'
import { capture, FOLDER, resize, settled, SIZES, type Size } from '../support/screens'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const PARTNERS = [
  {
    name: 'Harbor Payroll Group',
    companies: ['Alder Street Bakery', 'Quayside Logistics', 'Little Owl Toys'],
  },
  { name: 'Lumen Publishing', companies: ['Paper Lantern Press', 'Stonebridge Winery'] },
]

/** A partner's refresh token has so much left; null for a company. */
const WATCHED = [
  { name: 'Harbor Payroll Group', refreshLifeMs: 29.5 * DAY },
  { name: 'Quayside Logistics', refreshLifeMs: null },
  { name: 'Little Owl Toys', refreshLifeMs: null },
  { name: 'Meridian People Services', refreshLifeMs: 30 * HOUR },
  { name: 'Atlas Trade Partners', refreshLifeMs: 6.9 * DAY },
  { name: 'Lumen Publishing', refreshLifeMs: 5.5 * DAY },
] as const

for (const theme of ['light', 'dark'] as const) {
  test(`the window looks right, ${theme}`, async ({ launch }) => {
    test.setTimeout(180_000)
    mkdirSync(FOLDER, { recursive: true })
    const server = await startAuthServer()
    const { window, app } = await launch()
    // Playwright replaces the system's setting.
    await window.emulateMedia({ colorScheme: theme })
    const appWindow = new AppWindow(window)
    const picture = async (state: string): Promise<void> => {
      await settled(window)
      await window.screenshot({ path: join(FOLDER, `${theme}-${state}.png`) })
    }

    await window.getByRole('button', { name: 'Add account', exact: true }).waitFor()
    await picture('empty')
    await appWindow.addEnvironment({ name: 'Production', baseUrl: server.url, production: true })
    await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: `${server.url}/` })
    await window.keyboard.press('Escape')
    for (const [index, partner] of PARTNERS.entries()) {
      const environment = index === 0 ? 'Production' : 'Sandbox'
      const apiKey = `key-of-partner-${String(index)}-0123456789`
      server.addApiKey({ apiKey, kind: 'partner', refreshLifeMs: index === 0 ? 30 * DAY : 5 * DAY })
      await appWindow.addAccount({ name: partner.name, apiKey, environment, type: 'Partner' })
      for (const [nth, name] of partner.companies.entries()) {
        const companyKey = `key-of-company-${String(index)}-${String(nth)}-0123456789`
        const jwtLifeMs = nth === 1 ? 4 * 60_000 : nth === 2 ? 1_500 : 12 * HOUR
        server.addApiKey({ apiKey: companyKey, kind: 'company', jwtLifeMs })
        await appWindow.addAccount({
          name,
          apiKey: companyKey,
          environment,
          type: 'Company',
          partner: partner.name,
        })
      }
    }
    await picture('list')
    await window.getByRole('button', { name: 'Not now' }).click()
    await appWindow.row('Alder Street Bakery').click()
    await appWindow.act('Alder Street Bakery', 'Details')
    await appWindow.copyJwt('Alder Street Bakery')
    await picture('details-copied')
    await appWindow.row('Little Owl Toys').click()
    await picture('details-needs-key')
    await appWindow.row('Quayside Logistics').getByRole('button', { name: 'More actions' }).click()
    await picture('menu')
    await window.getByRole('menuitem', { name: 'Copy as…' }).hover()
    await window.getByRole('menuitem', { name: 'curl (bash)' }).hover()
    await picture('menu-copy-as')
    await window.keyboard.press('Escape')
    await window.keyboard.press('Escape')
    await window.getByRole('combobox', { name: 'Sort by' }).click()
    await picture('sort-choices')
    await window.keyboard.press('Escape')

    server.nextReply({ kind: 'reply', status: 503, headers: { 'retry-after': '600' } }, '/auth/refresh')
    await appWindow.act('Lumen Publishing', 'Renew now')
    await appWindow.message('Lumen Publishing').first().waitFor()
    await picture('waiting')
    await window.getByRole('searchbox', { name: 'Search accounts' }).fill('zebra')
    await picture('nothing-found')
    await window.keyboard.press('Escape')
    await appWindow.list.getByRole('row').first().focus()
    await window.keyboard.press('?')
    await appWindow.dialog('Keyboard shortcuts').waitFor()
    await picture('keys')
    await window.keyboard.press('Escape')

    const add = await appWindow.openAddAccount()
    await appWindow.choose(add, 'Environment', 'New environment…')
    const environment = appWindow.dialog('New environment')
    await environment.getByRole('textbox', { name: 'Name' }).fill('Customer’s own')
    await environment.getByRole('textbox', { name: 'Base URL' }).fill('https://bücher.example/api/v2/')
    await picture('new-environment')
    await environment.getByRole('textbox', { name: 'Base URL' }).fill('http://api.example.com')
    await environment.getByRole('button', { name: 'Save' }).click()
    await picture('new-environment-refused')
    await environment.getByRole('button', { name: 'Cancel' }).click()

    const dialog = await appWindow.fillAccount({
      name: 'New one',
      apiKey: 'not-a-key-0123456789',
      environment: 'Sandbox',
    })
    await picture('add')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await dialog.getByRole('alert').waitFor()
    await picture('add-refused')
    await window.keyboard.press('Escape')
    await window.keyboard.press('Escape')
    await appWindow.act('Lumen Publishing', 'Remove')
    await appWindow.alertDialog('Remove Lumen Publishing?').waitFor()
    await picture('remove')
    await window.getByRole('button', { name: 'Keep' }).click()
    await appWindow.act('Little Owl Toys', 'Enter API key')
    await appWindow.dialog('Enter API key').waitFor()
    await picture('enter-key')
    await window.keyboard.press('Escape')
    await window.getByRole('button', { name: 'Settings' }).click()
    await appWindow.dialog('Settings').waitFor()
    await picture('settings')
    await window.keyboard.press('Escape')
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(800, 500)
    })
    await picture('small')
    await server.close()
  })

  test(`the window looks right without a keyring, ${theme}`, async ({ launch }) => {
    const server = await startAuthServer()
    server.addApiKey({ apiKey: 'key-of-partner-0123456789', kind: 'partner' })
    const { window } = await launch({ keyring: false })
    await window.emulateMedia({ colorScheme: theme })
    const appWindow = new AppWindow(window)
    await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
    await appWindow.addAccount({ name: 'Harbor Payroll Group', apiKey: 'key-of-partner-0123456789' })
    const question = appWindow.alertDialog('No keyring protects your tokens')
    await question.waitFor()
    await settled(window)
    await window.screenshot({ path: join(FOLDER, `${theme}-no-keyring.png`) })
    await question.getByRole('button', { name: 'Keep in memory only' }).click()
    await appWindow.act('Harbor Payroll Group', 'Details')
    await settled(window)
    await window.screenshot({ path: join(FOLDER, `${theme}-memory-only.png`) })
    await server.close()
  })
}

for (const theme of ['light', 'dark'] as const) {
  test(`what is watched looks right at every size, ${theme}`, async ({ launch }) => {
    test.setTimeout(180_000)
    const server = await startAuthServer()
    const { window, app } = await launch()
    await window.emulateMedia({ colorScheme: theme })
    const appWindow = new AppWindow(window)
    const pictures = async (state: string, sizes: readonly Size[] = SIZES): Promise<void> => {
      for (const size of sizes) {
        await resize(app, window, size)
        await settled(window)
        writeFileSync(join(FOLDER, `${theme}-${state}-${size.name}.png`), await capture(app))
      }
      await resize(app, window, SIZES[0])
    }

    await appWindow.addEnvironment({ name: 'Production', baseUrl: server.url, production: true })
    for (const { name, refreshLifeMs } of WATCHED) {
      const apiKey = `key-of-${name.replaceAll(' ', '-')}-0123456789`
      server.addApiKey({
        apiKey,
        kind: refreshLifeMs === null ? 'company' : 'partner',
        refreshLifeMs: refreshLifeMs ?? 0,
      })
      await appWindow.addAccount({
        name,
        apiKey,
        ...(refreshLifeMs === null ? { partner: 'Harbor Payroll Group' } : {}),
      })
    }
    await pictures('offer')
    await window.getByRole('button', { name: 'Not now' }).click()
    await appWindow.pin('Lumen Publishing')
    await appWindow.pin('Quayside Logistics')
    await pictures('pinned')
    await appWindow.act('Atlas Trade Partners', 'Details')
    await pictures('reminder')
    await appWindow.details.getByRole('button', { name: 'Remind me tomorrow' }).click()
    await pictures('put-off')
    await appWindow.details.getByRole('checkbox', { name: 'Mute notifications' }).check()
    await appWindow.choose(appWindow.details, 'JWT', 'Renew automatically')
    await appWindow.details.getByText('Renews automatically 5 minutes before it expires').waitFor()
    await pictures('policy')
    await appWindow.details.getByRole('combobox', { name: 'Refresh token' }).click()
    await pictures('policy-choices', SIZES.slice(0, 1))
    await window.keyboard.press('Escape')
    await appWindow.row('Quayside Logistics').click()
    await pictures('ends-for-good')
    await appWindow.details.getByRole('button', { name: 'Close details' }).click()
    await window.getByRole('button', { name: 'Needs attention' }).click()
    await appWindow.endings.waitFor()
    await pictures('attention')
    const settings = await appWindow.openSettings()
    for (const page of await settings.getByRole('navigation').getByRole('button').all()) {
      await page.click()
      await pictures(`settings-${(await page.innerText()).toLowerCase().replaceAll(/\W+/gu, '-')}`)
    }
    await server.close()
  })
}

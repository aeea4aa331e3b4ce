/** axe over every view and dialog, in light and in dark. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { startAuthServer } from '../support/auth-server'
import { DeskWindow } from '../support/desk-window'
import { expect, test } from '../support/electron-app'

const DAY = 86_400_000
const KEYS = {
  partner: 'key-of-partner-0123456789',
  ending: 'key-of-ending-0123456789',
  live: 'key-of-live-0123456789',
  dead: 'key-of-dead-0123456789',
}

test('no view and no dialog has anything that axe finds, in light and in dark', async ({ launch }) => {
  test.setTimeout(600_000)
  const server = await startAuthServer()
  server.addApiKey({ apiKey: KEYS.partner, kind: 'partner' })
  server.addApiKey({ apiKey: KEYS.ending, kind: 'partner', refreshLifeMs: 5 * DAY })
  server.addApiKey({ apiKey: KEYS.live, kind: 'company' })
  server.addApiKey({ apiKey: KEYS.dead, kind: 'company', jwtLifeMs: 1_500 })
  const { window: page } = await launch()
  // Under Playwright an action has no limit of its own, and a wrong name would cost the whole time.
  page.setDefaultTimeout(20_000)
  const desk = new DeskWindow(page)
  const check = (state: string): Promise<void> => findNothing(page, state)
  const escape = (): Promise<void> => page.keyboard.press('Escape')
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  /** Chooses a command of the palette. */
  const command = async (name: string): Promise<void> => {
    await page.keyboard.press('ControlOrMeta+K')
    const palette = desk.dialog('Commands')
    await palette.getByRole('combobox').fill(name)
    await palette.getByRole('option', { name }).first().click()
    await palette.waitFor({ state: 'hidden' })
  }
  const dialogOf = async (name: string, title: string): Promise<void> => {
    await command(name)
    await desk.dialog(title).waitFor()
    await check(title)
    await escape()
    await desk.dialog(title).waitFor({ state: 'hidden' })
  }

  await button('Add account').waitFor()
  await check('empty')
  await desk.addEnvironment({ name: 'Production', baseUrl: server.url, production: true })
  await desk.addEnvironment({ name: 'Sandbox', baseUrl: `${server.url}/` })
  await escape()
  await desk.addAccount({ name: 'Harbor Payroll', apiKey: KEYS.partner, environment: 'Production' })
  await desk.addAccount({ name: 'Meridian', apiKey: KEYS.ending, environment: 'Sandbox' })
  const under = { type: 'Company', partner: 'Harbor Payroll', environment: 'Production' } as const
  await desk.addAccount({ name: 'Alder Bakery', apiKey: KEYS.live, ...under })
  await desk.addAccount({ name: 'Little Owl', apiKey: KEYS.dead, ...under })
  await expect(desk.row('Little Owl')).toHaveAttribute('data-standing', 'needs-key')
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
    await desk.row(name).click()
    await page.getByRole('complementary', { name: 'Details' }).getByRole('heading', { name }).waitFor()
    await check(`details of ${name}`)
  }
  await page.getByRole('textbox', { name: 'Tags' }).fill('billing')
  await page.keyboard.press('Enter')
  await expect(desk.message('Tags of Meridian').first()).toBeVisible()
  await check('tagged')

  await desk.row('Alder Bakery').getByRole('button', { name: 'More actions' }).click()
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

  await desk.row('Alder Bakery').click()
  await desk.row('Little Owl').click({ modifiers: ['ControlOrMeta'] })
  await page.getByRole('region', { name: 'Selected accounts' }).waitFor()
  await check('selection')
  for (const [deed, title] of [
    ['Tag', /tag/iu],
    ['Move to partner', /move/iu],
  ] as const) {
    await page
      .getByRole('region', { name: 'Selected accounts' })
      .getByRole('button', { name: deed, exact: true })
      .click()
    await page.getByRole('dialog', { name: title }).waitFor()
    await check(deed)
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

  await desk.act('Little Owl', 'Enter API key')
  await check('enter API key')
  await escape()
  await desk.act('Little Owl', 'Rename')
  await check('rename')
  await escape()
  await desk.act('Little Owl', 'Remove')
  await check('remove')
  await button('Keep').click()

  const add = await desk.fillAccount({ name: 'New', apiKey: 'no-such-key', environment: 'Sandbox' })
  await add.getByRole('button', { name: 'Add', exact: true }).click()
  await add.getByRole('alert').waitFor()
  await check('add account, refused')
  await desk.choose(add, 'Environment', 'New environment…')
  await check('new environment')
  await desk.dialog('New environment').getByRole('button', { name: 'Cancel' }).click()
  await add.getByRole('button', { name: 'Cancel' }).click()

  await page.keyboard.press('ControlOrMeta+K')
  await desk.dialog('Commands').waitFor()
  await check('commands')
  await escape()
  await dialogOf('Keys', 'Keys')
  await dialogOf('What the standings mean', 'What do these mean?')
  await dialogOf('Activity', 'Activity')
  await dialogOf('Whose is this?', 'Whose is this?')
  await dialogOf('Export', 'Export accounts')
  await dialogOf('Back up', 'Back up')
  await dialogOf('Restore', 'Restore a backup')

  await desk.row('Alder Bakery').click()
  await button('Look inside').click()
  const inside = desk.dialog('Look inside')
  await check('look inside')
  await inside.getByRole('button', { name: 'Reveal' }).click()
  await check('look inside, revealed')
  await escape()

  await command('Import')
  const importing = desk.dialog('Import accounts')
  await check('import')
  await importing
    .getByRole('textbox')
    .fill('name,environment,apiKey\nOne,Sandbox,no-such-key\nTwo,Elsewhere,key\n,Sandbox,key')
  await importing.getByRole('button', { name: 'Preview' }).click()
  await importing.getByRole('table').waitFor()
  await check('import, preview')
  await importing.getByRole('button', { name: /^Import 1 account/u }).click()
  await importing.getByRole('button', { name: 'Done' }).waitFor()
  await check('import, results')
  await importing.getByRole('button', { name: 'Done' }).click()

  await button('Settings').click()
  await check('settings')
  const settings = desk.dialog('Settings')
  await settings.getByRole('button', { name: 'Edit Production' }).click()
  await check('edit environment')
  await escape()
  await settings.getByRole('button', { name: 'Remove Sandbox' }).click()
  await check('remove environment')
  await button('Keep').click()
  await settings.getByRole('button', { name: /^Reset/u }).click()
  await check('reset settings')
  await button('Keep').click()
  await settings.getByRole('checkbox', { name: 'Ask before copying a JWT of production' }).check()
  await escape()
  await desk.row('Alder Bakery').getByRole('button', { name: 'Copy JWT' }).click()
  await desk.alertDialog('Copy a production JWT?').waitFor()
  await check('copy from production')
  await server.close()
})

/** All rules in light; what a theme changes is colours, so in dark those that look at them. */
async function findNothing(page: Page, state: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await painted(page)
    // The page can't open a blank one to put its findings together in.
    const axe = new AxeBuilder({ page }).setLegacyMode()
    const { violations } = await (
      colorScheme === 'light' ? axe : axe.withRules(['color-contrast', 'link-in-text-block'])
    ).analyze()
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
    expect.soft(found, `${state}, ${colorScheme}`).toEqual([])
  }
}

/** The colours of the other theme, and of what has just opened, are on the screen. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const look = () => {
      const moves = document.getAnimations().some(({ playState, effect }) =>
        playState === 'running' && effect.getTiming().iterations !== Infinity)
      requestAnimationFrame(moves ? look : () => requestAnimationFrame(resolve))
    }
    requestAnimationFrame(look)
  })`)
}

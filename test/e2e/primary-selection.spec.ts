/** X11's primary selection: whatever is selected lies there, for every program to read and for clipboard managers to keep. */
import type { Locator } from '@playwright/test'
import { startAuthServer } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import { readPrimary, writePrimary } from '../support/desktop'
import { expect, test } from '../support/electron-app'

const KEY = 'canary-shown-0123456789'
const PASSPHRASE = 'canaries-xylophone-quartz'
const THEIRS = 'selected in another program'
const DOTS = /^•+$/u

/** All ways in which people select. */
const WAYS = ['Control+a', 'Shift+End', 'a double click', 'dragging'] as const

async function select(target: Locator, way: (typeof WAYS)[number]): Promise<void> {
  const { keyboard, mouse } = target.page()
  const box = await target.boundingBox()
  if (box === null) throw new Error('There is nothing to select')
  const position = { x: 14, y: box.height / 2 }
  await target.click({ position })
  if (way === 'a double click') await target.dblclick({ position })
  else if (way !== 'dragging') await keyboard.press(way)
  else {
    await mouse.move(box.x + 14, box.y + position.y)
    await mouse.down()
    await mouse.move(box.x + 90, box.y + position.y, { steps: 4 })
    await mouse.up()
  }
}

async function expectDots(field: Locator, ways: readonly (typeof WAYS)[number][]): Promise<void> {
  for (const way of ways) {
    await writePrimary(THEIRS)
    await select(field, way)
    await expect.poll(readPrimary, `selected by ${way}`).not.toBe(THEIRS)
    expect(await readPrimary(), `selected by ${way}`).toMatch(DOTS)
  }
}

/** `Control+a` selects what is around it: of itself there is nothing. */
async function expectNothing(shown: Locator): Promise<void> {
  // base64url has hyphens of its own, and two in a row would leave an empty part, which everything contains.
  const parts = (await shown.innerText()).split(/[.\s-]+/u).filter((part) => part.length > 4)
  expect(parts).not.toEqual([])
  for (const way of WAYS) {
    await writePrimary(THEIRS)
    await select(shown, way)
    for (const part of parts) {
      expect(await shown.page().evaluate('String(getSelection())'), `selected by ${way}`).not.toContain(part)
      expect(await readPrimary(), `selected by ${way}`).not.toContain(part)
    }
  }
}

test('masked and revealed fields leave nothing in the primary selection', async ({ launch }) => {
  const server = await startAuthServer()
  server.addApiKey({ apiKey: KEY, kind: 'partner' })
  const { window } = await launch()
  const appWindow = new AppWindow(window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })

  await test.step('what is no secret lies there', async () => {
    const add = await appWindow.fillAccount({ name: 'Harbor', apiKey: KEY })
    await select(add.getByRole('textbox', { name: 'Name' }), 'Control+a')
    await expect.poll(readPrimary).toBe('Harbor')
  })

  await test.step('an API key, masked and shown', async () => {
    const add = await appWindow.openAddAccount()
    await expectDots(add.getByRole('textbox', { name: 'API key' }), WAYS)
    await add.getByRole('button', { name: 'Show API key' }).click()
    const shown = add.getByRole('group', { name: 'API key as text' })
    await expect(shown).toHaveText(KEY)
    await expectDots(add.getByRole('textbox', { name: 'API key' }), ['Control+a'])
    await expectNothing(shown)
    await add.getByRole('button', { name: 'Add', exact: true }).click()
    await add.waitFor({ state: 'hidden' })
  })

  await test.step('a revealed JWT', async () => {
    await appWindow.row('Harbor').click()
    await appWindow.details.getByRole('button', { name: 'View claims' }).click()
    const inside = appWindow.dialog('JWT claims')
    await inside.getByRole('button', { name: 'Reveal' }).click()
    const jwt = inside.getByRole('group', { name: 'JWT' })
    expect(server.issued).toContain(await jwt.innerText())
    await expectNothing(jwt)
    await inside.getByRole('button', { name: 'Close' }).click()
  })

  await test.step('a passphrase, masked and shown', async () => {
    const settings = await appWindow.openSettings('Lock')
    const field = settings.getByRole('textbox', { name: 'Lock passphrase', exact: true })
    await field.fill(PASSPHRASE)
    await expectDots(field, ['Control+a'])
    await settings.getByRole('button', { name: 'Show passphrase' }).first().click()
    await expectNothing(settings.getByRole('group', { name: 'Passphrase as text' }))
  })
  await server.close()
})

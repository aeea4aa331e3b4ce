// Makes the pictures of the user guide, docs/images/*.png, and those for dark mode, *-dark.png: the built app on a
// throw-away profile, with the fake service behind addresses that look like real ones.
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Locator, Page } from '@playwright/test'
import { startAuthServer, type AuthServer } from '../support/auth-server'
import { makeCertificate } from '../support/certificate'
import { AppWindow } from '../support/app-window'
import { launchApp, makeProfile, removeProfile } from '../support/electron-app'
import { darkPicture } from '../../scripts/lib/guide-page'
import { indexedPng } from '../../scripts/lib/indexed-png'

const FOLDER = fileURLToPath(new URL('../../docs/images', import.meta.url))
const HOUR = 3_600_000
const MINUTE = 60_000
const DAY = 24 * HOUR

const ENVIRONMENTS = [
  { name: 'Production', baseUrl: 'https://auth.payday.example', production: true },
  { name: 'Sandbox', baseUrl: 'https://sandbox.payday.example', production: false },
  { name: 'EU staging', baseUrl: 'https://staging.eu.payday.example', production: false },
]

interface Company {
  readonly name: string
  readonly jwtLifeMs: number
}

interface Partner extends Company {
  readonly environment: string
  readonly refreshLifeMs?: number
  readonly companies: readonly Company[]
}

const PARTNERS: readonly Partner[] = [
  {
    name: 'Harbor Payroll Group',
    environment: 'Production',
    jwtLifeMs: 23.7 * HOUR,
    companies: [
      { name: 'Alder Street Bakery', jwtLifeMs: 6.2 * HOUR },
      { name: 'Little Owl Toys', jwtLifeMs: 1_500 },
      { name: 'Quayside Logistics', jwtLifeMs: 4.6 * MINUTE },
    ],
  },
  {
    name: 'Meridian People Services',
    environment: 'Sandbox',
    jwtLifeMs: 17.4 * HOUR,
    refreshLifeMs: 5.5 * DAY,
    companies: [{ name: 'Fernhill Clinics', jwtLifeMs: 11.2 * HOUR }],
  },
  { name: 'Atlas Trade Partners', environment: 'EU staging', jwtLifeMs: 14.9 * HOUR, companies: [] },
  {
    name: 'Lumen Publishing',
    environment: 'Sandbox',
    jwtLifeMs: 21.1 * HOUR,
    refreshLifeMs: 27 * DAY,
    companies: [
      { name: 'Paper Lantern Press', jwtLifeMs: 12.9 * HOUR },
      { name: 'Stonebridge Winery', jwtLifeMs: 9.5 * HOUR },
    ],
  },
]

const ORGANISED = {
  'Harbor Payroll Group': { tags: ['payroll'] },
  'Alder Street Bakery': { tags: ['payroll', 'onboarding'] },
  'Fernhill Clinics': { tags: ['onboarding'] },
}

const STEP_LIMIT_MS = 20_000

/** The window with everything in it, and the way to take a picture of it. */
interface Studio {
  readonly page: Page
  readonly appWindow: AppWindow
  readonly server: AuthServer
  readonly picture: (name: string) => Promise<void>
}

/** Each leaves the window as it found it: nothing open but the list. */
const SHOTS: readonly ((studio: Studio) => Promise<void>)[] = [
  list,
  addAccount,
  search,
  details,
  readClaims,
  needsAttention,
  commands,
  environments,
  importing,
  settings,
]

async function list({ appWindow, picture }: Studio): Promise<void> {
  await appWindow.row('Alder Street Bakery').click()
  // Also the README's picture.
  await picture('tokendesk')
}

async function addAccount({ appWindow, picture }: Studio): Promise<void> {
  const dialog = await appWindow.fillAccount({
    name: 'Willow Lane Garden',
    apiKey: 'a key that is never sent',
    environment: 'Production',
    type: 'Company',
    partner: 'Harbor Payroll Group',
  })
  await picture('add-account')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
}

async function search({ page, picture }: Studio): Promise<void> {
  const field = page.getByRole('searchbox', { name: 'Search accounts' })
  await field.fill('pay')
  await picture('search')
  await field.press('Escape')
}

async function details({ page, appWindow, picture }: Studio): Promise<void> {
  await appWindow.act('Harbor Payroll Group', 'Details')
  await appWindow.copyJwt('Harbor Payroll Group')
  await picture('details')
  await page.getByRole('status').filter({ hasText: ' copied' }).waitFor({ state: 'hidden' })
}

async function readClaims({ page, appWindow, picture }: Studio): Promise<void> {
  await page.getByRole('button', { name: 'View claims' }).click()
  await appWindow.dialog('JWT claims').getByRole('table').waitFor()
  await picture('view-claims')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Close details' }).click()
}

async function needsAttention({ page, picture }: Studio): Promise<void> {
  const views = page.getByRole('navigation', { name: 'Views' })
  await views.getByRole('button', { name: 'Needs attention' }).click()
  await picture('needs-attention')
  await views.getByRole('button', { name: 'All accounts' }).click()
}

async function commands({ page, appWindow, picture }: Studio): Promise<void> {
  const dialog = await palette(page, appWindow)
  await dialog.getByRole('combobox').fill('copy')
  await picture('commands')
  await page.keyboard.press('Escape')
}

async function environments({ page, appWindow, picture }: Studio): Promise<void> {
  await choose(page, appWindow, 'Environments…')
  await appWindow.dialog('Settings').waitFor()
  await picture('environments')
  await page.keyboard.press('Escape')
}

async function importing({ page, appWindow, picture }: Studio): Promise<void> {
  await choose(page, appWindow, 'Import accounts')
  const dialog = appWindow.dialog('Import accounts')
  await dialog
    .getByRole('textbox')
    .fill(
      [
        'name,type,environment,apiKey,partner,tags,remember',
        'Northwind Trading,partner,Sandbox,guide-key-1,,onboarding,yes',
        'Blue Harbour Foods,company,Sandbox,guide-key-2,Northwind Trading,,no',
        'Fernhill Clinics,company,Sandbox,guide-key-3,Meridian People Services,,no',
        'Old Mill Cycles,company,Sandbox,,Northwind Trading,,no',
        'Marlow & Sons,company,Training,guide-key-5,,,no',
        'Copper Kettle,company,Sandbox,guide-key-6,Northwind Traders,,no',
      ].join('\n'),
    )
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await dialog.getByRole('table').waitFor()
  await picture('import')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
}

async function settings({ page, appWindow, picture }: Studio): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click()
  await appWindow.dialog('Settings').waitFor()
  await picture('settings')
  await page.keyboard.press('Escape')
}

async function palette(page: Page, appWindow: AppWindow): Promise<Locator> {
  await page.keyboard.press('ControlOrMeta+K')
  const dialog = appWindow.dialog('Commands')
  await dialog.waitFor()
  return dialog
}

async function choose(page: Page, appWindow: AppWindow, command: string): Promise<void> {
  const dialog = await palette(page, appWindow)
  await dialog.getByRole('combobox').fill(command)
  await dialog.getByRole('option', { name: command }).first().click()
}

async function furnish({ page, appWindow, server }: Omit<Studio, 'picture'>): Promise<void> {
  for (const environment of ENVIRONMENTS) await appWindow.addEnvironment(environment)
  await page.keyboard.press('Escape')
  let keys = 0
  const newKey = (kind: 'partner' | 'company', life: Omit<Partner, 'companies' | 'environment'>): string => {
    keys += 1
    const apiKey = `guide-${kind}-${String(keys)}-7Q2f${String(keys)}`
    server.addApiKey({ apiKey, kind, ...life })
    return apiKey
  }
  for (const { companies, environment, ...partner } of PARTNERS) {
    await appWindow.addAccount({
      name: partner.name,
      apiKey: newKey('partner', partner),
      environment,
      type: 'Partner',
    })
    for (const company of companies) {
      await appWindow.addAccount({
        name: company.name,
        apiKey: newKey('company', company),
        environment,
        type: 'Company',
        partner: partner.name,
        remember: company.jwtLifeMs > MINUTE,
      })
    }
  }
}

/** What has gathered after some time of use. */
async function organise({ page, appWindow }: Pick<Studio, 'page' | 'appWindow'>): Promise<void> {
  for (const [name, change] of Object.entries(ORGANISED)) {
    const id = await appWindow.row(name).getAttribute('data-account-id')
    await page.evaluate(`tokenDesk.editAccount(${JSON.stringify({ id, ...change })})`)
  }
}

async function quiet(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Not now' }).click()
  await page.getByRole('status').filter({ hasText: ' added' }).waitFor({ state: 'hidden' })
}

/** Nothing moves. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { document } = globalThis as unknown as {
      document: { getAnimations(): { playState: string; effect: { getTiming(): { iterations: number } } }[] }
    }
    return document
      .getAnimations()
      .every(({ playState, effect }) => playState !== 'running' || effect.getTiming().iterations === Infinity)
  })
}

async function taken(page: Page, colorScheme: 'light' | 'dark'): Promise<Buffer> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await settled(page)
  return await page.screenshot()
}

async function save(page: Page, fileName: string, png: Buffer): Promise<void> {
  const { rgba, width, height } = await pixels(page, png)
  await writeFile(path.join(FOLDER, fileName), indexedPng(rgba, width, height))
  console.log(`docs/images/${fileName}`)
}

/** Decoded by Chromium, in the window of TokenDesk, which may show pictures from `data:`. */
async function pixels(page: Page, png: Buffer): Promise<{ rgba: Buffer; width: number; height: number }> {
  const { base64, width, height } = await page.evaluate<{
    base64: string
    width: number
    height: number
  }>(`(async () => {
    const image = new Image()
    image.src = 'data:image/png;base64,${png.toString('base64')}'
    await image.decode()
    const { width, height } = image
    const context = new OffscreenCanvas(width, height).getContext('2d')
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, width, height)
    let text = ''
    for (let at = 0; at < data.length; at += 32768)
      text += String.fromCharCode(...data.subarray(at, at + 32768))
    return { base64: btoa(text), width, height }
  })()`)
  return { rgba: Buffer.from(base64, 'base64'), width, height }
}

async function takeAll(only: readonly string[]): Promise<void> {
  const server = await startAuthServer({ tls: await makeCertificate() })
  const profile = await makeProfile()
  const running = await launchApp({
    profile,
    // So that local times can be told from UTC.
    env: { TZ: 'Europe/Berlin' },
    args: [
      `--host-resolver-rules=MAP *.payday.example ${new URL(server.url).host}, MAP * ~NOTFOUND`,
      '--ignore-certificate-errors',
      '--force-device-scale-factor=1',
    ],
  })
  try {
    const page = running.window
    page.setDefaultTimeout(STEP_LIMIT_MS)
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    const appWindow = new AppWindow(page)
    await furnish({ page, appWindow, server })
    await organise({ page, appWindow })
    await quiet(page)
    const picture = async (name: string): Promise<void> => {
      if (only.length > 0 && !only.includes(name)) return
      const [dark, light] = [await taken(page, 'dark'), await taken(page, 'light')]
      await save(page, darkPicture(`${name}.png`), dark)
      await save(page, `${name}.png`, light)
    }
    for (const shot of SHOTS) await shot({ page, appWindow, server, picture })
  } catch (error) {
    console.error(`The app wrote:\n${running.output.join('\n')}`)
    throw error
  } finally {
    await running.quit()
    await server.close()
    await removeProfile(profile)
  }
}

// Names of pictures: only these are taken.
const { positionals } = parseArgs({ allowPositionals: true })
await mkdir(FOLDER, { recursive: true })
await takeAll(positionals)

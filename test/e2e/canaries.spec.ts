/**
 * Every feature with marked secrets, and then a look for them everywhere: they are in the clipboard when copied, in the
 * pane when revealed, on their way in when typed, and nowhere else.
 */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { COPY_FORMATS } from '../../electron/shared/copy-format'
import { GATEWAY_FORMATS } from '../../electron/shared/gateway-formats'
import { callChannel, CALL_NAMES } from '../../electron/shared/ipc/channels'
import type { CallName } from '../../electron/shared/ipc/contract'
import { processesOf } from '../support/app-processes'
import { AppWindow } from '../support/app-window'
import { notifications, readClipboard, startTray, watchNotifications } from '../support/desktop'
import { setLock, tryPassphrase, unlock } from '../support/lock'
import { pageHeap } from '../support/page-heap'
import { filesHolding, secretsIn } from '../support/secret-hunt'
import { expect, test } from '../support/served-app'

const DAY = 86_400_000
/** Chromium's, with nothing of the user's in them: a random number, and the port that only a debugger is given. */
const OPEN_IN_IT: ReadonlySet<string> = new Set(['Crashpad/client_id', 'DevToolsActivePort'])

/** A key that occurs nowhere by chance. */
function canary(what: string): string {
  return `canary-${what}-${randomBytes(18).toString('hex')}`
}

const KEYS = {
  partner: canary('partner-key'),
  company: canary('company-key'),
  refused: canary('refused-key'),
  dropped: canary('dropped-key'),
  imported: canary('imported-key'),
  pasted: canary('pasted-key'),
  unimported: canary('unimported-key'),
  other: canary('other-key'),
  removed: canary('removed-key'),
}
const PASSPHRASE = canary('passphrase')
const PROXY = canary('proxy-password')
const LOCKS = { first: canary('lock'), wrong: canary('wrong-lock'), second: canary('second-lock') }

/** The calls that may carry a secret, the way that they may carry it, and what for. */
const MAY_CARRY: Readonly<Record<string, 'in' | 'out'>> = {
  // Typed or pasted by the user.
  'call:addAccount': 'in',
  'call:enterApiKey': 'in',
  'call:previewImport': 'in',
  'call:identifyJwt': 'in',
  'call:copyShown': 'in',
  'call:backUp': 'in',
  'call:restoreBackup': 'in',
  'call:setPassphrase': 'in',
  'call:unlock': 'in',
  'call:removePassphrase': 'in',
  'call:answerProxy': 'in',
  // Asked for by the user, to be seen.
  'call:revealJwt': 'out',
  'call:getGatewayAddress': 'out',
  'call:newGatewayAddress': 'out',
}

/** Calls that end the app or delete the secrets that are searched for: made after all others. */
const AT_THE_END: readonly CallName[] = ['quit', 'restart', 'forgetPassphrase']

interface Message {
  readonly way: 'in' | 'out'
  readonly channel: string
  readonly text: string
}

test('marked secrets are found nowhere but where the user put or wanted them', async ({
  launch,
  profile,
  server,
}) => {
  test.setTimeout(480_000)
  const outside = mkdtempSync(join(tmpdir(), 'tokendesk-canaries-'))
  const file = (name: string): string => join(outside, name)
  server.addApiKey({ apiKey: KEYS.partner, kind: 'partner', name: 'ACME', refreshLifeMs: 6.5 * DAY })
  for (const apiKey of [KEYS.imported, KEYS.pasted, KEYS.removed])
    server.addApiKey({ apiKey, kind: 'company' })
  server.addApiKey({ apiKey: KEYS.other, kind: 'partner', name: 'Somebody else' })
  // Without enough life for a copy, so that its key is asked for.
  server.addApiKey({ apiKey: KEYS.company, kind: 'company', name: 'Beta', jwtLifeMs: 60_000 })
  /** What gateways' addresses have at their end. */
  const capabilities: string[] = []
  /** All that was typed, and the end of each token: the rest of a JWT is shown by `View claims`, and of no use. */
  const secrets = (): string[] => [
    ...Object.values(KEYS),
    PASSPHRASE,
    PROXY,
    ...Object.values(LOCKS),
    ...capabilities,
    ...server.issued.map((token) => token.split('.').at(-1) ?? token),
  ]

  const watch = await watchNotifications()
  const tray = await startTray()
  // For what starts at login: not the real one of who runs the tests.
  const config = mkdtempSync(join(tmpdir(), 'tokendesk-config-'))
  const options = {
    directory: join(import.meta.dirname, '../support/recorded-main.mjs'),
    env: { XDG_CONFIG_HOME: config },
  }
  // Whatever the system would grant, and whatever the folder was.
  chmodSync(profile, 0o755)
  const usual = process.umask(0)
  const running = await launch(options)
  process.umask(usual)
  const { app, window, output } = running
  const appWindow = new AppWindow(window)

  await test.step('add accounts: one that is remembered, one that is not, one refused, one given up', async () => {
    await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
    await appWindow.addAccount({ name: 'ACME', apiKey: KEYS.partner, remember: true })
    await appWindow.addAccount({ name: 'Beta', apiKey: KEYS.company, partner: 'ACME', type: 'Company' })
    const refused = await appWindow.fillAccount({ name: 'Nobody', apiKey: KEYS.refused })
    await refused.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(refused.getByRole('alert')).toBeVisible()
    // What the hunt through the heap is good for: it finds what is there.
    expect(secretsIn(await pageHeap(window), [KEYS.refused])).toHaveLength(1)
    await refused.getByRole('button', { name: 'Show API key' }).click()
    await refused.getByRole('textbox', { name: 'API key' }).fill(KEYS.dropped)
    await refused.getByRole('button', { name: 'Cancel' }).click()
    await giveUp(refused)
  })

  await test.step('copy in every form', async () => {
    await appWindow.copyJwt('ACME')
    expect(server.issued).toContain(await readClipboard())
    const id = await appWindow.row('ACME').getAttribute('data-account-id')
    for (const format of COPY_FORMATS) {
      const copied = await window.evaluate(`tokenDesk.copyJwt({ id: '${String(id)}', format: '${format}' })`)
      expect(copied).toMatchObject({ ok: true })
      expect(secretsIn(await readClipboard(), secrets())).not.toEqual([])
    }
    await appWindow.pin('ACME')
    await expect.poll(() => tray.menu()).toContain('ACME · Sandbox')
    await tray.choose('ACME · Sandbox')
    await expect.poll(() => watch.received.map(({ title }) => title)).toContain('JWT of ACME copied')
  })

  await test.step('look inside, reveal, hide', async () => {
    await appWindow.row('ACME').click()
    await appWindow.details.getByRole('button', { name: 'View claims' }).click()
    const inside = appWindow.dialog('JWT claims')
    await inside.getByRole('button', { name: 'Reveal' }).click()
    const shown = inside.getByRole('group', { name: 'JWT' })
    expect(server.issued).toContain(await shown.innerText())
    // This one, and none of what was typed before.
    expect(secretsIn(await pageHeap(window), secrets())).toHaveLength(1)
    await inside.getByRole('button', { name: 'Hide' }).click()
    await inside.getByRole('button', { name: 'Reveal' }).click()
    await shown.waitFor()
    // Closed while it is shown.
    await inside.getByRole('button', { name: 'Close' }).click()
    await expect(inside).toBeHidden()
  })

  await test.step('whose is this', async () => {
    await window.getByRole('button', { name: 'Identify JWT' }).click()
    const whose = appWindow.dialog('Identify JWT')
    await whose.getByRole('textbox', { name: 'JWT' }).fill(server.issued[0] ?? '')
    await whose.getByRole('button', { name: 'Identify' }).click()
    await expect(whose.getByRole('status')).toContainText('ACME')
    await whose.getByRole('button', { name: 'Close' }).click()
  })

  await test.step('renew, and enter a key anew', async () => {
    await appWindow.act('ACME', 'Renew now')
    await expect.poll(() => server.report(KEYS.partner).rotations).toBe(1)
    server.addApiKey({ apiKey: KEYS.company, kind: 'company', name: 'Beta' })
    await appWindow.act('Beta', 'Enter API key')
    const entering = appWindow.dialog('Enter API key')
    await entering.getByRole('textbox', { name: 'API key' }).fill(KEYS.company)
    await entering.getByRole('button', { name: 'Log in' }).click()
    await entering.waitFor({ state: 'hidden' })
    await appWindow.copyJwt('Beta')
  })

  await test.step('import a file and a text, and give one up', async () => {
    writeFileSync(file('accounts.csv'), csv('Filed', KEYS.imported))
    const importing = await openFromSettings(appWindow, 'Import accounts')
    await importing.getByLabel('File with accounts').setInputFiles(file('accounts.csv'))
    await importing.getByRole('button', { name: 'Import 1 account' }).click()
    await expect(importing.getByRole('status')).toContainText('1 account added')
    await saveAs(app, file('results.csv'))
    await importing.getByRole('button', { name: 'Save results…' }).click()
    await expect.poll(() => read(file('results.csv'))).toContain('Filed')
    await importing.getByRole('button', { name: 'Done' }).click()

    const pasting = await openFromSettings(appWindow, 'Import accounts')
    await pasting.getByRole('textbox', { name: 'Paste accounts' }).fill(csv('Pasted', KEYS.pasted))
    await pasting.getByRole('button', { name: 'Continue' }).click()
    await pasting.getByRole('button', { name: 'Import 1 account' }).click()
    await expect(pasting.getByRole('status')).toContainText('1 account added')
    await pasting.getByRole('button', { name: 'Done' }).click()

    const givenUp = await openFromSettings(appWindow, 'Import accounts')
    await givenUp.getByRole('textbox', { name: 'Paste accounts' }).fill(csv('Never', KEYS.unimported))
    await givenUp.getByRole('button', { name: 'Continue' }).click()
    await expect(givenUp.getByRole('status')).toContainText('1 account will be added')
    await window.keyboard.press('Escape')
    await giveUp(givenUp)
  })

  await test.step('export, back up, restore', async () => {
    for (const name of ['exported.csv', 'exported.json']) {
      const exporting = await openFromSettings(appWindow, 'Export accounts')
      if (name.endsWith('json')) await exporting.getByRole('radio', { name: 'JSON' }).click()
      await saveAs(app, file(name))
      await exporting.getByRole('button', { name: 'Export…' }).click()
      await expect(exporting).toBeHidden()
    }
    const backingUp = await openFromSettings(appWindow, 'Back up')
    await backingUp.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(PASSPHRASE)
    await backingUp.getByRole('textbox', { name: 'Confirm passphrase' }).fill(PASSPHRASE)
    await saveAs(app, file('all.backup'))
    await backingUp.getByRole('button', { name: 'Save backup…' }).click()
    await expect(backingUp).toBeHidden({ timeout: 30_000 })

    const restoring = await openFromSettings(appWindow, 'Restore a backup')
    await app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
    }, file('all.backup'))
    await restoring.getByRole('button', { name: 'Select a backup…' }).click()
    await restoring.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE)
    await restoring.getByRole('button', { name: 'Restore' }).click()
    await expect(restoring.getByRole('button', { name: 'Done' })).toBeVisible({ timeout: 30_000 })
    await restoring.getByRole('button', { name: 'Done' }).click()
  })

  await test.step('reach the service through a gateway, with another address and at another port', async () => {
    const id = await appWindow.row('ACME').getAttribute('data-account-id')
    const known = async (address: Promise<string>): Promise<string> => {
      capabilities.push((await address).split('/').at(-1) ?? '')
      return await address
    }
    await ask(window, 'setGateway', { id, open: true })
    const first = await known(ask<string>(window, 'getGatewayAddress', { id }))
    const next = await known(ask<string>(window, 'newGatewayAddress', { id }))
    for (const format of GATEWAY_FORMATS) {
      await ask(window, 'copyGateway', { id, format })
      expect(secretsIn(await readClipboard(), capabilities)).not.toEqual([])
    }
    const reached = async (address: string): Promise<[number, boolean]> => {
      const { status, headers } = await fetch(`${address}/nothing-here`)
      return [status, headers.has('X-TokenDesk')]
    }
    // The service has nothing there, and says so itself.
    await expect.poll(() => reached(next)).toEqual([404, false])
    expect(await reached(first)).toEqual([404, true])
    await ask(window, 'armGateway', { id })
    await ask(window, 'chooseGatewayPort', { port: null })
    const moved = await ask<string>(window, 'getGatewayAddress', { id })
    expect(moved).not.toBe(next)
    await expect.poll(() => reached(moved).catch(() => null)).toEqual([404, false])
    await ask(window, 'closeAllGateways')
  })

  await test.step('every call that no step above has made', async () => {
    const id = await appWindow.row('ACME').getAttribute('data-account-id')
    await ask(window, 'getAccounts', { ids: await ask(window, 'getAccountIds') })
    await ask(window, 'showAccount', { id })
    await ask(window, 'remindTomorrow', { ids: [id] })
    await ask(window, 'copyClaim', { id, name: 'sub' })
    await ask(window, 'copyShown', { text: LOCKS.wrong })
    // Another subject's key causes a question, and is not taken.
    const elsewhere = { id, apiKey: KEYS.other, rememberApiKey: false }
    const asked: unknown = await window.evaluate(`tokenDesk.enterApiKey(${JSON.stringify(elsewhere)})`)
    expect(asked).toMatchObject({ ok: false, error: { code: 'whose-key' } })
    const { error } = asked as { error: { question: { id: string } } }
    await ask(window, 'answerWhoseKey', { questionId: error.question.id, replace: false })
    await ask(window, 'cancelLogin')

    const environment = { name: 'Gone', baseUrl: server.url, production: false }
    const gone = await ask<{ id: string }>(window, 'addEnvironment', environment)
    await ask(window, 'testConnection', { baseUrl: server.url })
    await ask(window, 'editEnvironment', { id: gone.id, colour: 'green' })
    await ask(window, 'confirmAddress', { id: gone.id, baseUrl: server.url })
    for (const name of ['retryEnvironment', 'trustRefusals'] as const)
      await ask(window, name, { id: gone.id })
    const removed = { name: 'Removed', environmentId: gone.id, apiKey: KEYS.removed, kind: 'company' }
    const account = { ...removed, partnerId: null, rememberApiKey: true }
    const added = await ask<{ id: string }>(window, 'addAccount', account)
    await ask(window, 'removeAccount', { id: added.id })
    await ask(window, 'undoRemoval', { ids: [added.id] })
    await ask(window, 'removeAccount', { id: added.id })
    await ask(window, 'removeEnvironment', { id: gone.id })

    const content = csv('Never', KEYS.unimported)
    const { planId } = await ask<{ planId: string }>(window, 'previewImport', { content })
    await ask(window, 'getImportRows', { planId, from: 0 })
    await ask(window, 'cancelImport')
    await ask(window, 'getImport')
    await ask(window, 'pauseImport', { paused: false })
    // Nothing is left to be run once more.
    expect(await window.evaluate('tokenDesk.retryImport()')).toMatchObject({ error: { code: 'not-found' } })

    await ask(window, 'forgetProxyPassword')
    const login = { host: 'proxy.example:3128', userName: 'ada', password: PROXY, remember: true }
    await ask(window, 'answerProxy', login)

    await ask(window, 'changeSettings', { density: 'compact' })
    await ask(window, 'chooseShortcut', { shortcut: null })
    await ask(window, 'resetSettings')
    await ask(window, 'chooseStorage', { choice: 'memory-only' })
    await ask(window, 'retryStorage')
    for (const on of [true, false]) await ask(window, 'startAtLogin', { on })
    for (const name of ['networkIsBack', 'reevaluate', 'unlockByTouch', 'hideQuickPick'] as const)
      await ask(window, name)
    await ask(window, 'reportUncaught', { how: 'error', error: 'TypeError', place: 'index.js:1:1' })
    const guide = app.waitForEvent('window')
    await ask(window, 'openGuide')
    await (await guide).close()
  })

  await test.step('lock, try, unlock, change the passphrase, remove it and set it again', async () => {
    const settings = appWindow.dialog('Settings')
    await window.keyboard.press('Escape')
    await expect(settings).toBeHidden()
    await setLock(appWindow, LOCKS.first)
    await window.keyboard.press('ControlOrMeta+L')
    await tryPassphrase(window, LOCKS.wrong)
    await expect(window.getByRole('alert')).toContainText('Incorrect passphrase.')
    await unlock(appWindow, LOCKS.first)
    await appWindow.openSettings('Lock')
    const field = (name: string): Locator => settings.getByRole('textbox', { name, exact: true })
    await field('Current lock passphrase').fill(LOCKS.first)
    await field('New lock passphrase').fill(LOCKS.second)
    await field('Confirm passphrase').fill(LOCKS.second)
    await settings.getByRole('button', { name: 'Change passphrase' }).click()
    await expect(field('Current lock passphrase')).toHaveValue('')
    await field('Current lock passphrase').fill(LOCKS.second)
    await settings.getByRole('button', { name: 'Remove lock' }).click()
    await expect(settings.getByRole('button', { name: 'Set passphrase' })).toBeVisible()
    await field('Lock passphrase').fill(LOCKS.second)
    await field('Confirm passphrase').fill(LOCKS.second)
    await settings.getByRole('button', { name: 'Set passphrase' }).click()
    await expect(settings.getByRole('button', { name: 'Remove lock' })).toBeVisible()
  })

  await test.step('activity and diagnostics', async () => {
    const settings = appWindow.dialog('Settings')
    await appWindow.openSettings('About TokenDesk')
    await settings.getByRole('button', { name: 'Copy diagnostics' }).click()
    await expect.poll(readClipboard).toContain('TokenDesk')
    expect(secretsIn(await readClipboard(), secrets())).toEqual([])
    await settings.getByRole('button', { name: 'Activity' }).click()
    const activity = appWindow.dialog('Activity')
    await expect(activity).toContainText('ACME')
    await activity.getByRole('button', { name: 'Close' }).click()
    await window.keyboard.press('Escape')
    await expect(settings).toBeHidden()
  })

  await test.step('nothing is left in the page', async () => {
    await expect(window.getByRole('dialog')).toHaveCount(0)
    expect(secretsIn(await window.content(), secrets())).toEqual([])
    expect(secretsIn(await pageHeap(window), secrets())).toEqual([])
  })

  await test.step('nothing crossed between window and main but what was typed or asked for', async () => {
    const traffic = await app.evaluate(() => (globalThis as unknown as { ipcTraffic: Message[] }).ipcTraffic)
    const carrying = traffic.filter(({ text }) => secretsIn(text, secrets()).length > 0)
    expect(carrying.filter(({ way, channel }) => MAY_CARRY[channel] !== way)).toEqual([])
    expect([...new Set(carrying.map(({ channel }) => channel))].sort()).toEqual(Object.keys(MAY_CARRY).sort())
    const channels = new Set(traffic.map(({ channel }) => channel))
    expect(channels).toContain('event:accountsChanged')
    // Every feature: what is added to the contract has its place in this test, or it fails here.
    const notMade = CALL_NAMES.filter((name) => !channels.has(callChannel(name)))
    expect(notMade).toEqual(CALL_NAMES.filter((name) => AT_THE_END.includes(name)))
  })

  await test.step('nothing was told, written to the output, or can be read off the processes', async () => {
    expect(watch.received.length).toBeGreaterThanOrEqual(2)
    expect(
      secretsIn(JSON.stringify([watch.received, await tray.menu(), await tray.tooltip()]), secrets()),
    ).toEqual([])
    expect(secretsIn(output.join('\n'), secrets())).toEqual([])
    const processes = processesOf(app.process().pid ?? 0)
    expect(processes.length).toBeGreaterThan(3)
    expect(processes.filter(({ text }) => secretsIn(text, secrets()).length > 0)).toEqual([])
  })

  await test.step('a page that crashes while a JWT is shown leaves none of it behind', async () => {
    const id = await appWindow.row('ACME').getAttribute('data-account-id')
    await window.evaluate(
      `tokenDesk.revealJwt({ id: '${String(id)}' }).then(({ value }) => { globalThis.held = value.jwt })`,
    )
    await app.evaluate(({ BrowserWindow }) => {
      const [shown] = BrowserWindow.getAllWindows()
      return new Promise<void>((resolve) => {
        shown?.webContents.once('did-finish-load', () => {
          resolve()
        })
        shown?.webContents.forcefullyCrashRenderer()
      })
    })
  })

  await test.step('nothing is in the profile, the crash folder or an exported file', async () => {
    await running.quit()
    await tray.stop()
    await watch.stop()
    await notifications.closeAll()
    rmSync(file('accounts.csv'))
    expect(readdirSync(outside).sort()).toEqual([
      'all.backup',
      'exported.csv',
      'exported.json',
      'results.csv',
    ])
    expect(filesHolding(outside, secrets())).toEqual([])
    expect(filesHolding(profile, secrets())).toEqual([])
    expect(filesHolding(config, secrets())).toEqual([])
    // What is searched for: the accounts exist, with all their secrets, encrypted.
    expect(readdirSync(join(profile, 'accounts'))).toHaveLength(4)
  })

  await test.step('all of the profile is for its owner alone', () => {
    const entries = readdirSync(profile, { recursive: true, encoding: 'utf8' })
    for (const ours of [
      'tokendesk.json',
      'reminders.json',
      'lock.json',
      'proxy.json',
      'activity.jsonl',
      'accounts',
      'logs',
    ])
      expect(entries).toContain(ours)
    expect(open(profile)).toBe(false)
    expect(
      entries.filter((name) => open(join(profile, name))).filter((name) => !OPEN_IN_IT.has(name)),
    ).toEqual([])
  })

  await test.step('a forgotten passphrase, a restart and an end leave nothing either', async () => {
    for (const end of ['restart', 'quit'] as const) {
      const again = await launch(options)
      const gone = once(again.app.process(), 'exit')
      await again.app.evaluate(({ app: electron }) => {
        electron.relaunch = () => process.stdout.write('started again\n')
      })
      await ask(again.window, 'forgetPassphrase')
      await again.window.evaluate(`void tokenDesk.${end}()`)
      expect(await gone).toEqual([0, null])
      expect(again.output.includes('started again')).toBe(end === 'restart')
      expect(secretsIn(again.output.join('\n'), secrets())).toEqual([])
      expect(filesHolding(profile, secrets())).toEqual([])
    }
  })
  for (const folder of [outside, config]) rmSync(folder, { recursive: true })
})

/** As the window asks; whatever is refused fails here. */
async function ask<Value = unknown>(page: Page, name: CallName, input?: unknown): Promise<Value> {
  const asked = input === undefined ? '' : JSON.stringify(input)
  const reply = await page.evaluate<{ ok: boolean; value: Value }>(`tokenDesk.${name}(${asked})`)
  expect(reply, name).toMatchObject({ ok: true })
  return reply.value
}

/** Whether others than the owner may do anything with it. */
function open(path: string): boolean {
  const found = lstatSync(path)
  return !found.isSymbolicLink() && (found.mode & 0o077) !== 0
}

function csv(name: string, apiKey: string): string {
  return `name,environment,apiKey,remember\n${name},Sandbox,${apiKey},yes\n`
}

/** Answers the question whether what was typed may be lost, where it is asked. */
async function giveUp(dialog: Locator): Promise<void> {
  const discard = dialog.page().getByRole('button', { name: /^(?:Discard|Stop)/u })
  await expect(async () => {
    if (await discard.isVisible()) await discard.click()
    else if (await dialog.isVisible()) await dialog.page().keyboard.press('Escape')
    await expect(dialog).toBeHidden({ timeout: 500 })
  }).toPass()
}

async function openFromSettings(appWindow: AppWindow, title: string): Promise<Locator> {
  const settings = await appWindow.openSettings('Import, export, and backup')
  await settings.getByRole('button', { name: `${title}…` }).click()
  return appWindow.dialog(title)
}

/** What the user chooses in the system's dialog, which no test can reach. */
async function saveAs(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

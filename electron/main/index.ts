/** The composition root: the only place that wires the parts together. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { app, type BrowserWindow, dialog, ipcMain, nativeTheme, safeStorage } from 'electron'
import { AccountService } from '../core/account-service'
import { AppState } from '../core/app-state'
import { ClipboardService } from '../core/clipboard-service'
import { EnvironmentService } from '../core/environment-service'
import { SessionService } from '../core/session-service'
import { StorageService } from '../core/storage-service'
import { Vault } from '../core/vault'
import type { StartNotice } from '../shared/ipc/contract'
import { createAccountFiles } from './adapters/account-files'
import { createHttpAuthApi, turnOffResendingProtocols } from './adapters/http-auth-api'
import { createSafeStorageCipher } from './adapters/safe-storage-cipher'
import { createStateFile } from './adapters/state-file'
import { createStderrLog } from './adapters/stderr-log'
import { systemClipboard } from './adapters/system-clipboard'
import { systemClock, systemTimers } from './adapters/system-clock'
import { AccountFeed } from './ipc/account-feed'
import { createHandlers } from './ipc/handlers'
import { createPublish } from './ipc/publish'
import { registerCalls, type Sender } from './ipc/router'
import { askForSecretService } from './keyring'
import { canWrite, finishBeforeQuit, isFirstInstance, onSecondInstance, onWakeUp } from './lifecycle'
import { setMenu } from './menu'
import { contentUrl, isOurOrigin } from './origin'
import { declareScheme, guardContents, guardSession } from './security'
import { openWindow } from './window'

// electron-store's writer gives up on atomic files when it sees this, and terminals inside of snaps pass it on.
delete process.env['SNAP']

const devServerUrl = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null)
let window: BrowserWindow | null = null

if (isFirstInstance()) {
  askForSecretService(process.platform, process.env['XDG_CURRENT_DESKTOP'])
  turnOffResendingProtocols(app.commandLine)
  declareScheme()
  guardContents(devServerUrl)
  onSecondInstance(() => window)
  app.on('window-all-closed', () => {
    app.quit()
  })
  app.whenReady().then(start).catch(giveUp)
} else if (canWrite(app.getPath('userData'))) {
  app.quit()
} else {
  // No lock could be made, which looks like another instance that runs.
  app.whenReady().then(tellOfReadOnlyProfile).catch(giveUp)
}

function start(): void {
  setMenu(process.platform)
  const profile = app.getPath('userData')
  const log = createStderrLog(() => systemClock.now())
  const publish = createPublish(() => window?.webContents ?? null)
  const clock = systemClock
  const timers = systemTimers

  const state = new AppState(createStateFile(profile), log, {
    settingsChanged: (settings) => {
      nativeTheme.themeSource = settings.theme
      publish('settingsChanged', { settings })
    },
    environmentsChanged: (environments) => {
      publish('environmentsChanged', { environments: [...environments] })
    },
  })
  const vault = new Vault(
    createAccountFiles(profile),
    createSafeStorageCipher(safeStorage, process.platform),
    log,
  )
  const feed = new AccountFeed(publish, (id) => accounts.summary(id))
  const changed = feed.changed.bind(feed)
  const sessions = new SessionService({
    vault,
    state,
    api: createHttpAuthApi({ clock, timers, log }),
    clock,
    timers,
    random: Math.random,
    log,
    changed,
  })
  const clipboard = new ClipboardService({
    clipboard: systemClipboard,
    clock,
    timers,
    log,
    changed: (clearsAt) => {
      publish('clipboardChanged', { clearsAt })
    },
  })
  const accounts: AccountService = new AccountService({
    vault,
    state,
    sessions,
    clipboard,
    clock,
    newId: randomUUID,
    changed,
    removed: feed.removed.bind(feed),
  })
  const storage = new StorageService({
    vault,
    state,
    changed: (status) => {
      publish('storageChanged', { storage: status })
    },
    accountChanged: changed,
  })

  const settingsKeptAs = state.load()
  nativeTheme.themeSource = state.settings.theme
  // The window opens meanwhile; it asks for the snapshot when it is there.
  const started = readVault(vault, state, settingsKeptAs)
  started.catch((error: unknown) => {
    log.error('start-up failed', { error: error instanceof Error ? error.name : 'unknown' })
  })

  registerCalls({
    ipcMain,
    handlers: createHandlers({
      accounts,
      environments: new EnvironmentService(state, randomUUID),
      storage,
      sessions,
      state,
      started,
      quit: () => {
        app.quit()
      },
    }),
    isOurs,
    started,
    log,
  })
  finishBeforeQuit(
    async () => {
      window?.hide()
      await Promise.all([clipboard.clear(), sessions.close()])
    },
    (delayMs, run) => timers.after(delayMs, run),
  )
  onWakeUp(() => {
    sessions.retryNow()
  })
  guardSession(join(import.meta.dirname, '../renderer'))
  window = openWindow(contentUrl(devServerUrl))
  window.on('closed', () => {
    window = null
  })
}

function tellOfReadOnlyProfile(): void {
  giveUp(new Error(`Its folder can not be written: ${app.getPath('userData')}`))
}

/** A process without a window would keep every later start from opening one. */
function giveUp(error: unknown): void {
  const detail = error instanceof Error ? error.message : 'Unknown error'
  createStderrLog(() => systemClock.now()).error('could not start', { detail })
  dialog.showErrorBox('TokenDesk could not start', detail)
  app.exit(1)
}

/** Reads the accounts; resolves with what there is to say about the files of the profile. */
async function readVault(
  vault: Vault,
  state: AppState,
  settingsKeptAs: string | null,
): Promise<readonly StartNotice[]> {
  const { damaged, sealedElsewhere } = await vault.load(state.settings.unprotectedStorage === 'accepted')
  const copies = vault.accounts().map((account) => account.environment)
  state.correctAddresses(copies)
  state.restoreEnvironments(copies)
  const notices: StartNotice[] = []
  if (settingsKeptAs !== null) notices.push({ code: 'settings-reset', keptAs: settingsKeptAs })
  if (damaged.length > 0) notices.push({ code: 'records-damaged', names: [...damaged] })
  if (sealedElsewhere !== null) {
    notices.push({ code: 'keyring-changed', now: vault.storage.backend, ...sealedElsewhere })
  }
  return notices
}

/** Our window's main frame, showing our own content. */
function isOurs({ senderFrame }: Sender): boolean {
  return (
    senderFrame !== null &&
    senderFrame === window?.webContents.mainFrame &&
    isOurOrigin(senderFrame.url, devServerUrl)
  )
}

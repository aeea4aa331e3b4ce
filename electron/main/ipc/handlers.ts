import { Cancellation } from '../../core/base/cancelling'
import { toResult, okVoid, done } from '../../core/base/results'
import { tried } from '../../core/lock/lock-answers'
import type { UseCases } from '../../core/app/use-cases'
import type { AccountId } from '../../shared/account'
import type { GuideSection } from '../../shared/guide'
import type { About, LockStatus, ParsedInput, StartNotice } from '../../shared/ipc/contract'
import type { Handlers, Sender } from './router'

export interface HandlerParts {
  readonly useCases: UseCases
  /** What start-up has to say, as far as it is known yet. */
  readonly startNotices: () => readonly StartNotice[]
  readonly locale: string
  readonly about: () => About
  readonly windows: {
    readonly hideQuickPick: () => void
    readonly openGuide: (section: GuideSection | null) => void
  }
  /** The caller has received all accounts. */
  readonly rendererReady: () => void
  /** A window has its snapshot and receives events from now on. */
  readonly windowListens: (sender: Sender) => void
  readonly uncaught: (what: ParsedInput<'reportUncaught'>) => void
  readonly quit: () => void
  readonly restart: () => void
}

const NOTHING_TO_SHOW = {
  ...{ accounts: [], areAll: true, environments: [], view: null },
  ...{ notices: [], hasImport: false, removals: [] },
}

/** Which use case serves which call: one line each. */
export function createHandlers({
  useCases,
  startNotices,
  locale,
  about,
  rendererReady,
  windowListens,
  windows,
  uncaught,
  quit,
  restart,
}: HandlerParts): Handlers {
  const {
    accounts,
    adding,
    jwts,
    environments,
    events,
    storage,
    proxy,
    settingsStore,
    environmentStore,
    activity,
    imports,
    transfer,
    diagnostics,
    notifications,
    removals,
    desktop,
    loginStart,
    gateways,
    shortcuts,
    lock,
    work,
  } = useCases
  /** The last of the ids that were requested. */
  let last: AccountId | undefined
  /** What a dialog of the window waits for. */
  const logins = new Cancellation()
  return {
    getSnapshot: (_, sender) => {
      const rest = {
        settings: settingsStore.current,
        storage: storage.status,
        proxy: proxy.status,
        loginStart: loginStart.status,
        locale,
      }
      const status = lockStatus(lock)
      if (lock.isLocked) {
        setImmediate(rendererReady)
        const nameless = { ...storage.status, misplaced: undefined }
        const unasked = { ...proxy.status, asks: null, uses: null }
        return done({ ...rest, storage: nameless, proxy: unasked, lock: status, ...NOTHING_TO_SHOW })
      }
      // After the response has been sent.
      setImmediate(windowListens, sender)
      const { ids, areAll } = accounts.first()
      if (areAll) setImmediate(rendererReady)
      return done({
        accounts: [...accounts.summaries(ids)],
        areAll,
        removals: removals.pending,
        environments: [...environmentStore.all],
        ...rest,
        lock: status,
        view: useCases.view.current,
        notices: [...startNotices()],
        hasImport: imports.state.is !== 'none',
      })
    },
    getAccountIds: () => {
      const ids = accounts.ids()
      last = ids.at(-1)
      return done(ids)
    },
    getAccounts: ({ ids }) => {
      if (last !== undefined && ids.includes(last)) setImmediate(rendererReady)
      return done([...accounts.summaries(ids)])
    },
    keepView: (view) =>
      okVoid(() => {
        useCases.view.keep(view)
      }),
    addAccount: (input) => adding.add(input, logins.signal),
    copyJwt: ({ id, format }) => jwts.copy(id, format ?? null),
    readClaims: ({ id }) => jwts.readClaims(id),
    revealJwt: ({ id }) => jwts.reveal(id),
    copyClaim: ({ id, name }) => jwts.copyClaim(id, name),
    copyShown: ({ text }) => jwts.copyShown(text),
    setGateway: ({ id, open }) => gateways.setOpen(id, open),
    getGatewayAddress: ({ id }) => gateways.address(id),
    newGatewayAddress: ({ id }) => gateways.newAddress(id),
    copyGateway: ({ id, format }) => gateways.copy(id, format),
    armGateway: ({ id }) => gateways.arm(id),
    closeAllGateways: () => gateways.closeAll(),
    chooseGatewayPort: ({ port }) => gateways.usePort(port),
    identifyJwt: ({ jwt }) => jwts.identify(jwt),
    renewAccount: ({ id }) => accounts.renew(id),
    enterApiKey: ({ id, apiKey, rememberApiKey }) =>
      accounts.enterApiKey(id, apiKey, rememberApiKey, logins.signal),
    answerWhoseKey: ({ questionId, replace }) => accounts.answerWhoseKey(questionId, replace),
    cancelLogin: () =>
      okVoid(() => {
        logins.cancel()
      }),
    editAccount: ({ id, ...edit }) => accounts.edit(id, edit),
    removeAccount: ({ id }) => removals.begin(id),
    undoRemoval: ({ ids }) => done(removals.undo(ids)),
    addEnvironment: (input) => environments.add(input),
    editEnvironment: ({ id, ...edit }) => environments.edit(id, edit),
    confirmAddress: ({ id, baseUrl }) => environments.confirmAddress(id, baseUrl),
    retryEnvironment: ({ id }) => environments.retry(id),
    trustRefusals: ({ id }) => environments.trustRefusals(id),
    removeEnvironment: ({ id }) => environments.remove(id),
    testConnection: ({ baseUrl }) => environments.test(baseUrl),
    previewImport: ({ content, ...choices }) => imports.preview(content, choices),
    getImportRows: ({ planId, from }) => imports.rows(planId, from),
    runImport: ({ planId, updates }) => imports.run(planId, updates),
    retryImport: () => imports.retry(),
    getImport: () => done(imports.state),
    pauseImport: ({ paused }) =>
      okVoid(() => {
        imports.pause(paused)
      }),
    cancelImport: () =>
      okVoid(() => {
        imports.cancel()
      }),
    saveImportOutcomes: () => imports.saveOutcomes(),
    exportAccounts: ({ format }) => transfer.export(format),
    backUp: ({ passphrase }) => transfer.backUp(passphrase),
    chooseBackup: () => transfer.chooseBackup(),
    restoreBackup: ({ passphrase }) => work.run('saving', transfer.restore(passphrase)),
    resetSettings: () => toResult('settings', () => done(settingsStore.reset())),
    chooseShortcut: ({ shortcut }) => shortcuts.choose(shortcut),
    hideQuickPick: () => okVoid(windows.hideQuickPick),
    openGuide: (at) =>
      okVoid(() => {
        windows.openGuide(at?.section ?? null)
      }),
    showAccount: ({ id }) =>
      okVoid(() => {
        events.emit('navigationWanted', { target: { at: 'account', id } })
      }),
    getActivity: async ({ id }) => done([...(await activity.entries(id))]),
    getUpdate: () => done(useCases.updates.available),
    getAbout: () => done(about()),
    copyDiagnostics: () => diagnostics.copy(about()),
    changeSettings: (change) => toResult('settings', () => done(settingsStore.change(change))),
    answerProxy: (answer) => work.run('saving', proxy.answer(answer)),
    forgetProxyPassword: () => proxy.forget(),
    chooseStorage: ({ choice }) => work.run('saving', storage.choose(choice)),
    remindTomorrow: ({ ids }) =>
      okVoid(() => {
        notifications.remindTomorrow(ids)
      }),
    getDesktopSupport: async () => {
      const [shortcuts, screenLock] = await Promise.all([desktop.shortcuts(), desktop.tellsScreenLock()])
      return done({ shortcuts, idle: desktop.idleMs() === null ? 'windows' : 'system', screenLock })
    },
    startAtLogin: ({ on }) => loginStart.choose(on),
    networkIsBack: () =>
      okVoid(() => {
        useCases.networkIsBack()
      }),
    reevaluate: () =>
      okVoid(() => {
        useCases.reevaluate()
      }),
    lock: () =>
      okVoid(() => {
        lock.lock()
      }),
    unlock: async ({ passphrase }) => tried(await lock.unlock(passphrase)),
    unlockByTouch: async () => done(await lock.unlockByTouch()),
    setPassphrase: ({ wanted, current }) =>
      toResult('lock', async () => tried(await lock.setPassphrase(wanted, current))),
    removePassphrase: ({ current }) => toResult('lock', async () => tried(await lock.remove(current))),
    forgetPassphrase: () =>
      toResult('lock', async () => {
        await lock.resetLock()
        return done(undefined)
      }),
    reportUncaught: (what) =>
      okVoid(() => {
        uncaught(what)
      }),
    quit: () => okVoid(quit),
    restart: () => okVoid(restart),
    retryStorage: async () => done(await storage.retry()),
  }
}

export function lockStatus({
  isSet,
  isLocked,
  isUnusable,
  opensByTouch,
  waitMs,
}: UseCases['lock']): LockStatus {
  return { isSet, isLocked, isUnusable, opensByTouch, waitMs }
}

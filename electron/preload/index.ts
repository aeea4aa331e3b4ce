/** Exposes the calls and events of the contract to the window, and nothing else. */
import { contextBridge, ipcRenderer } from 'electron'
import { callChannel, eventChannel } from '../shared/ipc/channels'
import type { Bridge, CallName, EventName } from '../shared/ipc/contract'

// Written out, since the contract's schemas would make this file a hundred times larger.
// A name that is missing here, or one too many, doesn't compile.
const calls: Record<CallName, true> = {
  getSnapshot: true,
  addAccount: true,
  copyJwt: true,
  lookInside: true,
  revealJwt: true,
  copyClaim: true,
  whoseJwt: true,
  renewAccount: true,
  enterApiKey: true,
  editAccount: true,
  removeAccount: true,
  addEnvironment: true,
  editEnvironment: true,
  removeEnvironment: true,
  testConnection: true,
  changeSettings: true,
  previewImport: true,
  runImport: true,
  cancelImport: true,
  saveImportOutcomes: true,
  exportAccounts: true,
  backUp: true,
  chooseBackup: true,
  restoreBackup: true,
  resetSettings: true,
  chooseShortcut: true,
  hideQuickPick: true,
  openGuide: true,
  showAccount: true,
  getActivity: true,
  getUpdate: true,
  getAbout: true,
  copyDiagnostics: true,
  chooseStorage: true,
  remindTomorrow: true,
  startAtLogin: true,
  networkIsBack: true,
  lookAgain: true,
  lock: true,
  unlock: true,
  unlockByTouch: true,
  setPassphrase: true,
  removePassphrase: true,
  forgetPassphrase: true,
  quit: true,
}

const events: Record<EventName, true> = {
  accountsChanged: true,
  environmentsChanged: true,
  settingsChanged: true,
  storageChanged: true,
  clipboardChanged: true,
  importProgressed: true,
  lockChanged: true,
  goTo: true,
}

const invokers = Object.fromEntries(
  (Object.keys(calls) as CallName[]).map((name) => [
    name,
    (input: unknown) => ipcRenderer.invoke(callChannel(name), input),
  ]),
) as Pick<Bridge, CallName>

const on: Bridge['on'] = (name, listener) => {
  if (!Object.hasOwn(events, name)) throw new TypeError(`unknown event: ${name}`)
  const receive = (_event: unknown, payload: Parameters<typeof listener>[0]): void => {
    listener(payload)
  }
  ipcRenderer.on(eventChannel(name), receive)
  return () => {
    ipcRenderer.removeListener(eventChannel(name), receive)
  }
}

contextBridge.exposeInMainWorld('tokenDesk', { ...invokers, on } satisfies Bridge)

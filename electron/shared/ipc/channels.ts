/**
 * The names of calls and events for code that must not load the contract's schemas. A missing or extra name doesn't
 * compile.
 */
import type { CallName, EventName } from './contract'

const calls: Record<CallName, true> = {
  getSnapshot: true,
  getAccountIds: true,
  getAccounts: true,
  keepView: true,
  addAccount: true,
  copyJwt: true,
  readClaims: true,
  revealJwt: true,
  copyClaim: true,
  copyShown: true,
  setGateway: true,
  getGatewayAddress: true,
  newGatewayAddress: true,
  copyGateway: true,
  armGateway: true,
  closeAllGateways: true,
  chooseGatewayPort: true,
  identifyJwt: true,
  renewAccount: true,
  enterApiKey: true,
  cancelLogin: true,
  answerWhoseKey: true,
  editAccount: true,
  remindTomorrow: true,
  removeAccount: true,
  undoRemoval: true,
  addEnvironment: true,
  editEnvironment: true,
  confirmAddress: true,
  retryEnvironment: true,
  trustRefusals: true,
  removeEnvironment: true,
  testConnection: true,
  changeSettings: true,
  previewImport: true,
  getImportRows: true,
  runImport: true,
  retryImport: true,
  getImport: true,
  pauseImport: true,
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
  retryStorage: true,
  answerProxy: true,
  forgetProxyPassword: true,
  restart: true,
  getDesktopSupport: true,
  startAtLogin: true,
  networkIsBack: true,
  reevaluate: true,
  lock: true,
  unlock: true,
  unlockByTouch: true,
  setPassphrase: true,
  removePassphrase: true,
  forgetPassphrase: true,
  reportUncaught: true,
  quit: true,
}

const events: Record<EventName, true> = {
  accountsChanged: true,
  removalEnded: true,
  environmentsChanged: true,
  settingsChanged: true,
  storageChanged: true,
  clipboardChanged: true,
  proxyChanged: true,
  importProgressed: true,
  importEnded: true,
  servicePaused: true,
  lockChanged: true,
  productionRefused: true,
  noticesFound: true,
  navigate: true,
  somethingWentWrong: true,
}

export const CALL_NAMES = Object.keys(calls) as readonly CallName[]

export function isEventName(name: string): name is EventName {
  return Object.hasOwn(events, name)
}

export function callChannel(name: CallName): string {
  return `call:${name}`
}

export function eventChannel(name: EventName): string {
  return `event:${name}`
}

/** The command that starts this app; in a checkout that includes the Electron that runs it. */
import { app } from 'electron'
import { HIDDEN_SWITCH, QUICK_PICK_SWITCH } from '../windows/hidden-start'

/** The program and the arguments before its own switches, with this profile. */
export function ownCommand(): readonly string[] {
  const isOtherProfile = app.commandLine.hasSwitch('user-data-dir')
  return [
    process.execPath,
    ...(app.isPackaged ? [] : [app.getAppPath()]),
    ...(isOtherProfile ? [`--user-data-dir=${app.getPath('userData')}`] : []),
  ]
}

/** Starts the app again once this process has ended; `hidden`: without its window. */
export function relaunch(hidden: boolean): void {
  const [, ...args] = process.argv
  const wanted = args.filter((each) => each !== HIDDEN_SWITCH && each !== QUICK_PICK_SWITCH)
  app.relaunch({ execPath: process.execPath, args: hidden ? [...wanted, HIDDEN_SWITCH] : wanted })
}

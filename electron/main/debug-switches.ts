/** A release lets nobody look into it: with a switch that opens it to a debugger, it does not start. */

/**
 * As Chromium and Node name them, without the dashes. Fuses turn Node's off (`--inspect*`, `NODE_OPTIONS`,
 * `ELECTRON_RUN_AS_NODE`) before any code of ours runs; Chromium's have none. Both are named, so that a build whose
 * fuses were not set is no way in either.
 */
const DEBUG_SWITCHES = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'js-flags',
  'inspect',
  'inspect-brk',
  'inspect-wait',
  'inspect-port',
  'inspect-publish-uid',
  'auto-open-devtools-for-tabs',
  'disable-web-security',
  // These let others read or forge what goes over the network: keys and tokens.
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'log-net-log',
  'ssl-key-log-file',
] as const

export type DebugSwitch = (typeof DEBUG_SWITCHES)[number]

export interface Build {
  readonly isPackaged: boolean
  /** Made for checks only, and never given to anybody. */
  readonly isTestBuild: boolean
}

/** The switches for which the app must not start; none unless it is a release. `hasSwitch`: `app.commandLine`'s. */
export function refusedSwitches(
  hasSwitch: (name: string) => boolean,
  { isPackaged, isTestBuild }: Build,
): readonly DebugSwitch[] {
  return isPackaged && !isTestBuild ? DEBUG_SWITCHES.filter((name) => hasSwitch(name)) : []
}

import { powerMonitor } from 'electron'

/** Whoever has touched nothing for this long may have gone. */
const GONE_AFTER_S = 60

/** Whether somebody is at this machine, as far as the system knows; asked at the moment when it matters. */
export function isSomebodyThere(): boolean {
  return powerMonitor.getSystemIdleState(GONE_AFTER_S) === 'active'
}

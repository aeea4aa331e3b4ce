/** What the desktop was asked to show. */
import type { DesktopNotification } from '../../electron/core/base/ports'
import type { BackOffice } from './back-office'

/** Until what came due has been gathered and told. */
export const GATHERED = 10_000

/** The titles of what was shown since this was asked last. */
export function titlesShown(office: BackOffice): string[] {
  return office.notifier.shown.splice(0).map(({ title }) => title)
}

/** The latest that was shown. */
export function latest(office: BackOffice): DesktopNotification {
  const notice = office.notifier.shown.at(-1)
  if (notice === undefined) throw new Error('nothing was shown')
  return notice
}

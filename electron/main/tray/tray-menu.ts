import type { MenuItemConstructorOptions } from 'electron'
import type { TrayAccount, TraySummaryView } from '../../core/base/app-events'
import type { AccountId } from '../../shared/account'
import type { Environment } from '../../shared/environment'
import type { NavigationTarget } from '../../shared/navigation'
import {
  TRAY_ADD_ACCOUNT,
  TRAY_COPY,
  TRAY_LOCK,
  TRAY_OPEN,
  TRAY_QUIT,
  TRAY_UNLOCK,
  trayAccount,
  trayAttention,
} from '../../shared/wording'

/** More would make the menu scroll, and the window is quicker then. */
const PINNED_SHOWN = 20

type MenuEnvironment = Pick<Environment, 'id' | 'name' | 'production'>

export interface TrayActions {
  readonly copy: (id: AccountId) => void
  readonly navigate: (target: NavigationTarget) => void
  /** Shows the window as it is. */
  readonly open: () => void
  readonly lock: () => void
  readonly quit: () => void
}

/** `off`: no passphrase is set. */
export type TrayLock = 'off' | 'open' | 'locked'

/** The tray's menu: pinned accounts, then recently used ones, each copies its JWT; then the ways into the window. */
export function trayMenu(
  { attention, pinned, recent }: TraySummaryView,
  environments: readonly MenuEnvironment[],
  { copy, navigate, open, lock, quit }: TrayActions,
  lockNow: TrayLock = 'off',
): MenuItemConstructorOptions[] {
  const needing = attention === 0 ? [] : [opening(trayAttention(attention), 'attention')]
  if (lockNow === 'locked') return [...needing, item(TRAY_UNLOCK, open), SEPARATOR, item(TRAY_QUIT, quit)]
  const copies = [...pinned.slice(0, PINNED_SHOWN), ...recent].map((account) =>
    item(labelOf(account, environments), () => {
      copy(account.id)
    }),
  )
  const places: readonly MenuItemConstructorOptions[] = [
    ...needing,
    opening(TRAY_ADD_ACCOUNT, 'add-account'),
    item(TRAY_OPEN, open),
    ...(lockNow === 'open' ? [item(TRAY_LOCK, lock)] : []),
  ]
  return [
    ...(copies.length === 0 ? [] : [{ label: TRAY_COPY, enabled: false }, ...copies, SEPARATOR]),
    ...places,
    SEPARATOR,
    item(TRAY_QUIT, quit),
  ]

  function opening(label: string, at: 'attention' | 'add-account'): MenuItemConstructorOptions {
    return item(label, () => {
      navigate({ at })
    })
  }
}

/** While the app finishes its requests there is nothing to do, and a second Quit would change nothing. */
export function endingMenu(ending: string): MenuItemConstructorOptions[] {
  return [{ label: ending, enabled: false }]
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' }

function labelOf(account: TrayAccount, environments: readonly MenuEnvironment[]): string {
  return trayAccount(account.name, environments.find(({ id }) => id === account.environmentId) ?? null)
}

/** In a menu's label `&` marks the item's access key; doubled it is a plain one. */
function item(label: string, click: () => void): MenuItemConstructorOptions {
  return { label: label.replaceAll('&', '&&'), click }
}

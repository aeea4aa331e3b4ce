/** Shown while the window is hidden: in the tray, and about it. */
import { counted, figure, plural } from './counts'
import { asSentence, NOT_COPIED, type Message } from './problems'
import { isolated, jwtCopied } from './messages'
import type { NotificationText } from './notifications'

/** Longer names make a menu unwieldy. */
const NAME_SHOWN = 40

/** `where`: how to open the window again; `start` means starting TokenDesk again. */
export function staysInBackgroundText(where: 'tray' | 'menu-bar' | 'start'): NotificationText {
  return {
    title: 'TokenDesk is still running',
    body: `It keeps renewing accounts and sending reminders. ${backBy(where)} You can turn this off in Settings.`,
  }
}

function backBy(where: 'tray' | 'menu-bar' | 'start'): string {
  switch (where) {
    case 'tray':
      return 'Open or quit it from its icon in the tray.'
    case 'menu-bar':
      return 'Open or quit it from its icon in the menu bar.'
    case 'start':
      return 'Start it again to open or quit it.'
  }
}

/** `ending`: what the app waits for before it quits. */
export function trayTooltip(needingAttention: number, ending: string | null = null): string {
  if (ending !== null) return `TokenDesk: ${ending}`
  if (needingAttention === 0) return 'TokenDesk'
  return `TokenDesk: ${counted(needingAttention, 'account')} ${plural(needingAttention, 'needs', 'need')} attention`
}

export const TRAY_COPY = 'Copy JWT'
export const TRAY_ADD_ACCOUNT = 'Add account…'
export const TRAY_OPEN = 'Open'
export const TRAY_UNLOCK = 'Unlock…'
export const TRAY_LOCK = 'Lock'
export const TRAY_QUIT = 'Quit'

export function trayAttention(count: number): string {
  return `Needs attention (${figure(count)})`
}

/** `ACME · Sandbox`, `ACME · PRODUCTION Live`: production must stand out. `environment` is null when it is unknown. */
export function trayAccount(
  name: string,
  environment: { readonly name: string; readonly production: boolean } | null,
): string {
  const whose = isolated(shortened(name))
  if (environment === null) return whose
  return `${whose} · ${environment.production ? 'PRODUCTION ' : ''}${isolated(shortened(environment.name))}`
}

/** Keeps the beginning and the end, so that names which share one of them stay distinguishable. */
function shortened(name: string): string {
  const characters = Array.from(name)
  if (characters.length <= NAME_SHOWN) return name
  const half = NAME_SHOWN / 2
  return `${characters.slice(0, half).join('')}…${characters.slice(1 - half).join('')}`
}

/** `productionEnvironment` as in `jwtCopied`, `early` from `expiresEarly`. */
export function copiedText(
  name: string,
  productionEnvironment: string | null,
  early: string | null,
): NotificationText {
  return { title: jwtCopied(name, productionEnvironment), body: early ?? '' }
}

export function notCopiedText(name: string, words: Message): NotificationText {
  return {
    title: `Couldn’t copy the JWT of ${isolated(name)}`,
    body: words === NOT_COPIED ? words.todo : asSentence(words),
  }
}

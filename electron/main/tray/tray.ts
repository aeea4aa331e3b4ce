import { Menu, nativeImage, Tray, type NativeImage } from 'electron'
import type { TraySummaryView } from '../../core/base/app-events'
import type { Timers } from '../../core/base/ports'
import type { Environment } from '../../shared/environment'
import { trayTooltip } from '../../shared/wording'
import attention16 from './icons/tray-attention-16.png?asset'
import attention24 from './icons/tray-attention-24.png?asset'
import attention32 from './icons/tray-attention-32.png?asset'
import attention48 from './icons/tray-attention-48.png?asset'
import icon16 from './icons/tray-16.png?asset'
import icon24 from './icons/tray-24.png?asset'
import icon32 from './icons/tray-32.png?asset'
import icon48 from './icons/tray-48.png?asset'
import macAttention16 from './icons/tray-mac-attention-16.png?asset'
import macAttention32 from './icons/tray-mac-attention-32.png?asset'
import mac16 from './icons/tray-mac-16.png?asset'
import mac32 from './icons/tray-mac-32.png?asset'
import { endingMenu, trayMenu, type TrayActions, type TrayLock } from './tray-menu'

/** Changes within this time cause one new menu. */
const GATHER_MS = 100

export interface TrayIconDeps {
  readonly platform: NodeJS.Platform
  readonly timers: Timers
  readonly hasTray: () => Promise<boolean>
  readonly view: () => TraySummaryView
  readonly environments: () => readonly Environment[]
  readonly lock: () => TrayLock
  readonly actions: TrayActions
}

export class TrayIcon {
  #tray: Tray | null = null
  /** Chromium looks for a tray only when an icon is created. */
  #wasTrayThere = false
  #isChanging = false
  #shown = ''
  #ending: () => string | null = () => null

  constructor(private readonly deps: TrayIconDeps) {}

  /** Creates the icon, unless a tray shows it already; resolves with whether the desktop has a tray now. */
  async place(): Promise<boolean> {
    const isThere = await this.deps.hasTray()
    if (this.#tray === null || (isThere && !this.#wasTrayThere)) {
      this.#tray?.destroy()
      this.#tray = this.#make()
      this.#wasTrayThere = isThere
      this.#shown = ''
      this.#show(this.#tray)
    }
    return isThere
  }

  changed(): void {
    if (this.#tray === null || this.#isChanging) return
    this.#isChanging = true
    this.deps.timers.after(GATHER_MS, () => {
      this.#isChanging = false
      if (this.#tray !== null) this.#show(this.#tray)
    })
  }

  /** The app is quitting: from now on the icon says what it waits for. */
  showEnding(text: () => string): void {
    this.#ending = text
    this.changed()
  }

  #make(): Tray {
    const tray = new Tray(iconOf(this.deps.platform, false))
    // On macOS a click opens the menu.
    if (this.deps.platform !== 'darwin') tray.on('click', this.deps.actions.open)
    return tray
  }

  #show(tray: Tray): void {
    const view = this.deps.view()
    const environments = this.deps.environments()
    // On some desktops a new menu closes the one that is open.
    const lock = this.deps.lock()
    const ending = this.#ending()
    const shown = JSON.stringify([
      view,
      lock,
      ending,
      environments.map(({ id, name, production }) => [id, name, production]),
    ])
    if (shown === this.#shown) return
    this.#shown = shown
    tray.setImage(iconOf(this.deps.platform, view.attention > 0))
    tray.setToolTip(trayTooltip(view.attention, ending))
    const menu = ending === null ? trayMenu(view, environments, this.deps.actions, lock) : endingMenu(ending)
    tray.setContextMenu(Menu.buildFromTemplate(menu))
  }
}

function iconOf(platform: NodeJS.Platform, marked: boolean): NativeImage {
  if (platform === 'darwin') {
    const image = imageOf(marked ? [macAttention16, macAttention32] : [mac16, mac32])
    image.setTemplateImage(true)
    return image
  }
  return imageOf(
    marked ? [attention16, attention24, attention32, attention48] : [icon16, icon24, icon32, icon48],
  )
}

/** `files` are the same image for growing scale factors; the first has 16 pixels and factor 1. */
function imageOf(files: readonly string[]): NativeImage {
  const image = nativeImage.createEmpty()
  for (const file of files) {
    const one = nativeImage.createFromPath(file)
    const { width, height } = one.getSize()
    image.addRepresentation({ scaleFactor: width / 16, width, height, buffer: one.toPNG() })
  }
  return image
}

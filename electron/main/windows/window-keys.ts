/**
 * Keys that act on a window itself, as on its system: also while the app is locked, or its page is busy. On macOS they
 * belong to the menu.
 */
import type { BrowserWindow, Input } from 'electron'
import { shortcutKey } from '../../shared/shortcut-key'
import { zoomBy, type ZoomStep } from './zoom'

type WindowAction = 'guide' | 'close' | 'quit' | ZoomStep

export interface WindowActions {
  readonly guide: () => void
  readonly quit: () => void
}

export function followWindowKeys(
  window: BrowserWindow,
  platform: NodeJS.Platform,
  { guide, quit }: WindowActions,
): void {
  const { webContents } = window
  const run = (action: WindowAction): void => {
    switch (action) {
      case 'guide':
        guide()
        return
      case 'close':
        window.close()
        return
      case 'quit':
        quit()
        return
      case 'in':
      case 'out':
      case 'reset':
        zoomBy(webContents, action)
    }
  }
  webContents.on('before-input-event', (event, input) => {
    const action = windowAction(input, platform)
    if (action === null) return
    event.preventDefault()
    if (!input.isAutoRepeat || isZoom(action)) run(action)
  })
  // By Ctrl and the wheel, or a touchpad.
  webContents.on('zoom-changed', (_event, direction) => {
    run(direction)
  })
}

type PressedInput = Pick<
  Input,
  'type' | 'key' | 'code' | 'control' | 'shift' | 'alt' | 'meta' | 'isComposing'
>

export function windowAction(input: PressedInput, platform: NodeJS.Platform): WindowAction | null {
  const { control, shift, alt, meta } = input
  if (platform === 'darwin' || input.type !== 'keyDown' || input.isComposing || alt || meta) return null
  const key = shortcutKey({ ...input, ctrlKey: control, metaKey: meta, shiftKey: shift })
  if (!control) return key === 'F1' && !shift ? 'guide' : null
  // Some layouts have plus and zero above other characters.
  if (key === '+') return 'in'
  if (key === '0') return 'reset'
  if (shift) return null
  switch (key) {
    case '=':
      return 'in'
    case '-':
      return 'out'
    case 'w':
      return 'close'
    case 'q':
      // Windows has Alt+F4 for it.
      return platform === 'linux' ? 'quit' : null
    default:
      return null
  }
}

function isZoom(action: WindowAction): action is ZoomStep {
  return action === 'in' || action === 'out' || action === 'reset'
}

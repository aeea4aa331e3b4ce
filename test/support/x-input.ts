// The keyboard and the mouse of the X server, as their user moves them: nothing here goes through the app.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Locator } from '@playwright/test'
import type { RunningApp } from './electron-app'

const execute = promisify(execFile)

/** Where a key is, by its letter on a US keyboard (`KeyboardEvent.code`), as X numbers it. */
const PLACES = {
  KeyQ: 24,
  KeyW: 25,
  KeyY: 29,
  KeyP: 33,
  BracketLeft: 34,
  KeyA: 38,
  KeyF: 41,
  KeyK: 45,
  KeyL: 46,
  Backslash: 51,
  KeyZ: 52,
  KeyX: 53,
  KeyV: 55,
  KeyN: 57,
  KeyM: 58,
  Comma: 59,
  Period: 60,
  Slash: 61,
  Digit7: 16,
  Digit0: 19,
  Minus: 20,
  Equal: 21,
  // By its name, since a single digit would be one.
  Escape: 'Escape',
  Enter: 36,
  ArrowDown: 116,
  F1: 67,
} as const
export type Place = keyof typeof PLACES
type Modifier = 'ctrl' | 'shift'

/** Every program has it from now on. */
export async function setLayout(layout: string, variant = ''): Promise<void> {
  await execute('setxkbmap', ['-layout', layout, '-variant', variant])
}

/** Presses the key in this place, whatever it types. */
export async function pressKey(place: Place, ...held: readonly Modifier[]): Promise<void> {
  await execute('xdotool', ['key', '--delay', '0', [...held, String(PLACES[place])].join('+')])
}

/** Turns the wheel by one notch over what is in the middle of the window. */
export async function turnWheel(
  running: RunningApp,
  direction: 'up' | 'down',
  held: Modifier,
): Promise<void> {
  const { x, y, width, height } = await contentBounds(running)
  await moveTo(x + width / 2, y + height / 2)
  await execute('xdotool', ['keydown', held, 'click', direction === 'up' ? '4' : '5', 'keyup', held])
}

/** Clicks into the middle of the element. */
export async function clickOn(running: RunningApp, target: Locator, button: 'left' | 'right'): Promise<void> {
  const box = await target.boundingBox()
  if (box === null) throw new Error('There is nothing to click')
  const { x, y } = await contentBounds(running)
  await moveTo(x + box.x + box.width / 2, y + box.y + box.height / 2)
  await execute('xdotool', ['click', button === 'left' ? '1' : '3'])
}

/** Gives the main window the keyboard of the X server. */
export async function giveKeyboard({ app }: RunningApp): Promise<void> {
  await app.evaluate(async ({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find(
      (each) => !each.webContents.getURL().endsWith('#quick-pick'),
    )
    if (window === undefined || window.isFocused()) return
    const focused = new Promise<void>((resolve) => {
      window.once('focus', resolve)
    })
    window.show()
    window.focus()
    await focused
  })
}

async function moveTo(x: number, y: number): Promise<void> {
  await execute('xdotool', ['mousemove', '--sync', String(Math.round(x)), String(Math.round(y))])
}

function contentBounds({ app }: RunningApp) {
  return app.evaluate(
    ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getContentBounds() ?? { x: 0, y: 0, width: 0, height: 0 },
  )
}

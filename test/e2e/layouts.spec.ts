/** The shortcuts with real keys of the X server, on the keyboards that people have. */
import { once } from 'node:events'
import { AppWindow } from '../support/app-window'
import { windowState } from '../support/electron-app'
import { setLock, unlock } from '../support/lock'
import { addPartner, expect, test } from '../support/served-app'
import { giveKeyboard, pressKey, setLayout, type Place } from '../support/x-input'

interface Keyboard {
  readonly layout: string
  readonly variant?: string
  /** Where the letters are that are pressed with Ctrl; on a keyboard of another script, those of a US keyboard. */
  readonly places: Readonly<Record<'f' | 'n' | 'k' | 'l' | 'a' | ',' | 'q' | 'w', Place>>
  /** Where the slash and the question mark are typed, or the one where a US keyboard has both. */
  readonly slash: readonly [Place, ...'shift'[]]
  readonly question: readonly [Place, ...'shift'[]]
}

const US_PLACES: Keyboard['places'] = {
  ...{ f: 'KeyF', n: 'KeyN', k: 'KeyK', l: 'KeyL', a: 'KeyA', ',': 'Comma', q: 'KeyQ', w: 'KeyW' },
}
const KEYBOARDS: readonly Keyboard[] = [
  { layout: 'us', places: US_PLACES, slash: ['Slash'], question: ['Slash', 'shift'] },
  { layout: 'ru', places: US_PLACES, slash: ['Slash'], question: ['Digit7', 'shift'] },
  { layout: 'gr', places: US_PLACES, slash: ['Slash'], question: ['Slash', 'shift'] },
  { layout: 'il', places: US_PLACES, slash: ['KeyQ'], question: ['Slash', 'shift'] },
  { layout: 'ara', places: US_PLACES, slash: ['Slash'], question: ['Slash', 'shift'] },
  {
    layout: 'us',
    variant: 'dvorak',
    places: {
      ...{ f: 'KeyY', n: 'KeyL', k: 'KeyV', l: 'KeyP', a: 'KeyA', ',': 'KeyW', q: 'KeyX', w: 'Comma' },
    },
    slash: ['BracketLeft'],
    question: ['BracketLeft', 'shift'],
  },
  {
    layout: 'fr',
    places: { ...US_PLACES, a: 'KeyQ', ',': 'KeyM', q: 'KeyA', w: 'KeyZ' },
    slash: ['Period', 'shift'],
    question: ['KeyM', 'shift'],
  },
]

test.afterEach(async () => {
  await setLayout('us')
})

for (const { layout, variant, places, slash, question } of KEYBOARDS) {
  test(`on a keyboard ${layout} ${variant ?? ''} each shortcut works by its letter, or by its place`, async ({
    launch,
    server,
  }) => {
    await setLayout(layout, variant)
    const running = await launch()
    const { window } = running
    const appWindow = new AppWindow(window)
    await addPartner(server, appWindow, { name: 'ACME' })
    await addPartner(server, appWindow, { name: 'Harbor' })
    await setLock(appWindow)
    const search = window.getByRole('searchbox', { name: 'Search accounts' })
    const focusRow = async (): Promise<void> => {
      await appWindow.row('ACME').focus()
    }
    await giveKeyboard(running)

    await test.step('Ctrl+F, and the slash', async () => {
      await focusRow()
      await pressKey(places.f, 'ctrl')
      await expect(search).toBeFocused()
      await focusRow()
      await pressKey(...slash)
      await expect(search).toBeFocused()
      await expect(search).toHaveValue('')
    })

    await test.step('Ctrl+A', async () => {
      await focusRow()
      await pressKey(places.a, 'ctrl')
      await expect(window.getByRole('region', { name: 'Selected accounts' })).toContainText('2')
      await pressKey('Escape')
    })

    for (const [key, dialog] of [
      ['n', 'Add account'],
      ['k', 'Commands'],
      [',', 'Settings'],
    ] as const) {
      await test.step(`Ctrl+${key}`, async () => {
        await focusRow()
        await pressKey(places[key], 'ctrl')
        await expect(appWindow.dialog(dialog)).toBeVisible()
        await pressKey('Escape')
        await expect(appWindow.dialog(dialog)).toBeHidden()
      })
    }

    await test.step('the question mark', async () => {
      await focusRow()
      await pressKey(...question)
      await expect(appWindow.dialog('Keyboard shortcuts')).toBeVisible()
      await pressKey('Escape')
    })

    await test.step('F1, also while the app is locked', async () => {
      await pressKey(places.l, 'ctrl')
      await expect(window.getByRole('textbox', { name: 'Passphrase' })).toBeVisible()
      const opened = running.app.waitForEvent('window')
      await pressKey('F1')
      const guide = await opened
      await expect(guide).toHaveTitle(/guide/u)
      await guide.close()
      await unlock(appWindow)
    })

    await test.step('Ctrl+W and Ctrl+Q', async () => {
      await giveKeyboard(running)
      await pressKey(places.w, 'ctrl')
      await expect.poll(() => windowState(running)).not.toBe('shown')
      await giveKeyboard(running)
      const gone = once(running.app.process(), 'exit')
      await pressKey(places.q, 'ctrl')
      expect(await gone).toEqual([0, null])
    })
  })
}

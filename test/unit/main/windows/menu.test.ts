import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { macMenu, type MenuCommand } from '../../../../electron/main/windows/menu'

vi.mock('electron', () => ({ Menu: null }))

const chosen: MenuCommand[] = []
const menu = macMenu((command) => chosen.push(command))

const itemsOf = ({ submenu }: MenuItemConstructorOptions): MenuItemConstructorOptions[] =>
  Array.isArray(submenu) ? submenu : []
const items = menu.flatMap(itemsOf)
/** Chooses the item, and returns what comes of it. */
const choose = (label: string): MenuCommand | undefined => {
  items.find((item) => item.label === label)?.click?.(null as never, undefined, null as never)
  return chosen.at(-1)
}

describe('the menu bar on macOS', () => {
  it('has the usual menus in the usual order', () => {
    expect(menu.map(({ role }) => role)).toEqual([
      'appMenu',
      'fileMenu',
      'editMenu',
      'viewMenu',
      'windowMenu',
      'help',
    ])
  })

  it('has Settings… below About, with its key, and Quit last', () => {
    const [app] = menu
    const [about, , settings, ...others] = app === undefined ? [] : itemsOf(app)
    expect(about?.role).toBe('about')
    expect(settings).toMatchObject({ label: 'Settings…', accelerator: 'Command+,' })
    expect(others.at(-1)?.role).toBe('quit')
    expect(choose('Settings…')).toBe('settings')
  })

  it('closes the window, adds an account, zooms and opens the guide', () => {
    expect(items.some(({ role }) => role === 'close')).toBe(true)
    expect(choose('Add Account…')).toBe('add-account')
    expect(choose('Zoom In')).toBe('in')
    expect(choose('Zoom Out')).toBe('out')
    expect(choose('Actual Size')).toBe('reset')
    expect(choose('TokenDesk Guide')).toBe('guide')
  })
})

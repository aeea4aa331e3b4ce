import { describe, expect, it } from 'vitest'
import { BackOffice, unwrap } from '../../../support/back-office'

const KEYS = 'Control+Alt+J'
const OTHER = 'Control+Alt+K'

describe('the shortcut of the quick pick', () => {
  it('is off until the user sets one, and then opens the quick pick', async () => {
    const office = await BackOffice.open()
    expect(office.shortcut.registered.size).toBe(0)
    expect(unwrap(await office.useCases.shortcuts.choose(KEYS))).toMatchObject({ quickPickShortcut: KEYS })
    office.shortcut.registered.get(KEYS)?.()
    expect(office.quickPicks).toBe(1)
  })

  it('that another program has is refused, and the old one stays', async () => {
    const office = await BackOffice.open()
    unwrap(await office.useCases.shortcuts.choose(KEYS))
    office.shortcut.taken.add(OTHER)
    for (const [wanted, reason] of [
      [OTHER, 'taken'],
      ['J', 'invalid'],
    ] as const) {
      expect(await office.useCases.shortcuts.choose(wanted)).toEqual({
        ok: false,
        error: { code: 'shortcut-refused', reason },
      })
      expect([...office.shortcut.registered.keys()]).toEqual([KEYS])
      expect(office.settingsStore.current.quickPickShortcut).toBe(KEYS)
    }
  })

  it('is refused where the desktop lets no app have one, before anything is registered', async () => {
    const office = await BackOffice.open()
    office.shortcutSupport = 'none'
    expect(await office.useCases.shortcuts.choose(KEYS)).toEqual({
      ok: false,
      error: { code: 'shortcut-refused', reason: 'unsupported' },
    })
    expect(office.shortcut.registered.size).toBe(0)
    // One that was set elsewhere can be cleared.
    unwrap(await office.useCases.shortcuts.choose(null))
  })

  it('is put back when the settings can not be stored', async () => {
    const office = await BackOffice.open()
    unwrap(await office.useCases.shortcuts.choose(KEYS))
    office.stateStore.full = true
    for (const wanted of [OTHER, null]) {
      expect(await office.useCases.shortcuts.choose(wanted)).toMatchObject({
        ok: false,
        error: { code: 'problem', problem: { code: 'storage-unwritable' } },
      })
      expect([...office.shortcut.registered.keys()]).toEqual([KEYS])
      expect(office.settingsStore.current.quickPickShortcut).toBe(KEYS)
    }
  })

  it('is registered again at the next start, which says when it can not be', async () => {
    const office = await BackOffice.open()
    unwrap(await office.useCases.shortcuts.choose(KEYS))
    office.shortcut.registered.clear()
    const restarted = await office.restart()
    expect(restarted.useCases.shortcuts.follow()).toBe(true)
    expect([...office.shortcut.registered.keys()]).toEqual([KEYS])
    office.shortcut.taken.add(KEYS)
    expect((await restarted.restart()).useCases.shortcuts.follow()).toBe(false)
  })

  it('is given back when it is switched off, and when the settings are reset', async () => {
    const office = await BackOffice.open()
    unwrap(await office.useCases.shortcuts.choose(KEYS))
    unwrap(await office.useCases.shortcuts.choose(null))
    expect(office.shortcut.registered.size).toBe(0)
    unwrap(await office.useCases.shortcuts.choose(KEYS))
    office.settingsStore.reset()
    expect(office.shortcut.registered.size).toBe(0)
  })
})

import { describe, expect, it, vi } from 'vitest'
import { MainWindowController } from '../../../../electron/main/windows/main-window-controller'

function aWindow(state: Partial<Record<'minimised' | 'visible' | 'focused' | 'destroyed', boolean>> = {}) {
  return {
    isMinimized: () => state.minimised ?? false,
    isVisible: () => state.visible ?? true,
    isFocused: () => state.focused ?? true,
    isDestroyed: () => state.destroyed ?? false,
    restore: vi.fn(),
    show: vi.fn(),
    focus: vi.fn(),
  }
}

function aController(window = aWindow(), isUserPresent = true) {
  return new MainWindowController(window, () => isUserPresent)
}

describe('bringing the window to the front', () => {
  it('shows a hidden one and restores a minimised one', () => {
    const hidden = aWindow({ visible: false })
    aController(hidden).show()
    expect(hidden.restore).not.toHaveBeenCalled()
    expect(hidden.show).toHaveBeenCalledOnce()
    expect(hidden.focus).toHaveBeenCalledOnce()

    const minimised = aWindow({ minimised: true })
    aController(minimised).show()
    expect(minimised.restore).toHaveBeenCalledOnce()
  })

  it('does nothing when there is no window any more', () => {
    const closed = aWindow()
    const controller = aController(closed)
    controller.closed()
    controller.show()
    expect(controller.window).toBeNull()
    expect(controller.isWatched).toBe(false)
    expect(closed.show).not.toHaveBeenCalled()

    const destroyed = aWindow({ destroyed: true })
    aController(destroyed).show()
    expect(destroyed.show).not.toHaveBeenCalled()
  })

  it('does nothing once the app is about to end', () => {
    const window = aWindow()
    const controller = aController(window)
    controller.retire()
    controller.show()
    expect(window.show).not.toHaveBeenCalled()
    expect(controller.isWatched).toBe(false)
  })

  it.each([
    [{}, true],
    [{ focused: false }, false],
    [{ visible: false }, false],
    [{ minimised: true }, false],
  ])('a window that is %o is watched: %s', (state, watched) => {
    expect(aController(aWindow(state)).isWatched).toBe(watched)
  })

  it('one that has the focus is not watched while the user is away', () => {
    expect(aController(aWindow(), false).isWatched).toBe(false)
  })
})

import { describe, expect, it, vi } from 'vitest'
import { Front } from '../../../../electron/main/windows/main-window-controller'

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

function aFront(window: ReturnType<typeof aWindow> | null = aWindow(), isSomebodyThere = true) {
  const publish = vi.fn()
  return {
    front: new Front(
      () => window,
      publish,
      () => isSomebodyThere,
    ),
    publish,
  }
}

const ATTENTION = { at: 'attention' } as const

describe('bringing the window to the front', () => {
  it('shows a hidden one and restores a minimised one', () => {
    const hidden = aWindow({ visible: false })
    aFront(hidden).front.show()
    expect(hidden.restore).not.toHaveBeenCalled()
    expect(hidden.show).toHaveBeenCalledOnce()
    expect(hidden.focus).toHaveBeenCalledOnce()

    const minimised = aWindow({ minimised: true })
    aFront(minimised).front.show()
    expect(minimised.restore).toHaveBeenCalledOnce()
  })

  it('does nothing when there is no window any more', () => {
    expect(() => {
      aFront(null).front.navigate(ATTENTION)
      aFront(aWindow({ destroyed: true })).front.navigate(ATTENTION)
    }).not.toThrow()
  })

  it('tells a page that listens at once, and each place once', () => {
    const { front, publish } = aFront()
    front.pageListens()
    front.navigate(ATTENTION)
    front.pageListens()
    expect(publish.mock.calls).toEqual([['navigate', { target: ATTENTION }]])
  })

  it('keeps the latest place for a page that is not listening yet', () => {
    const { front, publish } = aFront()
    front.navigate({ at: 'list' })
    front.navigate(ATTENTION)
    expect(publish).not.toHaveBeenCalled()
    front.pageListens()
    expect(publish.mock.calls).toEqual([['navigate', { target: ATTENTION }]])
  })

  it('keeps it as well while a page is loaded anew', () => {
    const { front, publish } = aFront()
    front.pageListens()
    front.pageIsGone()
    front.navigate(ATTENTION)
    expect(publish).not.toHaveBeenCalled()
    front.pageListens()
    expect(publish).toHaveBeenCalledOnce()
  })

  it.each([
    [{}, true],
    [{ focused: false }, false],
    [{ visible: false }, false],
    [{ minimised: true }, false],
  ])('a window that is %o is watched: %s', (state, watched) => {
    expect(aFront(aWindow(state)).front.isWatched).toBe(watched)
  })

  it('one that has the focus is not watched when nobody is there', () => {
    expect(aFront(aWindow(), false).front.isWatched).toBe(false)
  })
})

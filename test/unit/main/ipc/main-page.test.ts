import { describe, expect, it, vi } from 'vitest'
import { MainPage } from '../../../../electron/main/ipc/main-page'

const ATTENTION = { at: 'attention' } as const

function aPage() {
  const publish = vi.fn()
  return { page: new MainPage(publish), publish }
}

describe('what the page of the main window must not miss', () => {
  it('reaches a page that listens at once, and once', () => {
    const { page, publish } = aPage()
    page.listens()
    page.navigate(ATTENTION)
    page.somethingWentWrong()
    page.listens()
    expect(publish.mock.calls).toEqual([
      ['navigate', { target: ATTENTION }],
      ['somethingWentWrong', {}],
    ])
  })

  it('is kept for a page that is not listening yet: the latest target, and one mishap', () => {
    const { page, publish } = aPage()
    page.navigate({ at: 'list' })
    page.navigate(ATTENTION)
    page.somethingWentWrong()
    page.somethingWentWrong()
    expect(publish).not.toHaveBeenCalled()
    page.listens()
    expect(publish.mock.calls).toEqual([
      ['navigate', { target: ATTENTION }],
      ['somethingWentWrong', {}],
    ])
  })

  it('is kept as well while a page is loaded anew', () => {
    const { page, publish } = aPage()
    page.listens()
    page.isGone()
    page.navigate(ATTENTION)
    expect(publish).not.toHaveBeenCalled()
    page.listens()
    expect(publish).toHaveBeenCalledOnce()
  })

  it('is also that it has crashed, since what was typed is gone', () => {
    const { page, publish } = aPage()
    page.listens()
    page.crashed()
    expect(publish).not.toHaveBeenCalled()
    page.listens()
    expect(publish.mock.calls).toEqual([['somethingWentWrong', {}]])
  })
})

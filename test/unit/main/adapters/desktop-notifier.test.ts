import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createDesktopNotifier } from '../../../../electron/main/adapters/desktop-notifier'

const made = vi.hoisted(() => [] as { options: object; closed: boolean; emit: EventEmitter['emit'] }[])

vi.mock('electron', () => ({
  Notification: class extends EventEmitter {
    closed = false
    constructor(readonly options: object) {
      super()
      made.push(this)
    }
    show(): void {
      // Nothing is to be seen here.
    }
    close(): void {
      this.closed = true
    }
  },
}))

beforeEach(() => {
  made.length = 0
})

function show() {
  const clicked = vi.fn()
  const pressed = vi.fn()
  const gone = vi.fn()
  const taken = vi.fn()
  const failed = vi.fn()
  const close = createDesktopNotifier().show({
    title: 'R&D <b>x</b>',
    body: 'R&D <b>x</b>',
    buttons: ['Renew now', 'Remind me tomorrow'],
    quiet: false,
    taken,
    failed,
    clicked,
    pressed,
    gone,
  })
  const [notification] = made
  if (notification === undefined) throw new Error('nothing was shown')
  return { notification, clicked, pressed, gone, taken, failed, close }
}

describe('a desktop notification', () => {
  it('shows names as they are', () => {
    expect(show().notification.options).toMatchObject({ title: 'R&D <b>x</b>', body: 'R&D <b>x</b>' })
  })

  it('says whether the system has taken it', () => {
    const good = show()
    good.notification.emit('show')
    expect(good.taken).toHaveBeenCalledOnce()
    made.length = 0
    const bad = show()
    bad.notification.emit('failed', {})
    expect(bad.failed).toHaveBeenCalledOnce()
    expect(bad.gone).not.toHaveBeenCalled()
  })

  it('tells which button was pressed, in the way of Electron 45 and in that of older ones', () => {
    const { notification, pressed } = show()
    notification.emit('action', { actionIndex: 1, selectionIndex: -1 }, 1)
    notification.emit('action', {}, 1)
    expect(pressed.mock.calls).toEqual([[1], [1]])
  })

  it('tells of a click, and is taken off the screen', () => {
    const { notification, clicked, close } = show()
    notification.emit('click', {})
    expect(clicked).toHaveBeenCalledOnce()
    close()
    expect(notification.closed).toBe(true)
  })

  it.each([
    ['closed by the user', 'close', {}],
    ['closed by the user of Windows', 'close', { reason: 'userCanceled' }],
  ])('tells when it is gone: %s', (_, event, details) => {
    const { notification, gone } = show()
    notification.emit(event, details)
    expect(gone).toHaveBeenCalledOnce()
  })

  it('stays clickable in the Action Center of Windows when its time is over, but not for ever', () => {
    const notifier = createDesktopNotifier()
    const gone = vi.fn()
    for (let n = 0; n < 22; n += 1) {
      const parts = { title: String(n), body: '', buttons: [], quiet: false, taken: vi.fn(), failed: vi.fn() }
      notifier.show({ ...parts, clicked: vi.fn(), pressed: vi.fn(), gone: () => void gone(n) })
    }
    for (const notification of made) notification.emit('close', { reason: 'timedOut' })
    expect(gone.mock.calls).toEqual([[0], [1]])
  })
})

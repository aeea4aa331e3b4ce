import { afterEach, describe, expect, test, vi } from 'vitest'
import { createApp, h, nextTick, ref } from 'vue'
import { catchUncaught } from '../../../src/app/uncaught'
import { startMain } from '../../support/main-in-memory'
import { click, get, queryAll, text } from '../support/queries'

const SECRET = 'canary-of-an-uncaught-error'

afterEach(() => {
  document.body.innerHTML = ''
})

/** A page with a component that can fail while it renders. */
async function aPage() {
  const page = new EventTarget()
  const bridge = await startMain()
  const fails = ref(false)
  const app = createApp(() => {
    if (fails.value) throw new TypeError(SECRET)
    return h('p', 'well')
  })
  catchUncaught(app, { bridge, window: page as Window, document })
  const host = document.createElement('div')
  document.body.append(host)
  app.mount(host)
  const reported = (): unknown[] =>
    bridge.asked.flatMap(({ call, input }) => (call === 'reportUncaught' ? [input] : []))
  return { page, bridge, fails, reported }
}

function dispatch(page: EventTarget, type: string, parts: object): void {
  page.dispatchEvent(Object.assign(new Event(type), parts))
}

describe('uncaught errors in the page', () => {
  test('are reported once in plain words, and to main by kind and position only', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { page, fails, reported } = await aPage()
    fails.value = true
    await nextTick()
    dispatch(page, 'error', { error: new RangeError(SECRET), message: SECRET })
    dispatch(page, 'unhandledrejection', { reason: SECRET })

    const [told, ...more] = queryAll('alert')
    expect(more).toEqual([])
    expect(text(told)).toContain('Something went wrong in TokenDesk, but it keeps running')
    expect(document.body.textContent).not.toContain(SECRET)
    expect(reported()).toMatchObject([
      { how: 'render', error: 'TypeError' },
      { how: 'error', error: 'RangeError' },
      { how: 'rejection', error: 'string', place: null },
    ])
    expect(JSON.stringify(reported())).not.toContain(SECRET)

    await click(get('button', 'Dismiss'))
    expect(queryAll('alert')).toEqual([])
    dispatch(page, 'error', { error: new Error(SECRET), message: SECRET })
    expect(queryAll('alert')).toEqual([])
  })

  test('does not flood main', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { page, reported } = await aPage()
    for (let n = 0; n < 100; n += 1) dispatch(page, 'error', { error: new Error('x'), message: 'x' })
    expect(reported()).toHaveLength(20)
  })

  test('is not a layout that took more than one round', async () => {
    const { page, reported } = await aPage()
    dispatch(page, 'error', {
      error: null,
      message: 'ResizeObserver loop completed with undelivered notifications.',
    })
    expect(queryAll('alert')).toEqual([])
    expect(reported()).toEqual([])
  })

  test('and what main reports is shown there as well', async () => {
    const { bridge } = await aPage()
    bridge.publish('somethingWentWrong', {})
    bridge.publish('somethingWentWrong', {})
    expect(queryAll('alert')).toHaveLength(1)
  })
})

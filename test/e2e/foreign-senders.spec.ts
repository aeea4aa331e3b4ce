/** Main answers only its own windows (point 17 of docs/SECURITY-CHECKLIST.md). */
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { HOME, ready } from '../support/built-window'
import type { RunningApp } from '../support/electron-app'
import { expect, test } from '../support/served-app'

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/u, '')

test('17: whoever is not our window’s main frame at our origin is refused every call', async ({ launch }) => {
  const running = await launch()
  const { app, window } = running
  await ready(window)

  await test.step('our own frame: whatever it sends, it gets an answer', async () => {
    const replies = await barrage(window)
    expect(replies.length).toBeGreaterThan(400)
    expect(
      replies.filter(({ outcome }) => !/^(?:ok|invalid-message|not-found|bad-fields)$/u.test(outcome)),
    ).toEqual([])
  })

  await test.step('another window with our preload and our page', async () => {
    const foreign = await openForeign(running, HOME)
    await expectForbidden(foreign)
    await foreign.close()
  })

  await test.step('a page of somebody else', async () => {
    const foreign = await openForeign(running, 'data:text/html,<title>elsewhere</title>')
    await expectForbidden(foreign)
    await foreign.close()
  })

  await test.step('our own window, should it ever show something else', async () => {
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.loadURL('data:text/html,<title>elsewhere</title>'),
    )
    await expect(window).toHaveTitle('elsewhere')
    await expectForbidden(window)
  })

  await test.step('our own window on an empty page, the one place that Chromium lets it go to unasked', async () => {
    await app.evaluate(({ BrowserWindow }, home) => BrowserWindow.getAllWindows()[0]?.loadURL(home), HOME)
    await ready(window)
    await window.evaluate(`void setTimeout(() => { location.href = 'about:blank' })`)
    await window.waitForURL('about:blank')
    await expectForbidden(window)
  })
  expect(running.output.filter((line) => /"level":"(?:warn|error)"|uncaught|unhandled/iu.test(line))).toEqual(
    [],
  )
})

interface Reply {
  readonly call: string
  readonly outcome: string
}

/** Sends each call what it does not want, a dozen times over. */
async function barrage(page: Page): Promise<readonly Reply[]> {
  return await page.evaluate(`(async () => {
    const ring = { id: 'x' }
    ring.self = ring
    const odd = () => [
      null, 0, NaN, 'x', [], true, 10n ** 30n, new Date(NaN), ring, new Uint8Array(9), 'x'.repeat(200000),
      { id: { $ne: 1 } }, JSON.parse('{"__proto__":{"id":"x"},"constructor":{"prototype":{"polluted":1}}}'),
    ]
    const replies = []
    for (const call of Object.keys(tokenDesk).filter((name) => name !== 'on')) {
      for (const message of odd()) {
        try {
          const reply = await tokenDesk[call](message)
          const isAnswer = reply.ok === true || (reply.ok === false && typeof reply.error.code === 'string')
          replies.push({ call, outcome: !isAnswer ? 'no answer' : reply.ok ? 'ok' : reply.error.code })
        } catch (error) {
          replies.push({ call, outcome: String(error) })
        }
      }
    }
    return replies
  })()`)
}

async function expectForbidden(page: Page): Promise<void> {
  const replies = await barrage(page)
  expect(replies.length).toBeGreaterThan(400)
  expect(replies.filter(({ outcome }) => outcome !== 'forbidden')).toEqual([])
  // Not for the shape of what was sent.
  const plain = await page.evaluate(
    `Promise.all(['getSnapshot', 'getAbout', 'copyDiagnostics', 'quit'].map((call) => tokenDesk[call]()))`,
  )
  expect(plain).toEqual(Array.from({ length: 4 }, () => ({ ok: false, error: { code: 'forbidden' } })))
}

/** A window that was not opened by the app, with the preload that ours have. */
async function openForeign({ app }: RunningApp, url: string): Promise<Page> {
  const opened = app.waitForEvent('window')
  await app.evaluate(
    async ({ BrowserWindow }, { preload, address }) => {
      const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
      await foreign.loadURL(address)
    },
    { preload: `${ROOT}/out/preload/index.cjs`, address: url },
  )
  const foreign = await opened
  await foreign.waitForURL(url)
  return foreign
}

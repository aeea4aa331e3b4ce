/** Electron's security checklist on the built app, as far as it can only be seen there (docs/SECURITY-CHECKLIST.md). */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { ElectronApplication } from '@playwright/test'
import { calls } from '../../electron/shared/ipc/contract'
import { HOME, ready } from '../support/built-window'
import { expect, test } from '../support/served-app'

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/u, '')
const CALLS = Object.keys(calls)

test('the window is sandboxed, loads its own files only, and holds nothing but the contract', async ({
  launch,
}) => {
  const { app, window } = await launch()
  await ready(window)

  await test.step('1, 18: nothing is loaded but over app://', async () => {
    const loaded: string[] = []
    window.on('request', (request) => loaded.push(request.url()))
    await window.reload()
    await ready(window)
    expect(loaded.length).toBeGreaterThan(2)
    expect(loaded.filter((url) => !/^(?:app:\/\/tokendesk\/|data:)/u.test(url))).toEqual([])
    expect(window.url()).toBe(HOME)
  })

  await test.step('2, 3, 4, 6, 8, 9, 10: every window has the strict preferences', async () => {
    const opened = app.waitForEvent('window')
    await window.evaluate('tokenDesk.openGuide()')
    await opened
    const preferences = await preferencesOfWindows(app)
    // The list and the guide.
    expect(preferences).toHaveLength(2)
    for (const each of preferences) {
      expect(each).toMatchObject({
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        contextIsolation: true,
        sandbox: true,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
      })
      // Absent or false, as this Electron has it.
      expect(each['nodeIntegrationInWorker'] ?? false).toBe(false)
      expect(each['experimentalFeatures'] ?? false).toBe(false)
      expect(each['enableBlinkFeatures'] ?? '').toBe('')
      expect(each['navigateOnDragDrop'] ?? false).toBe(false)
    }
  })

  await test.step('2, 3, 20: the page has neither Node nor Electron, and a bridge that it can not bend', async () => {
    const names = ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer']
    expect(await window.evaluate(`${JSON.stringify(names)}.filter((name) => name in globalThis)`)).toEqual([])
    const bridge = await window.evaluate(`({
      names: Object.keys(tokenDesk).sort(),
      isFrozen: Object.isFrozen(tokenDesk),
      isReplaced: (() => { try { tokenDesk.copyJwt = null; window.tokenDesk = {} } catch {} return tokenDesk.copyJwt === null || tokenDesk.on === undefined })(),
    })`)
    expect(bridge).toEqual({ names: [...CALLS, 'on'].sort(), isFrozen: true, isReplaced: false })
  })

  await test.step('20: a listener gets what happened, and nothing of Electron', async () => {
    const received = await window.evaluate(`new Promise((resolve) => {
      const stop = tokenDesk.on('settingsChanged', (...given) => { stop(); resolve(given.map((each) => Object.keys(each))) })
      tokenDesk.changeSettings({ density: 'compact' })
    })`)
    expect(received).toEqual([['settings']])
    await expect(window.evaluate(`tokenDesk.on('anything', () => undefined)`)).rejects.toThrow(
      'unknown event',
    )
  })

  await test.step('11, 12: there are no webviews', async () => {
    expect(
      await window.evaluate(`(() => {
        const view = document.createElement('webview')
        view.src = ${JSON.stringify(HOME)}
        document.body.append(view)
        return [view instanceof HTMLUnknownElement || view.constructor === HTMLElement, typeof view.getWebContentsId]
      })()`),
    ).toEqual([true, 'undefined'])
    expect(await typesOfContents(app)).toEqual(['window', 'window'])
  })
})

test('5: every permission is denied', async ({ launch }) => {
  // With a camera, or it is only the camera that is missing.
  const { app, window } = await launch({ args: ['--use-fake-device-for-media-stream'] })
  await ready(window)
  // Whoever may have a device is asked which, also where there is none: that is how a yes would be seen here.
  await app.evaluate(({ session }) => {
    const devicesAskedFor: string[] = []
    Object.assign(globalThis, { devicesAskedFor })
    for (const name of ['select-usb-device', 'select-serial-port', 'select-hid-device'])
      (session.defaultSession as NodeJS.EventEmitter).on(name, () => devicesAskedFor.push(name))
  })
  const answers = await window.evaluate(`(async () => {
    const asked = async (ask) => { try { await ask(); return 'granted' } catch (error) { return error.name ?? error.code } }
    const states = {}
    for (const name of ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'])
      states[name] = (await navigator.permissions.query({ name })).state
    return {
      states,
      notification: await Notification.requestPermission(),
      geolocation: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(() => resolve('granted'), ({ code }) => resolve(code))),
      camera: await asked(() => navigator.mediaDevices.getUserMedia({ video: true })),
      screen: await asked(() => navigator.mediaDevices.getDisplayMedia()),
      clipboard: await asked(() => navigator.clipboard.readText()),
      midi: await asked(() => navigator.requestMIDIAccess({ sysex: true })),
      usb: await asked(() => navigator.usb.requestDevice({ filters: [] })),
      serial: await asked(() => navigator.serial.requestPort()),
      hid: await navigator.hid.requestDevice({ filters: [] }).then((all) => all.length),
      hasGesture: navigator.userActivation.isActive,
    }
  })()`)
  expect(answers).toEqual({
    states: {
      geolocation: 'denied',
      notifications: 'denied',
      camera: 'denied',
      microphone: 'denied',
      midi: 'denied',
      'clipboard-read': 'denied',
    },
    notification: 'denied',
    geolocation: 1,
    camera: 'NotAllowedError',
    // Allowed, they would fail by other names: there is nothing to share, and no MIDI here.
    screen: 'NotAllowedError',
    clipboard: 'NotAllowedError',
    midi: 'NotAllowedError',
    usb: 'NotFoundError',
    serial: 'NotFoundError',
    hid: 0,
    // Without one they would be refused for that.
    hasGesture: true,
  })
  expect(
    await app.evaluate(() => (globalThis as unknown as { devicesAskedFor: string[] }).devicesAskedFor),
  ).toEqual([])
})

test('the window goes nowhere, and opens nothing', async ({ launch, server }) => {
  const { app, window } = await launch()
  await ready(window)
  await window.evaluate(`globalThis.isFirstPage = true`)
  await app.evaluate(({ app: electron, BrowserWindow }) => {
    const seen: string[] = []
    Object.assign(globalThis, { seen })
    BrowserWindow.getAllWindows()[0]?.webContents.on('will-frame-navigate', (event) => {
      seen.push(`${event.url} ${event.defaultPrevented ? 'prevented' : 'allowed'}`)
    })
    electron.on('browser-window-created', () => seen.push('a new window'))
  })
  const seen = (): Promise<string[]> => app.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)
  const stays = async (afterWhat: string): Promise<void> => {
    // One more, of which the end is known: what was tried before it is over by then.
    const last = `${server.url}/${afterWhat}`
    await window.evaluate(`void setTimeout(() => { location.href = ${JSON.stringify(last)} })`)
    await expect.poll(seen).toContain(`${last} prevented`)
    expect((await seen()).filter((each) => !each.endsWith(' prevented'))).toEqual([])
    expect(window.url()).toBe(HOME)
    expect(await window.evaluate(`isFirstPage`)).toBe(true)
    expect(await typesOfContents(app)).toEqual(['window'])
    expect(server.stats.connections).toBe(0)
  }

  await test.step('13: navigation', async () => {
    const targets = [
      `${server.url}/`,
      'https://127.0.0.1:9/',
      'app://elsewhere/index.html',
      'mailto:a@b.example',
    ]
    for (const target of targets) {
      await window.evaluate(`void setTimeout(() => { location.href = ${JSON.stringify(target)} })`)
      await expect.poll(seen).toContain(`${target} prevented`)
    }
    for (const target of ['file:///etc/hostname', 'data:text/html,x', 'chrome://gpu', 'devtools://x']) {
      await window.evaluate(`void setTimeout(() => { location.href = ${JSON.stringify(target)} })`)
    }
    await window.evaluate(`document.body.insertAdjacentHTML('beforeend',
      '<a id="away" href="${server.url}/link">away</a><meta http-equiv="refresh" content="0; url=${server.url}/meta">')`)
    await window.evaluate(`document.getElementById('away').click()`)
    await expect.poll(seen).toContain(`${server.url}/link prevented`)
    await stays('navigation')
  })

  await test.step('14: new windows', async () => {
    const opened = await window.evaluate(`[
      window.open(${JSON.stringify(server.url)}),
      window.open('about:blank'),
      window.open(${JSON.stringify(HOME)}),
      window.open('file:///etc/hostname'),
    ]`)
    expect(opened).toEqual([null, null, null, null])
    await window.evaluate(`(() => {
      const link = document.getElementById('away')
      link.target = '_blank'
      link.click()
      link.dispatchEvent(new MouseEvent('click', { ctrlKey: true }))
      link.dispatchEvent(new MouseEvent('click', { shiftKey: true }))
    })()`)
    await stays('windows')
  })

  await test.step('13: a file or a link that is dragged in', async () => {
    const debugger_ = await window.context().newCDPSession(window)
    for (const data of [
      { items: [], files: ['/etc/hostname'], dragOperationsMask: 1 },
      { items: [{ mimeType: 'text/uri-list', data: `${server.url}/drop` }], dragOperationsMask: 1 },
    ]) {
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
        await debugger_.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data })
    }
    await debugger_.detach()
    await stays('drops')
  })
})

test('13: no page follows a redirect to elsewhere, in whichever window', async ({ launch }) => {
  const asked: (string | undefined)[] = []
  const elsewhere = createServer(({ url }, response) => {
    asked.push(url)
    response.writeHead(302, { location: '/elsewhere' }).end()
  }).listen(0, '127.0.0.1')
  await once(elsewhere, 'listening')
  const { app, window } = await launch()
  await ready(window)
  // The app's own session doesn't even reach the first of them.
  const redirects = await app.evaluate(
    async ({ BrowserWindow }, url) => {
      const foreign = new BrowserWindow({ show: false, webPreferences: { partition: 'with a network' } })
      const seen: boolean[] = []
      foreign.webContents.on('will-redirect', ({ defaultPrevented }) => seen.push(defaultPrevented))
      await foreign.loadURL(url).catch(() => undefined)
      return seen
    },
    `http://127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}/start`,
  )
  expect(redirects).toEqual([true])
  expect(asked).toEqual(['/start'])
  elsewhere.close()
})

test('12: no webview is attached, not even in a window that may have them', async ({ launch }) => {
  const { app, window } = await launch()
  await ready(window)
  const attempts = await app.evaluate(async ({ BrowserWindow }) => {
    const foreign = new BrowserWindow({ show: false, webPreferences: { webviewTag: true } })
    const attempt = new Promise<boolean>((resolve) => {
      foreign.webContents.on('will-attach-webview', ({ defaultPrevented }) => {
        resolve(defaultPrevented)
      })
    })
    await foreign.loadURL('data:text/html,<webview src="data:text/html,inside"></webview>')
    return await attempt
  })
  expect(attempts).toBe(true)
  expect(await typesOfContents(app)).toEqual(['window', 'window'])
})

test('18: app:// serves the window’s files, and nothing outside of their folder', async ({ launch }) => {
  const { app } = await launch()
  const answers = (urls: readonly string[], method = 'GET'): Promise<number[]> =>
    app.evaluate(
      async ({ net }, asked) => {
        const status = async (url: string): Promise<number> => {
          try {
            return (await net.fetch(url, { method: asked.method })).status
          } catch (error) {
            if (String(error).includes('ERR_FILE_NOT_FOUND')) return 404
            throw error
          }
        }
        return await Promise.all(asked.urls.map(status))
      },
      { urls, method },
    )
  expect(await answers([HOME, 'app://tokendesk/guide.html'])).toEqual([200, 200])
  expect(await answers([HOME], 'POST')).toEqual([404])

  // Each would be a file that is there, and of a kind that is served.
  const main = `${ROOT}/out/main/index.js`
  const outside = [
    '/../main/index.js',
    '/..%2fmain/index.js',
    '/..%2Fmain%2Findex.js',
    '/%2e%2e/main/index.js',
    '/%2e%2e%2fmain%2findex.js',
    '/%2E%2E%2Fmain%2Findex.js',
    '/assets/..%2f..%2fmain%2findex.js',
    '/assets/%2e%2e/%2e%2e/main/index.js',
    '/index.html/..%2f..%2fmain%2findex.js',
    '/....//main/index.js',
    '/..%5cmain%5cindex.js',
    '/%252e%252e%252fmain%252findex.js',
    '/%c0%ae%c0%ae/main/index.js',
    '/../renderer-evil/index.js',
    `/${main}`,
    `/%2f${main.slice(1)}`,
    `/${encodeURIComponent(main)}`,
    `/..${encodeURIComponent('/../..')}${encodeURIComponent(main)}`,
    '/index.html%00.js',
    '/%00',
    '/%',
    '/',
    '/assets',
  ].map((path) => `app://tokendesk${path}`)
  const elsewhere = ['app://elsewhere/index.html', 'app://tokendesk./index.html']
  const all = [...outside, ...elsewhere]
  const statuses = await answers(all)
  expect(all.filter((_, index) => statuses[index] !== 404)).toEqual([])
})

/** What each window was opened with, in Electron's own words, by a call that it doesn't document. */
function preferencesOfWindows(app: ElectronApplication): Promise<Record<string, unknown>[]> {
  return app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().flatMap(({ webContents }) => {
      const telling = webContents as unknown as { getLastWebPreferences?: () => Record<string, unknown> }
      if (telling.getLastWebPreferences === undefined)
        throw new Error('This Electron does not tell what its windows were opened with: find what does.')
      return [telling.getLastWebPreferences()]
    }),
  )
}

/** The kinds of web contents that there are: webviews and views would be others than windows. */
function typesOfContents(app: ElectronApplication): Promise<string[]> {
  return app.evaluate(({ webContents }) => webContents.getAllWebContents().map((each) => each.getType()))
}

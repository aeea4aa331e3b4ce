/** Electron's security checklist on the built app, as far as it can only be seen there (docs/SECURITY-CHECKLIST.md). */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { ElectronApplication, Page } from '@playwright/test'
import { calls } from '../../electron/shared/ipc/contract'
import type { RunningApp } from '../support/electron-app'
import { expect, test } from '../support/served-app'

const HOME = 'app://tokendesk/index.html'
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

test('7: the content security policy lets nothing run, load or be sent but the window’s own files', async ({
  launch,
  server,
}) => {
  const { window } = await launch()
  await ready(window)
  await window.evaluate(`globalThis.ran = []; globalThis.violated = new Set();
    addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violated.add(effectiveDirective))`)
  // Later, and so out of the debugger's evaluation, which would lift the ban on eval.
  await window.evaluate(`void setTimeout(() => {
    const remote = ${JSON.stringify(server.url)}
    const attempt = (act) => { try { return act() } catch { return undefined } }
    const add = (name, fields) => attempt(() => {
      const element = document.createElement(name)
      for (const [key, value] of Object.entries(fields)) element.setAttribute(key, value)
      if (fields.text !== undefined) element.textContent = fields.text
      document.body.append(element)
      return element
    })
    attempt(() => eval("ran.push('eval')"))
    attempt(() => new Function("ran.push('Function')")())
    attempt(() => setTimeout("ran.push('timer')"))
    add('script', { text: "ran.push('inline')" })
    add('script', { src: remote + '/x.js' })
    add('script', { src: "data:text/javascript,ran.push('data')" })
    add('script', { src: URL.createObjectURL(new Blob(["ran.push('blob')"])) })
    add('button', { onclick: "ran.push('attribute')" })?.click()
    add('a', { href: "javascript:ran.push('address')" })?.click()
    add('style', { text: 'body { outline: 1px solid }' })
    add('p', { style: 'color: red' })
    add('link', { rel: 'stylesheet', href: remote + '/x.css' })
    add('img', { src: remote + '/x.png' })
    add('img', { src: 'file:///etc/hostname' })
    add('video', { src: remote + '/x.mp4' })
    add('iframe', { src: remote })
    add('iframe', { src: 'app://tokendesk/guide.html' })
    add('iframe', { src: 'file:///etc/hostname' })
    add('object', { data: remote + '/x.pdf' })
    add('embed', { src: remote + '/x.pdf' })
    attempt(() => new FontFace('x', 'url(' + remote + '/x.woff2)').load().catch(() => undefined))
    add('base', { href: remote })
    const form = add('form', { action: remote, method: 'post' })
    attempt(() => form.submit())
    attempt(() => void fetch(remote).then(() => ran.push('fetch'), () => undefined))
    attempt(() => void fetch('app://tokendesk/index.html').then(() => ran.push('fetch of ours'), () => undefined))
    attempt(() => void fetch('file:///etc/hostname').then(() => ran.push('fetch of a file'), () => undefined))
    attempt(() => { const request = new XMLHttpRequest(); request.open('GET', remote); request.send() })
    attempt(() => { new WebSocket(remote.replace('http', 'ws')).onopen = () => ran.push('socket') })
    attempt(() => { new EventSource(remote).onopen = () => ran.push('events') })
    attempt(() => navigator.sendBeacon(remote, 'x'))
    attempt(() => new Worker(URL.createObjectURL(new Blob(["postMessage('x')"]))))
    attempt(() => new Worker('data:text/javascript,1'))
    attempt(() => void navigator.serviceWorker?.register('x.js').then(() => ran.push('service worker'), () => undefined))
    attempt(() => void import(remote + '/x.js').catch(() => undefined))
    globalThis.tried = true
  })`)
  await expect
    .poll(() => window.evaluate(`[...violated].sort()`))
    .toEqual([
      'base-uri',
      'connect-src',
      'font-src',
      'form-action',
      'frame-src',
      'img-src',
      'media-src',
      'object-src',
      'script-src',
      'script-src-attr',
      'script-src-elem',
      'style-src-attr',
      'style-src-elem',
      'worker-src',
    ])
  expect(await window.evaluate(`[tried, ran]`)).toEqual([true, []])
  expect(server.stats.connections).toBe(0)
  expect(window.url()).toBe(HOME)
})

test('7: what no policy covers gets no packet out either: WebRTC, early connections, pings', async ({
  launch,
  server,
}) => {
  const packets: Buffer[] = []
  const stun = createSocket('udp4').on('message', (packet) => packets.push(packet))
  stun.bind(0, '127.0.0.1')
  await once(stun, 'listening')
  const { window } = await launch()
  await ready(window)
  await window.evaluate(`for (const rel of ['preconnect', 'prefetch', 'modulepreload', 'preload', 'icon']) {
    const link = document.createElement('link')
    Object.assign(link, { rel, href: ${JSON.stringify(server.url)} + '/' + rel, as: 'script' })
    document.head.append(link)
  }
  const link = document.createElement('a')
  Object.assign(link, { href: '#ping', ping: ${JSON.stringify(server.url)} })
  document.body.append(link)
  link.click()`)
  const servers = [
    { urls: `stun:127.0.0.1:${String(stun.address().port)}` },
    {
      urls: `turn:127.0.0.1:${new URL(server.url).port}?transport=tcp`,
      username: 'user',
      credential: 'password',
    },
  ]
  // Done when all ways that there might be have been tried.
  const candidates = await window.evaluate(`(async () => {
    const connection = new RTCPeerConnection({ iceServers: ${JSON.stringify(servers)} })
    const candidates = []
    const done = new Promise((resolve) => {
      connection.onicecandidate = ({ candidate }) => {
        if (candidate === null) resolve()
        else if (candidate.candidate !== '') candidates.push(candidate.candidate)
      }
    })
    connection.createDataChannel('out')
    await connection.setLocalDescription(await connection.createOffer())
    await done
    return candidates
  })()`)
  expect(candidates).toEqual([])
  expect(packets).toEqual([])
  expect(server.stats.connections).toBe(0)
  stun.close()
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

async function ready(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Add account' }).first().waitFor()
}

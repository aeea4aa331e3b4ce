/** What no test on this computer can request, since it lacks such devices: each answer of the guards is no. */
import { EventEmitter } from 'node:events'
import { normalize } from 'node:path'
import { expect, it, vi } from 'vitest'
import { guardContents, guardSession } from '../../../../electron/main/security/window-policy'

interface Asked {
  readonly requests: ((contents: null, permission: string, decide: (isAllowed: boolean) => void) => void)[]
  readonly checks: ((contents: null, permission: string) => boolean)[]
  readonly devices: ((details: { deviceType: string }) => boolean)[]
  readonly proxies: object[]
  readonly files: ((request: { method: string; url: string }, respond: (file: object) => void) => void)[]
}

const electron = await vi.hoisted(async () => {
  const { EventEmitter: Emitter } = await import('node:events')
  return { app: new Emitter(), session: { defaultSession: {} } }
})
vi.mock('electron', () => ({ ...electron, protocol: {} }))

/** The default session, which keeps what it is told. */
function watchSession(): Asked {
  const asked: Asked = { requests: [], checks: [], devices: [], proxies: [], files: [] }
  electron.session.defaultSession = {
    protocol: { registerFileProtocol: (_: string, serve: Asked['files'][number]) => asked.files.push(serve) },
    setPermissionRequestHandler: (handler: Asked['requests'][number]) => asked.requests.push(handler),
    setPermissionCheckHandler: (handler: Asked['checks'][number]) => asked.checks.push(handler),
    setDevicePermissionHandler: (handler: Asked['devices'][number]) => asked.devices.push(handler),
    setProxy: (proxy: object) => {
      asked.proxies.push(proxy)
      return Promise.resolve()
    },
  }
  return asked
}

const PERMISSIONS = [
  'media',
  'geolocation',
  'notifications',
  'clipboard-read',
  'usb',
  'hid',
  'serial',
  'openExternal',
]

it.each(PERMISSIONS)('%s is denied: to who asks, to who looks, and for each device', (permission) => {
  const { requests, checks, devices } = watchSession()
  guardSession('/renderer', null, () => undefined)
  expect([requests.length, checks.length, devices.length]).toEqual([1, 1, 1])
  const decided: boolean[] = []
  requests[0]?.(null, permission, (isAllowed) => decided.push(isAllowed))
  expect(decided).toEqual([false])
  expect(checks[0]?.(null, permission)).toBe(false)
  expect(devices[0]?.({ deviceType: permission })).toBe(false)
})

it('pages have no way into the network but that of a dev server', () => {
  const built = watchSession()
  guardSession('/renderer', null, () => undefined)
  expect(built.proxies).toEqual([{ proxyRules: 'http://127.0.0.1:1', proxyBypassRules: '<-loopback>' }])
  const inDevelopment = watchSession()
  guardSession('/renderer', 'http://localhost:5173', () => undefined)
  expect(inDevelopment.proxies).toEqual([])
})

/** What a page of ours gets. */
function answerTo(url: string, method = 'GET'): object {
  const { files } = watchSession()
  guardSession('/renderer', null, () => undefined)
  const answers: object[] = []
  files[0]?.({ method, url }, (file) => answers.push(file))
  expect(answers).toHaveLength(1)
  return answers[0] ?? {}
}

it('pages get files of their folder, under the strict policy', () => {
  expect(answerTo('app://tokendesk/assets/x.js')).toEqual({
    path: normalize('/renderer/assets/x.js'),
    mimeType: 'text/javascript; charset=utf-8',
    headers: {
      'Content-Security-Policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; " +
        "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
})

it.each([
  ['outside of it', 'app://tokendesk/..%2fmain%2findex.js'],
  ['beside it, of a name that begins like it', 'app://tokendesk/..%2frenderer-evil%2findex.js'],
  ['of another host', 'app://elsewhere/index.html'],
  ['of a kind that no page needs', 'app://tokendesk/index.mjs'],
  ['with a zero in its name', 'app://tokendesk/index.html%00.js'],
])('pages get no file %s', (_, url) => {
  expect(answerTo(url)).toEqual({ error: -6 })
})

it('pages get nothing by another method', () => {
  expect(answerTo('app://tokendesk/index.html', 'POST')).toEqual({ error: -6 })
})

class Contents extends EventEmitter {
  readonly told: unknown[] = []
  setWindowOpenHandler(handler: () => unknown): void {
    this.told.push(handler())
  }
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.told.push(policy)
  }
}

function guarded(): Contents {
  electron.app.removeAllListeners()
  guardContents(null)
  const contents = new Contents()
  electron.app.emit('web-contents-created', {}, contents)
  return contents
}

/** Whether the event is let happen. */
function happens(contents: Contents, event: string, url: string): boolean {
  let isPrevented = false
  contents.emit(event, { url, preventDefault: () => (isPrevented = true) })
  return !isPrevented
}

it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])(
  'a page stays where it is: %s leads to our own pages only',
  (event) => {
    const contents = guarded()
    expect(happens(contents, event, 'app://tokendesk/index.html')).toBe(true)
    for (const url of [
      'https://elsewhere.example/',
      'app://elsewhere/index.html',
      'https://tokendesk/index.html',
      'file:///etc/hostname',
      'about:blank',
    ])
      expect(happens(contents, event, url), url).toBe(false)
  },
)

it('contents embed no webview, not even with a page of ours, open no window, and send no UDP', () => {
  const contents = guarded()
  expect(happens(contents, 'will-attach-webview', 'app://tokendesk/index.html')).toBe(false)
  expect(contents.told).toEqual([{ action: 'deny' }, 'disable_non_proxied_udp'])
})

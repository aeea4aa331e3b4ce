/** What the window may load and do: its own files over `app://`, and nothing else (Electron's security checklist). */
import { extname, join, normalize, sep } from 'node:path'
import { app, protocol, session, type ProtocolResponse, type Session } from 'electron'
import { APP_ORIGIN, APP_SCHEME, isOurOrigin } from './origin'

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
}

/**
 * WebRTC ignores a page's content policy, so its UDP is turned off for each page, and its TCP ends at this proxy: this
 * computer, at a port that only its administrator could open. A host name, even an impossible one, would be looked up
 * at the network's name server, which could answer. The service has sessions of its own.
 */
const DEAD_END = { proxyRules: 'http://127.0.0.1:1', proxyBypassRules: '<-loopback>' }

/** Chromium's `net::ERR_FILE_NOT_FOUND`. */
const NOT_FOUND: ProtocolResponse = { error: -6 }

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Call before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ])
}

/**
 * Serves files from `folder` to pages, denies every permission, and gives pages no way into the network. `served` is
 * called after each file that a page gets.
 */
export function guardSession(
  folder: string,
  devServerUrl: string | null,
  served: (url: string) => void,
): void {
  const { defaultSession } = session
  // `protocol.handle` would make a Request of each request, and load Node's whole HTTP client for that: a tenth of the
  // start (docs/PERFORMANCE.md). `registerSource` is to replace both; it is experimental in Electron 45.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
  defaultSession.protocol.registerFileProtocol(APP_SCHEME, ({ method, url }, respond) => {
    const file = method === 'GET' ? fileOf(url, folder) : NOT_FOUND
    respond(file)
    served(url)
  })
  denyPermissions(defaultSession)
  if (devServerUrl === null) void defaultSession.setProxy(DEAD_END)
}

/** Web contents may not navigate elsewhere, open windows or embed anything. */
export function guardContents(devServerUrl: string | null): void {
  app.on('web-contents-created', (_event, contents) => {
    const stay = (event: { preventDefault(): void }, url: string): void => {
      if (!isOurOrigin(url, devServerUrl)) event.preventDefault()
    }
    contents.on('will-navigate', (event) => {
      stay(event, event.url)
    })
    contents.on('will-frame-navigate', (event) => {
      stay(event, event.url)
    })
    contents.on('will-redirect', (event) => {
      stay(event, event.url)
    })
    contents.on('will-attach-webview', (event) => {
      event.preventDefault()
    })
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  })
}

function denyPermissions(target: Session): void {
  target.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false)
  })
  target.setPermissionCheckHandler(() => false)
  target.setDevicePermissionHandler(() => false)
}

/** A file of `folder`; never one outside it, whatever the URL. */
function fileOf(url: string, folder: string): ProtocolResponse {
  const path = safePath(url, folder)
  const mimeType = path === null ? undefined : TYPES[extname(path)]
  return path === null || mimeType === undefined ? NOT_FOUND : { path, mimeType, headers: HEADERS }
}

function safePath(requested: string, folder: string): string | null {
  const url = new URL(requested)
  if (`${url.protocol}//${url.host}` !== APP_ORIGIN) return null
  try {
    const path = normalize(join(folder, decodeURIComponent(url.pathname)))
    return path.startsWith(folder + sep) && !path.includes('\0') ? path : null
  } catch {
    return null
  }
}

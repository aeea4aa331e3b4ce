/** What can be decided of Electron's security checklist by reading (docs/SECURITY-CHECKLIST.md says which test guards what). */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { webPreferences } from '../../electron/main/windows/main-window'

// Nothing of it is used here; only the preferences are asked for.
vi.mock('electron', () => ({ BrowserWindow: null, nativeTheme: null }))

const ROOT = resolve(import.meta.dirname, '../..')

interface Source {
  readonly path: string
  readonly text: string
}

const PRODUCT = [...sourcesIn('electron'), ...sourcesIn('src')]
const MAIN = PRODUCT.filter(({ path }) => path.startsWith('electron/main/'))

function sourcesIn(folder: string): Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|vue|html|css)$/u.test(name))
    .map((name) => ({
      path: `${folder}/${name.replaceAll('\\', '/')}`,
      text: readFileSync(join(ROOT, folder, name), 'utf8'),
    }))
}

/** Files of the product in which the pattern occurs. */
function filesWith(pattern: RegExp, among: readonly Source[] = PRODUCT): string[] {
  return among.filter(({ text }) => pattern.test(text)).map(({ path }) => path)
}

it('the whole product is read', () => {
  expect(MAIN.length).toBeGreaterThan(20)
  expect(PRODUCT.length).toBeGreaterThan(150)
})

describe('windows', () => {
  it('have the strict preferences and no others', () => {
    const strict = {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // Changes what is kept of a page's own scripts, not what they may do.
      v8CacheOptions: 'bypassHeatCheckAndEagerCompile',
    }
    expect(webPreferences()).toEqual(strict)
    expect(webPreferences('preload.cjs')).toEqual({ ...strict, preload: 'preload.cjs' })
  })

  it('are all opened with them', () => {
    const openings = MAIN.flatMap(({ path, text }) =>
      text
        .split(/new BrowserWindow\(/u)
        .slice(1)
        .map((rest) => ({ path, options: upToItsEnd(rest) })),
    )
    expect(openings.length).toBeGreaterThanOrEqual(3)
    expect(openings.filter(({ options }) => !/\bwebPreferences: webPreferences\(/u.test(options))).toEqual([])
  })

  it('are the only things that show pages', () => {
    expect(
      filesWith(/\b(?:WebContentsView|BrowserView|BaseWindow)\b|<webview|\bcreateElement\('webview'/u),
    ).toEqual([])
  })
})

describe('nothing in the product', () => {
  it.each([
    ['6: lifts the same-origin policy', /\bwebSecurity\b|disable-web-security/u],
    ['8: lets insecure content in', /\ballowRunningInsecureContent\b|\ballow-running-insecure-content\b/u],
    ['9: turns experiments on', /\bexperimentalFeatures\b|enable-experimental-web-platform-features/u],
    ['10: turns Blink features on', /\benableBlinkFeatures\b|enable-blink-features/u],
    ['11: lets webviews open windows', /\ballowpopups\b/iu],
    ['2: brings Node into frames or workers', /\bnodeIntegrationIn(?:SubFrames|Worker)\b/u],
    ['2: turns the old remote module on', /@electron\/remote|\benableRemoteModule\b/u],
    ['4: leaves the sandbox', /\bsandbox: false\b|no-sandbox/u],
    ['13: navigates to what is dropped', /\bnavigateOnDragDrop\b/u],
    ['15: hands an address to the system', /\bopenExternal\b|\bopenPath\b|\bshell\b.*from 'electron'/u],
    ['18: loads a file by its path', /\bloadFile\(|file:\/\//u],
    [
      '7: runs a text as code',
      /\beval\(|new Function\(|\bexecuteJavaScript\b|\binsertCSS\b|v-html|\binnerHTML\b/u,
    ],
    ['looks into its own windows', /\bopenDevTools\b|role: 'toggleDevTools'|\bcreateREPL\b/u],
    ['keeps state of a page', /\bpartition:/u],
    ['registers an address of its own with the system', /\bsetAsDefaultProtocolClient\b|'open-url'/u],
  ])('%s', (_, pattern) => {
    // The switches for which a release refuses to start are named there.
    expect(filesWith(pattern).filter((path) => path !== 'electron/main/security/debug-switches.ts')).toEqual(
      [],
    )
  })
})

describe('the network', () => {
  it('has no way round TLS errors', () => {
    const bypasses =
      /certificate-error|setCertificateVerifyProc|ignore-certificate-errors|rejectUnauthorized|NODE_TLS_REJECT|select-client-certificate/u
    expect(filesWith(bypasses)).toEqual([
      'electron/gateway/upstreams.ts',
      'electron/main/security/debug-switches.ts',
    ])
  })

  it('checks certificates in the gateway, whatever a variable of the environment says', () => {
    const [upstreams] = PRODUCT.filter(({ path }) => path === 'electron/gateway/upstreams.ts')
    const said = upstreams?.text.match(/rejectUnauthorized: \w+/gu) ?? []
    expect(new Set(said)).toEqual(new Set(['rejectUnauthorized: true']))
  })

  it('is used by one module for both adapters, and by the gateway; a socket of this machine by the bus and the compositor', () => {
    const ways =
      /\bnet\.(?:request|fetch)\(|\bfetch\(|from 'node:(?:http|https|net|tls|dgram|dns)'|XMLHttpRequest|WebSocket\(/u
    const inMain = PRODUCT.filter(({ path }) => !path.startsWith('electron/gateway/'))
    expect(filesWith(ways, inMain).sort()).toEqual([
      'electron/main/platform/net-exchange.ts',
      'electron/main/platform/session-bus.ts',
      'electron/main/platform/wayland-selection.ts',
    ])
    // A path and nothing else: no host, no port.
    const [bus] = MAIN.filter(({ path }) => path.endsWith('/session-bus.ts'))
    expect(bus?.text.match(/\bconnect\([^)]*\)/gu)).toEqual(['connect(path)'])
  })

  it('asks for a password in one place, which answers proxies alone', () => {
    expect(filesWith(/\.on\(\s*'login'/u)).toEqual(['electron/main/platform/net-exchange.ts'])
  })
})

describe('what only one place may do', () => {
  it.each([
    ['17: listen to the window', /\bipcMain\b/u, ['electron/main/index.ts', 'electron/main/ipc/listen.ts']],
    ['20: reach main from a page', /\bipcRenderer\b|\bcontextBridge\b/u, ['electron/preload/index.ts']],
    [
      '13: decide on navigation',
      /will-navigate|will-frame-navigate/u,
      ['electron/main/security/window-policy.ts'],
    ],
    ['14: decide on new windows', /setWindowOpenHandler/u, ['electron/main/security/window-policy.ts']],
    [
      '5: decide on permissions',
      /setPermission(?:Request|Check)Handler|setDevicePermissionHandler/u,
      ['electron/main/security/window-policy.ts'],
    ],
    ['decide on spell checkers', /SpellChecker/u, ['electron/main/security/unasked-requests.ts']],
    [
      'decide on how names are looked up',
      /configureHostResolver/u,
      ['electron/main/security/unasked-requests.ts'],
    ],
    [
      '18: serve the window’s files',
      /protocol\.(?:handle|register\w+)\(/u,
      ['electron/main/security/window-policy.ts'],
    ],
  ])('%s', (_, pattern, places) => {
    expect(filesWith(pattern).sort()).toEqual(places)
  })
})

describe('the content security policy', () => {
  const { text = '' } = MAIN.find(({ path }) => path === 'electron/main/security/window-policy.ts') ?? {}
  const directives = [...text.matchAll(/^ {2}"([a-z-]+ .*)",$/gmu)].map(([, directive]) => directive)

  it('is what it is: a wider one is a decision to be made here', () => {
    expect(directives).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self' data:",
      "connect-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ])
  })
})

describe('16: Electron', () => {
  /** The newest major when this was last reviewed; Electron supports three majors at a time. */
  const NEWEST_KNOWN = 45

  const { devDependencies } = json('package.json') as { devDependencies: Record<string, string> }
  const { packages } = json('package-lock.json') as { packages: Record<string, { version: string }> }

  it('is one that its makers support', () => {
    const declared = Number(/^\^(\d+)\./u.exec(devDependencies['electron'] ?? '')?.[1])
    expect(declared).toBeGreaterThan(NEWEST_KNOWN - 3)
    expect(packages['node_modules/electron']?.version).toMatch(
      new RegExp(`^${String(declared)}\\.\\d+\\.\\d+$`, 'u'),
    )
  })
})

function json(name: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, name), 'utf8'))
}

/** The text from a bracket just opened to its closing one. */
function upToItsEnd(text: string): string {
  let open = 1
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '(') open += 1
    if (text[index] === ')') open -= 1
    if (open === 0) return text.slice(0, index)
  }
  return text
}

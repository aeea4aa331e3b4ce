import { describe, expect, it } from 'vitest'
import { refusals, type StartedWith } from '../../../../electron/main/security/debug-switches'

const RELEASE = { isPackaged: true, isTestBuild: false }

/** What an app was started with: `--name`, `--name=value` or `NAME=value`. */
function startedWith(...given: readonly string[]): StartedWith {
  const named = given.map((each) => {
    const [name = '', ...value] = each.split('=')
    return [name, value.join('=')] as const
  })
  const values = new Map(named)
  return {
    hasSwitch: (name) => values.has(`--${name}`),
    getSwitchValue: (name) => values.get(`--${name}`) ?? '',
    env: Object.fromEntries(named.filter(([name]) => !name.startsWith('--'))),
  }
}

describe('a release', () => {
  it.each([
    '--remote-debugging-port',
    '--remote-debugging-pipe',
    '--js-flags',
    '--inspect',
    '--inspect-brk',
    '--inspect-wait',
    '--wait-for-debugger',
    '--wait-for-debugger-children',
    '--wait-for-debugger-on-navigation',
    '--renderer-startup-dialog',
    '--gpu-startup-dialog',
    '--utility-startup-dialog',
    '--register-pepper-plugins',
    '--allow-command-line-plugins',
    '--clear-key-cdm-path-for-testing',
    '--bypasscsp-schemes',
    '--secure-schemes',
    '--standard-schemes',
    '--cors-schemes',
    '--fetch-schemes',
    '--service-worker-schemes',
    '--use-fake-ui-for-media-stream',
    '--auto-accept-camera-and-microphone-capture',
    '--dom-automation',
    '--enable-gpu-benchmarking',
    '--enable-skia-benchmarking',
    '--enable-stats-collection-bindings',
    '--enable-blink-test-features',
    '--trace-startup',
    '--trace-config-file',
    '--enable-tracing',
    '--ozone-dump-file',
    '--ssl-key-log-file',
    '--log-net-log',
    '--ignore-certificate-errors',
    '--disable-web-security',
    '--no-sandbox',
    '--disable-setuid-sandbox',
    '--disable-gpu-sandbox',
    '--single-process',
    '--no-zygote',
    '--renderer-cmd-prefix',
    '--load-extension',
    '--host-rules',
    '--host-resolver-rules',
    '--allow-running-insecure-content',
    '--unsafely-treat-insecure-origin-as-secure',
    '--disable-site-isolation-trials',
    '--use-mock-keychain',
    'SSLKEYLOGFILE',
    'ELECTRON_DISABLE_SANDBOX',
    'CHROME_DEVEL_SANDBOX',
    'CHROME_SANDBOX_DEBUGGING',
  ])('refuses to start with %s', (name) => {
    expect(refusals(startedWith(name), RELEASE)).toEqual([name])
  })

  it.each([
    '--disable-features=NetworkServiceSandbox',
    '--disable-features=WaylandFractionalScaleV1, IsolateOrigins',
    '--enable-features=Vulkan<Trial,DisableSandbox<Trial',
  ])('refuses to start with %s', (list) => {
    expect(refusals(startedWith(list), RELEASE)).toEqual([list.replace(/=.*/u, '')])
  })

  it('names all that it refuses', () => {
    const given = startedWith('--inspect', '--remote-debugging-port', '--hidden', 'SSLKEYLOGFILE=/tmp/keys')
    expect(refusals(given, RELEASE)).toEqual(['--remote-debugging-port', '--inspect', 'SSLKEYLOGFILE'])
  })

  it('starts with what its users have a use for', () => {
    const useful = startedWith(
      '--hidden',
      '--user-data-dir=/home/jo/other',
      '--password-store=gnome-libsecret',
      '--proxy-server=proxy.example:3128',
      '--proxy-bypass-list=*.example',
      '--ozone-platform=wayland',
      '--enable-features=UseOzonePlatform,WaylandWindowDecorations,VaapiVideoDecoder<Trial:a/b',
      '--disable-features=WaylandFractionalScaleV1',
      '--disable-gpu',
      '--lang=de',
      '--enable-logging=file',
      '--log-file=/home/jo/log.txt',
      '--v=9',
      'HTTPS_PROXY=http://proxy.example:3128',
    )
    expect(refusals(useful, RELEASE)).toEqual([])
  })
})

it.each([
  ['a checkout', { isPackaged: false, isTestBuild: false }],
  ['a packaged test build', { isPackaged: true, isTestBuild: true }],
])('%s lets itself be debugged, and run by root', (_, build) => {
  const given = startedWith('--remote-debugging-port', '--inspect', '--no-sandbox', 'SSLKEYLOGFILE')
  expect(refusals(given, build)).toEqual([])
})

/**
 * A release does not start with a switch or variable that would let others inspect it, forge its input, or disable its
 * protections. What loads code before ours runs (`LD_PRELOAD`, `GTK_MODULES`) can't be prevented.
 */

/**
 * As Chromium and Node name them, without the dashes. Fuses disable Node's (`--inspect*`, `NODE_OPTIONS`,
 * `ELECTRON_RUN_AS_NODE`) before our code runs; Chromium has no such fuses. Both are listed, in case a build's fuses
 * were not set. Not listed: what people need (proxies, keyrings, graphics, windowing, logging, which reveals no secret
 * even with `--v=9`), what only refines another switch (`trace-startup-file`), and what Electron adds on its own
 * (`allow-file-access-from-files`: no page is a file).
 */
const REFUSED_SWITCHES = [
  // Open it to a debugger, or run other code in it.
  'remote-debugging-address',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-socket-name',
  'remote-allow-origins',
  'js-flags',
  'inspect',
  'inspect-brk',
  'inspect-wait',
  'inspect-port',
  'inspect-publish-uid',
  'wait-for-debugger',
  'wait-for-debugger-children',
  'wait-for-debugger-on-navigation',
  'renderer-startup-dialog',
  'gpu-startup-dialog',
  'utility-startup-dialog',
  'auto-open-devtools-for-tabs',
  'load-extension',
  'register-pepper-plugins',
  'allow-command-line-plugins',
  'clear-key-cdm-path-for-testing',
  'browser-subprocess-path',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'zygote-cmd-prefix',
  'gpu-launcher',
  // Remove the isolation of its processes.
  'no-sandbox',
  'disable-setuid-sandbox',
  'disable-namespace-sandbox',
  'disable-seccomp-filter-sandbox',
  'disable-gpu-sandbox',
  'disable-win32k-lockdown',
  'allow-sandbox-debugging',
  'no-zygote',
  'no-zygote-sandbox',
  'single-process',
  'in-process-gpu',
  'disable-site-isolation-trials',
  'enable-node-leakage-in-renderers',
  // Give a page more rights.
  'disable-web-security',
  'allow-running-insecure-content',
  'unsafely-treat-insecure-origin-as-secure',
  'reduce-security-for-testing',
  'bypasscsp-schemes',
  'secure-schemes',
  'standard-schemes',
  'cors-schemes',
  'fetch-schemes',
  'service-worker-schemes',
  'use-fake-ui-for-media-stream',
  'auto-accept-camera-and-microphone-capture',
  'dom-automation',
  'enable-gpu-benchmarking',
  'enable-skia-benchmarking',
  'enable-stats-collection-bindings',
  'enable-experimental-web-platform-features',
  'enable-blink-test-features',
  'enable-blink-features',
  'disable-blink-features',
  'blink-settings',
  // Let others read or forge what goes over the network (keys and tokens), or what is on the screen.
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'allow-insecure-localhost',
  'host-rules',
  'host-resolver-rules',
  'testing-fixed-http-port',
  'testing-fixed-https-port',
  'log-net-log',
  'ssl-key-log-file',
  'trace-startup',
  'trace-config-file',
  'enable-tracing',
  'ozone-dump-file',
  // Encrypts with a publicly known key.
  'use-mock-keychain',
] as const

/** Lists of features to turn on and off: only those about windows and graphics are accepted. */
const FEATURE_SWITCHES = ['enable-features', 'disable-features'] as const
const HARMLESS_FEATURE = /^(?:Use)?(?:Ozone|Wayland|Vaapi|Vulkan|AcceleratedVideo|WebRTCPipeWire)\w*$/u

/** Chromium's and Electron's. Each is read before our code could remove it, or by a process that starts later. */
const REFUSED_VARIABLES = [
  'SSLKEYLOGFILE',
  'ELECTRON_DISABLE_SANDBOX',
  'CHROME_DEVEL_SANDBOX',
  'CHROME_SANDBOX_DEBUGGING',
] as const

export interface Build {
  readonly isPackaged: boolean
  /** Built for tests only, and never released. */
  readonly isTestBuild: boolean
}

export interface StartedWith {
  /** `app.commandLine`'s. */
  readonly hasSwitch: (name: string) => boolean
  readonly getSwitchValue: (name: string) => string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The switches and variables that keep the app from starting, as users know them; none unless it is a release. */
export function refusals(
  { hasSwitch, getSwitchValue, env }: StartedWith,
  { isPackaged, isTestBuild }: Build,
): readonly string[] {
  if (!isPackaged || isTestBuild) return []
  const features = FEATURE_SWITCHES.filter((name) => !areHarmless(getSwitchValue(name)))
  return [
    ...[...REFUSED_SWITCHES.filter(hasSwitch), ...features].map((name) => `--${name}`),
    ...REFUSED_VARIABLES.filter((name) => env[name] !== undefined),
  ]
}

/** `Name<Trial:parameter/value` is a feature as well; only its name counts. */
function areHarmless(features: string): boolean {
  return features
    .split(',')
    .map((each) => each.trim().replace(/[<:].*$/u, ''))
    .every((name) => name === '' || HARMLESS_FEATURE.test(name))
}

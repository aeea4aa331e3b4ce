/** What keeps a locked app shut, a window to its contract, a page where it is, and the clipboard clean. */
import type { Mutants } from './mutant'

export const APP: readonly Mutants[] = [
  {
    file: 'electron/core/lock/lock-service.ts',
    tests: [
      'core/lock/lock-service',
      'core/lock/lock-rivals',
      'core/lock/idle-lock',
      'core/lock/locked-app',
      'core/lock/forgotten-passphrase',
    ],
    breaks: [
      ['this.#isLocked = this.isSet\n', 'this.#isLocked = false\n'],
      ['if (generation !== this.#generation) return LOCKED_AGAIN\n      this.#open()', 'this.#open()'],
      ['if (generation !== this.#generation) return LOCKED_AGAIN\n      this.#drop()', 'this.#drop()'],
      ['      if (generation !== this.#generation) this.lock()\n', ''],
      ["    if (early > 0) return { kind: 'too-early', waitMs: early }\n", ''],
      ['    this.#note({ count: document.tries.count + 1, lastAt: this.deps.clock.now() })\n', ''],
      [
        'return Math.min(this.deps.systemIdleMs() ?? unusedMs, unusedMs)',
        'return this.deps.systemIdleMs() ?? 0',
      ],
      ['return Math.max(now - this.#usedAt.now, ', 'return Math.min(now - this.#usedAt.now, '],
      [
        'const isStillWanted = generation === this.#generation && this.#isLocked',
        'const isStillWanted = true',
      ],
      ['      await this.deps.vault.forgetSecrets(yieldToEventLoop(this.deps.timers))\n', ''],
      ["      if (this.#found.kind === 'set') this.deps.store.write(lockFile(this.#found.document))\n", ''],
      ["if (outcome.kind !== 'right') return outcome\n      const verifier", 'const verifier'],
    ],
  },
  {
    file: 'electron/main/ipc/router.ts',
    tests: [
      'integration/ipc-router',
      'integration/ipc-fuzz',
      'core/lock/locked-app',
      'core/lock/forgotten-passphrase',
    ],
    breaks: [
      ['    isOurs(sender)\n', '    (isOurs(sender) || true)\n'],
      ["    if (isShut()) return refused({ code: 'locked' })\n", ''],
      ["    if (name !== 'lock' && isShut()) return refused({ code: 'locked' })\n", ''],
      ['value: outputSchema.parse(result.value)', 'value: result.value'],
      ['refused(callError().parse(result.error))', 'refused(result.error)'],
      ['isBounded(input) ? schema.safeParse(input) : null', 'schema.safeParse(input)'],
      ['{ call: name, ...errorFacts(error) }', '{ call: name, text: String(error) }'],
      ['    await readyFor(name)\n', ''],
    ],
  },
  {
    file: 'electron/main/ipc/publish.ts',
    tests: ['main/ipc/publish'],
    breaks: [
      ['    if (isLocked() && !EVENTS_WHEN_LOCKED.has(name)) return\n', ''],
      ['events[name]().parse(payload)', 'payload'],
    ],
  },
  {
    file: 'electron/main/security/window-policy.ts',
    tests: ['main/security/window-policy'],
    breaks: [
      ["contents.on('will-navigate', (event) => {", "contents.on('did-navigate', (event) => {"],
      ["contents.on('will-redirect', (event) => {", "contents.on('did-redirect', (event) => {"],
      [
        "contents.on('will-attach-webview', (event) => {\n      event.preventDefault()\n",
        "contents.on('will-attach-webview', () => {\n",
      ],
      ["action: 'deny'", "action: 'allow'"],
      ['    decide(false)\n', '    decide(true)\n'],
      ['setPermissionCheckHandler(() => false)', 'setPermissionCheckHandler(() => true)'],
      ['setDevicePermissionHandler(() => false)', 'setDevicePermissionHandler(() => true)'],
      ['path.startsWith(folder + sep) && ', ''],
      ['  if (`${url.protocol}//${url.host}` !== APP_ORIGIN) return null\n', ''],
      ['"script-src \'self\'"', "\"script-src 'self' 'unsafe-inline'\""],
    ],
  },
  {
    file: 'electron/main/security/origin.ts',
    tests: ['main/security/window-policy'],
    breaks: [
      ['theirs.protocol === ours.protocol && theirs.host === ours.host', 'theirs.protocol === ours.protocol'],
      ['theirs.protocol === ours.protocol && theirs.host', 'theirs.host'],
    ],
  },
  {
    file: 'electron/main/security/debug-switches.ts',
    tests: ['main/security/debug-switches'],
    breaks: [
      ['  if (!isPackaged || isTestBuild) return []\n', '  if (!isTestBuild) return []\n'],
      ['...REFUSED_VARIABLES.filter((name) => env[name] !== undefined),', ''],
      ['.every((name) => name === ', '.some((name) => name === '],
    ],
  },
  {
    file: 'electron/core/jwt/clipboard-service.ts',
    tests: [
      'core/jwt/clipboard-service',
      'core/app/last-guards',
      'core/lock/locked-app',
      'core/lock/forgotten-passphrase',
      'core/jwt/jwt-service',
    ],
    breaks: [
      ['      if (number < this.#placed) return false\n', ''],
      ['    if ((await clipboard.readText()) !== ours) return\n', ''],
      ["    if ((await clipboard.readText()) === ours) throw new Error('still there')\n", ''],
      ['if (this.#isClosed || this.deps.lock.isLocked)', 'if (this.#isClosed)'],
      ['if (this.#isClosed || this.deps.lock.isLocked)', 'if (this.deps.lock.isLocked)'],
      ['const next = this.#last.then(run)', 'const next = run()'],
      ["    if (clearAfterMs !== null) this.#deadlines.set('clear', clock.monotonic() + clearAfterMs)\n", ''],
      ['    this.#deadlines.clear()\n    this.#ours = secret\n', '    this.#ours = secret\n'],
      ['if (this.#failures <= RETRIES) this.#deadlines', 'if (this.#failures < 0) this.#deadlines'],
    ],
  },
  {
    file: 'electron/main/adapters/system-clipboard.ts',
    tests: ['main/adapters/system-clipboard'],
    breaks: [
      ["if ((await clipboard.readText()) !== '') return", 'return'],
      [', ...marks(platform) ', ' '],
    ],
  },
]

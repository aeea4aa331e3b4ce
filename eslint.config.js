import eslint from '@eslint/js'
import { defineConfig } from 'eslint/config'
import prettier from 'eslint-config-prettier'
import vitest from '@vitest/eslint-plugin'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import { importX } from 'eslint-plugin-import-x'
import playwright from 'eslint-plugin-playwright'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import tseslint from 'typescript-eslint'

/** A folder is a layer; what each may import, pointing inwards (docs/ARCHITECTURE.md). */
const LAYERS = [
  {
    target: './electron/shared',
    from: ['./electron/core', './electron/gateway', './electron/main', './electron/preload', './src'],
  },
  {
    target: './electron/core',
    from: ['./electron/gateway', './electron/main', './electron/preload', './src'],
  },
  {
    target: './electron/gateway',
    from: ['./electron/core', './electron/main', './electron/preload', './src'],
    message: 'Another process: the gateway knows the vocabulary and Node.',
  },
  {
    target: './electron/preload',
    from: ['./electron/core', './electron/gateway', './electron/main', './src'],
  },
  { target: './electron/main', from: ['./electron/gateway', './electron/preload', './src'] },
  {
    target: './src',
    from: ['./electron/core', './electron/gateway', './electron/main', './electron/preload'],
  },
  {
    target: './electron/main/adapters',
    from: './electron/main/adapters',
    message: 'Adapters implement ports and never import each other.',
  },
  { target: ['./electron', './src'], from: ['./test', './scripts'] },
  { target: './scripts', from: './test', message: 'Tests use the scripts, not the other way round.' },
]

/** The rooms of each floor from the ground up: each may import those before it (docs/ARCHITECTURE.md). */
export const ROOMS = {
  'electron/core': [
    'base',
    'vault',
    'activity',
    'lock',
    'settings',
    'session',
    'notifications',
    'desktop',
    'jwt',
    'gateway',
    'accounts',
    'transfer',
    'app',
  ],
  src: ['base', 'ui', 'list', 'stores', 'features', 'app'],
  'src/features': [
    'environments',
    'jwt',
    'accounts',
    'activity',
    'import',
    'backup',
    'lock',
    'palette',
    'quick-pick',
    'settings',
  ],
}

const ROOM_ZONES = Object.entries(ROOMS).flatMap(([floor, rooms]) =>
  rooms.slice(0, -1).map((room, index) => ({
    target: `./${floor}/${room}`,
    from: rooms.slice(index + 1).map((above) => `./${floor}/${above}`),
    message: `${room} is below that room: rooms import only those below them.`,
  })),
)

/** The clock, chance and the outside arrive as arguments; only adapters and the composition root (with its ports) reach for them. */
const IMPURE_GLOBALS = [
  'process',
  'console',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'performance',
]
const IMPURE_MEMBERS = [
  { object: 'Date', property: 'now' },
  { object: 'Math', property: 'random' },
]

/** Besides adapters and the composition root these of main reach for some of it themselves, each for its reason. */
const MAIN_REACHES_FOR = {
  // Every file is written by it, also where there are no adapters yet; systems differ in what they can do with one.
  'electron/main/files/disk.ts': ['process'],
  // What runs is what it tells of.
  'electron/main/platform/about.ts': ['process'],
  // Starts the program again that runs.
  'electron/main/platform/own-program.ts': ['process'],
  // "When this turn of the event loop is over" is no time that a test could move.
  'electron/main/ipc/handlers.ts': ['setImmediate'],
  'electron/main/ipc/account-feed.ts': ['setImmediate'],
}

const PLAIN_SYNTAX = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
  { selector: 'TSAnyKeyword', message: 'Say what it is, or unknown.' },
]

/** What an error says could quote what it choked on. */
const LOG_CALL = 'CallExpression[callee.property.name=/^(debug|info|warn|error)$/]'
const QUOTING_LOGS = [
  `${LOG_CALL} CallExpression[callee.name='String']`,
  `${LOG_CALL} MemberExpression[property.name=/^(message|stack|detail)$/]`,
  `${LOG_CALL} TemplateLiteral`,
].map((selector) => ({
  selector,
  message: 'Logs take literals, ids, codes and counts; of errors, errorFacts.',
}))

/** `base/keys.ts` hides the keys of input methods from what listens by it or in a template. */
const OWN_KEY_LISTENERS = [
  "CallExpression[callee.property.name='addEventListener'] > :matches(Literal[value=/^key/], TemplateLiteral)",
  'AssignmentExpression > MemberExpression[property.name=/^onkey/]',
].map((selector) => ({
  selector,
  message: 'Listen to keys by useWindowKeys (base/keys.ts) or in a template.',
}))

const RAW_IPC = ['ipcMain', 'ipcRenderer']

/** Besides `expect` our own helpers that call it. */
const VITEST_ASSERTIONS = ['expect', 'fc.assert', 'judge', 'judgeAfter']
const PLAYWRIGHT_ASSERTIONS = ['findNothing']

export default defineConfig(
  { ignores: ['out/', 'node_modules/', 'scripts/lib/electron-launcher/'] },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...vue.configs['flat/recommended'],
  importX.flatConfigs.typescript,
  {
    plugins: { 'import-x': importX },
    languageOptions: {
      globals: globals.node,
      parserOptions: {
        project: ['./tsconfig.json', './src/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({
          project: ['./tsconfig.json', './src/tsconfig.json'],
          noWarnOnMultipleProjects: true,
        }),
      ],
    },
    rules: {
      // Circles are looked for by test/architecture/circles.test.ts, which knows type imports, too.
      'import-x/no-restricted-paths': ['error', { zones: [...LAYERS, ...ROOM_ZONES] }],
      'import-x/no-default-export': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', ...PLAIN_SYNTAX],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'import-x/no-default-export': 'off',
      'vue/no-v-html': 'error',
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/define-props-declaration': 'error',
      'vue/define-emits-declaration': 'error',
      'vue/no-template-target-blank': 'error',
      'vue/multi-word-component-names': 'off',
    },
  },
  {
    files: ['src/**', 'test/component/**'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['electron/shared/**', 'electron/core/**', 'src/**'],
    ignores: ['src/app/main.ts', 'src/base/clock/window-time.ts'],
    rules: {
      'no-restricted-globals': ['error', ...IMPURE_GLOBALS],
      'no-restricted-properties': ['error', ...IMPURE_MEMBERS],
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ regex: '^(electron(/.*)?|electron-store|node:.*)$', message: 'Not in this layer.' }],
        },
      ],
    },
  },
  {
    // The limits of sockets are its own timers; the clock arrives as an argument, and only its entry knows the process.
    files: ['electron/gateway/**'],
    ignores: ['electron/gateway/process.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'console', 'fetch', 'performance'],
      'no-restricted-properties': ['error', ...IMPURE_MEMBERS],
    },
  },
  {
    files: ['electron/gateway/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^(electron(/.*)?|electron-store)$', message: 'Only Node runs in this process.' },
          ],
        },
      ],
    },
  },
  {
    files: ['src/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '(^zod(/|$)|/shared/(kept-view|settings|update-feed|ipc/[^/]+)$)',
              allowTypeImports: true,
              message: 'Brings all of zod into the window: types only.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/base/keys.ts'],
    rules: { 'no-restricted-syntax': ['error', ...PLAIN_SYNTAX, ...OWN_KEY_LISTENERS] },
  },
  {
    files: ['electron/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^zod(?!/mini$)(/|$)',
              message: 'zod/mini: the classic API is a third of the bundle that main loads at every start.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['electron/core/**'],
    rules: { 'no-restricted-syntax': ['error', ...PLAIN_SYNTAX, ...QUOTING_LOGS] },
  },
  {
    files: ['electron/main/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...PLAIN_SYNTAX,
        ...QUOTING_LOGS,
        {
          selector: "CallExpression[callee.property.name='send']",
          message: 'Events leave through ipc/publish.ts only.',
        },
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'electron',
              importNames: RAW_IPC,
              message: 'Calls go through the contract and its router.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['electron/main/**'],
    ignores: [
      'electron/main/adapters/**',
      'electron/main/index.ts',
      'electron/main/composition.ts',
      'electron/main/ports.ts',
    ],
    rules: {
      'no-restricted-globals': ['error', ...IMPURE_GLOBALS],
      'no-restricted-properties': ['error', ...IMPURE_MEMBERS],
    },
  },
  ...Object.entries(MAIN_REACHES_FOR).flatMap(([file, names]) =>
    defineConfig({
      files: [file],
      rules: {
        'no-restricted-globals': ['error', ...IMPURE_GLOBALS.filter((name) => !names.includes(name))],
      },
    }),
  ),
  { files: ['electron/main/index.ts', 'electron/main/ipc/*.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['electron/main/ipc/publish.ts'],
    rules: { 'no-restricted-syntax': ['error', ...PLAIN_SYNTAX, ...QUOTING_LOGS] },
  },
  {
    // A test that is left out, alone, or asserts nothing is green for no reason.
    files: ['test/**/*.test.ts'],
    plugins: { vitest },
    rules: {
      'vitest/expect-expect': ['error', { assertFunctionNames: VITEST_ASSERTIONS }],
      'vitest/no-conditional-tests': 'error',
      'vitest/no-disabled-tests': 'error',
      'vitest/no-focused-tests': 'error',
      'vitest/no-identical-title': 'error',
      'vitest/no-standalone-expect': [
        'error',
        { additionalTestBlockFunctions: ['afterAll', 'afterEach', 'beforeEach'] },
      ],
      'vitest/require-local-test-context-for-concurrent-snapshots': 'error',
      'vitest/valid-describe-callback': 'error',
      // The second is what is said when it fails.
      'vitest/valid-expect': ['error', { maxArgs: 2 }],
      'vitest/valid-expect-in-promise': 'error',
      'vitest/valid-title': 'error',
    },
  },
  {
    files: ['test/{e2e,pictures}/**/*.spec.ts', 'test/support/**/*.ts'],
    plugins: { playwright },
    rules: {
      'playwright/missing-playwright-await': 'error',
      'playwright/no-element-handle': 'error',
      'playwright/no-eval': 'error',
      'playwright/no-focused-test': 'error',
      'playwright/no-networkidle': 'error',
      'playwright/no-page-pause': 'error',
      // What can't run on this machine says so; on CI it counts as failed (scripts/lib/report.mjs).
      'playwright/no-skipped-test': ['error', { allowConditional: true }],
      'playwright/no-standalone-expect': 'error',
      'playwright/no-useless-await': 'error',
      'playwright/no-wait-for-timeout': 'error',
      'playwright/prefer-web-first-assertions': 'error',
      'playwright/valid-describe-callback': 'error',
      'playwright/valid-expect': 'error',
      'playwright/valid-expect-in-promise': 'error',
      'playwright/valid-title': 'error',
    },
  },
  {
    files: ['test/e2e/**/*.spec.ts'],
    rules: { 'playwright/expect-expect': ['error', { assertFunctionNames: PLAYWRIGHT_ASSERTIONS }] },
  },
  { files: ['*.config.{js,ts}', 'test/*.config.ts'], rules: { 'import-x/no-default-export': 'off' } },
  {
    // Plain scripts run before anything is installed; what they are given is described in JSDoc and type-checked.
    files: ['**/*.{js,mjs}'],
    rules: {
      '@typescript-eslint/explicit-function-return-type': 'off',
    },
  },
  prettier,
)

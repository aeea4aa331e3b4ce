import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { guidePage } from './scripts/lib/guide-page'
import { instead } from './scripts/lib/instead'
import { withoutNames } from './scripts/lib/without-names'
import { APP_ID } from './scripts/packaging/identity.mjs'

/** The oldest Electron that the app runs on is 33: Node 20.18 and Chromium 130. */
const NODE = 'node20.18'
const CHROMIUM = 'chrome130'

/** A build for checks may be opened to a debugger when it is packaged; a release never (docs/DESIGN.md). */
const isTestBuild = process.env['TOKENDESK_TEST_BUILD'] === '1'
const OUT = isTestBuild ? 'out/test-build' : 'out'

/** What electron-store brings along. */
const UNUSED_BY_MAIN = {
  // For its options `schema` and `migrations`: a third of the bundle.
  'ajv/dist/2020.js': 'export const Ajv2020 = undefined',
  'ajv-formats': 'export default undefined',
  semver: 'export default undefined',
  // To remove its temporary files it would take over the signals by which Electron ends the app in good order. What is
  // left of them is swept at the next start.
  'when-exit': 'export default () => undefined',
}

export default defineConfig({
  main: {
    plugins: [instead(UNUSED_BY_MAIN)],
    define: { __TEST_BUILD__: JSON.stringify(isTestBuild), __APP_ID__: JSON.stringify(APP_ID) },
    build: {
      target: NODE,
      minify: true,
      outDir: `${OUT}/main`,
      // Bundled, dependencies and all: two files to load at start, what opens the window and what comes after it.
      externalizeDeps: false,
      rolldownOptions: {
        // The gateway is a process of its own; main loads nothing of it.
        input: { index: 'electron/main/index.ts', gateway: 'electron/gateway/process.ts' },
        // Side by side, so that paths relative to one are relative to the other.
        output: { chunkFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      target: NODE,
      minify: true,
      outDir: `${OUT}/preload`,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'electron/preload/index.ts' },
        // A sandboxed window loads CommonJS only.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src',
    plugins: [vue(), withoutNames(), guidePage(resolve(import.meta.dirname, 'docs'))],
    // No component here is written that way.
    define: { __VUE_OPTIONS_API__: false },
    // Its usual build keeps parts of the developer tools, to save a store as a file.
    resolve: {
      alias: { pinia: resolve(import.meta.dirname, 'node_modules/pinia/dist/pinia.esm-browser.prod.js') },
    },
    build: {
      target: CHROMIUM,
      minify: true,
      outDir: `${OUT}/renderer`,
      rolldownOptions: {
        input: { index: resolve(import.meta.dirname, 'src/index.html') },
        // What the list needs is one script, not several that the late parts share with it: each has to be asked for.
        // What the late parts share with each other is another: in one file it is smaller than in six.
        output: {
          codeSplitting: {
            groups: [
              { name: 'first', tags: ['$initial'] },
              { name: 'shared', minShareCount: 2 },
            ],
          },
        },
      },
    },
  },
})

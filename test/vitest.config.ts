import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** They start a real Electron: all others need neither a display nor Electron, and run in `npm run check`. */
const ON_A_DESKTOP = [
  'test/integration/http-auth-api*.test.ts',
  'test/integration/http-update-feed.test.ts',
  'test/integration/gateway/gateway-process.test.ts',
]

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    setupFiles: ['test/support/secret-equality.ts'],
    // Vitest would leave one core alone, which on two cores is half of them.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        // They change nothing that another file could see, so that what they import is loaded once.
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          environment: 'node',
          isolate: false,
          // On a busy machine the slowest take more than Vitest's five seconds.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        plugins: [vue()],
        test: {
          name: 'component',
          include: ['test/component/**/*.test.ts'],
          environment: 'happy-dom',
          // A whole window is made for each, and what it loads before; on a busy machine that takes its time.
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'resilience',
          include: ['test/resilience/**/*.test.ts'],
          environment: 'node',
          // Through Vitest, as below.
          server: { deps: { inline: ['electron-store'] } },
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'architecture',
          include: ['test/architecture/**/*.test.ts'],
          environment: 'node',
          // They run the linter, which reads the whole program.
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: ON_A_DESKTOP,
          environment: 'node',
          // Through Vitest, so that a test can stand in for the `electron` that it imports.
          server: { deps: { inline: ['electron-store'] } },
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'desktop',
          include: ON_A_DESKTOP,
          globalSetup: 'test/support/vitest-desktop.ts',
          environment: 'node',
          // They share the desktop that is made for them.
          fileParallelism: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})

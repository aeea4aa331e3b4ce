import { availableParallelism } from 'node:os'
import { defineConfig } from '@playwright/test'
import type { EitherOptions } from './support/either-app'

export default defineConfig<EitherOptions>({
  testDir: 'e2e',
  projects: [
    // What the build left in out/, with a way into its main process.
    {
      name: 'built',
      testIgnore: ['packaged.spec.ts', 'installed.spec.ts'],
      outputDir: '../out/test-results/e2e',
    },
    {
      name: 'packaged',
      testMatch: ['main-job.spec.ts', 'packaged.spec.ts'],
      outputDir: '../out/test-results/e2e-packaged',
      use: { isPackaged: true },
    },
    // `npm run test:long -- installed`: packages of the system, on a machine of its own.
    { name: 'installed', testMatch: 'installed.spec.ts', outputDir: '../out/test-results/e2e-installed' },
    // For eyes (`npm run pictures`): nothing compares them, so they are no part of `npm test`.
    { name: 'pictures', testDir: 'pictures', outputDir: '../out/test-results/pictures' },
  ],
  // Each worker has a desktop of its own (support/own-desktop.ts); elsewhere than on Linux all would share the user's.
  // Two a core, since tests wait for what is to happen, or not to; more at once would keep timers waiting that they watch.
  workers: process.platform === 'linux' ? Math.min(2 * availableParallelism(), 4) : 1,
  // Also tests of one file: some files take minutes, and the last would run alone.
  fullyParallel: true,
  // A test that passes only when repeated hides a fault, of the app or its own.
  retries: 0,
  forbidOnly: process.env['CI'] === 'true',
  // Far beyond what a quiet machine needs: the result must not depend on what else it does.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: '../out/test-results/playwright.json' }]],
})

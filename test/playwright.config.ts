import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  outputDir: '../out/test-results/e2e',
  // They share one display, one keyring and one clipboard.
  workers: 1,
  fullyParallel: false,
  // A test that passes only when repeated hides a fault, of the app or its own.
  retries: 0,
  forbidOnly: process.env['CI'] === 'true',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: '../out/test-results/playwright.json' }]],
})

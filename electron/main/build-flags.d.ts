/** Set by electron.vite.config.ts: whether this build is for checks only. */
declare const __TEST_BUILD__: boolean

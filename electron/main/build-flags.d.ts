/** Set by electron.vite.config.ts: whether this build is for tests only. */
declare const __TEST_BUILD__: boolean
/** Set by electron.vite.config.ts from package.json: the app's id for operating systems. */
declare const __APP_ID__: string

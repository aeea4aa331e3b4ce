/** Set by electron.vite.config.ts: whether this build is for checks only. */
declare const __TEST_BUILD__: boolean
/** Set by electron.vite.config.ts from package.json: by what systems know the app. */
declare const __APP_ID__: string

// Runs the built app and keeps what its first window had when its page began to load: later the theme may have changed.
import { app, nativeTheme } from 'electron'

app.once('browser-window-created', (_event, window) => {
  // Once it is made.
  queueMicrotask(() => {
    Object.assign(globalThis, {
      firstGround: { isDark: nativeTheme.shouldUseDarkColors, color: window.getBackgroundColor() },
    })
  })
})

await import(new URL('../../out/main/index.js', import.meta.url).href)

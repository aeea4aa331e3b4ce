/** What Chromium would ask of the network on its own: nothing leaves the app that its user did not cause. */
import { app } from 'electron'

/**
 * To be called before the app is ready.
 *
 * Each session fetches a dictionary for its spell checker from a host of Google's as soon as it is made, whatever its
 * pages are allowed (seen through a proxy at the first login). Without a language there is nothing to fetch; languages
 * are taken away while the session is being made, so that not even the first request is sent. macOS checks spelling by
 * itself, and never fetches.
 *
 * Names are asked of the system's own resolver only: `automatic`, Electron's default, would look for an encrypted one
 * beside it. What else Chromium is known for has no counterpart in Electron: no component updates, metrics, field
 * trials, safe browsing, network time or tests for captive portals (seen to be silent in its own network log).
 */
export function preventUnaskedRequests(): void {
  app.on('session-created', (session) => {
    session.setSpellCheckerLanguages([])
    session.setSpellCheckerEnabled(false)
  })
  void app.whenReady().then(() => {
    app.configureHostResolver({ secureDnsMode: 'off' })
  })
}

/** Turns off the requests that Chromium makes on its own: nothing leaves the app without an action of its user. */
import { app } from 'electron'

/**
 * Call before the app is ready.
 *
 * Each new session fetches a spell checker's dictionary from a Google host, whatever its pages are allowed (seen
 * through a proxy at the first login). Without a language there is nothing to fetch; languages are removed while the
 * session is being created, so that not even the first request is sent. macOS checks spelling itself, and never
 * fetches.
 *
 * Names are resolved by the system's own resolver only: `automatic`, Electron's default, would look for an encrypted
 * one as well. Chromium's other known requests don't exist in Electron: no component updates, metrics, field trials,
 * safe browsing, network time or captive portal tests (confirmed by its own network log).
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

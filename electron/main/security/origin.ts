/** Where the window's content comes from: our own protocol, or the dev server of an unpackaged app. */
export const APP_SCHEME = 'app'
export const APP_ORIGIN = `${APP_SCHEME}://tokendesk`

/** `devServerUrl`: what electron-vite sets while developing; null otherwise and always in a packaged app. */
export function contentUrl(devServerUrl: string | null): string {
  return devServerUrl ?? `${APP_ORIGIN}/index.html`
}

/** The user guide, which the build makes of `docs/USER-GUIDE.md`. */
export function guideUrl(devServerUrl: string | null): string {
  return new URL('guide.html', contentUrl(devServerUrl)).href
}

export function isOurOrigin(url: string, devServerUrl: string | null): boolean {
  if (!URL.canParse(url)) return false
  const ours = new URL(contentUrl(devServerUrl))
  const theirs = new URL(url)
  return theirs.protocol === ours.protocol && theirs.host === ours.host
}

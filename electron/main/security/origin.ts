/** The origin of the window's content: our own protocol, or the dev server of an unpackaged app. */
import type { GuideSection } from '../../shared/guide'

export const APP_SCHEME = 'app'
export const APP_ORIGIN = `${APP_SCHEME}://tokendesk`

/** `devServerUrl`: set by electron-vite during development; otherwise, and always in a packaged app, null. */
export function contentUrl(devServerUrl: string | null): string {
  return devServerUrl ?? `${APP_ORIGIN}/index.html`
}

/** The user guide, which the build makes from `docs/USER-GUIDE.md`. */
export function guideUrl(devServerUrl: string | null, section: GuideSection | null = null): string {
  const url = new URL('guide.html', contentUrl(devServerUrl))
  url.hash = section ?? ''
  return url.href
}

export function isOurOrigin(url: string, devServerUrl: string | null): boolean {
  if (!URL.canParse(url)) return false
  const ours = new URL(contentUrl(devServerUrl))
  const theirs = new URL(url)
  return theirs.protocol === ours.protocol && theirs.host === ours.host
}

/** The color of a window until its page has painted: the same as the page's, so that nothing flashes. */
import { nativeTheme, type BrowserWindow } from 'electron'
import type { Settings } from '../../shared/settings'

/** Those of `src/styles/tokens.css`. `page`: the main window. `raised`: the quick pick. */
export const GROUNDS = {
  page: { light: '#ffffff', dark: '#16181d' },
  raised: { light: '#ffffff', dark: '#1f2229' },
} as const
export type Ground = keyof typeof GROUNDS

/**
 * The theme that the settings' file names, for the first window: a page that is painted in another one first is seen so
 * for a moment. Without a schema, since the window isn't open yet; what is wrong is repaired when the settings are read.
 */
export function themeIn(text: string | null): Settings['theme'] {
  try {
    const { settings } = JSON.parse(text ?? '{}') as { settings?: { theme?: unknown } }
    const theme = settings?.theme
    return theme === 'light' || theme === 'dark' ? theme : 'system'
  } catch {
    return 'system'
  }
}

export function groundColor(ground: Ground): string {
  return nativeTheme.shouldUseDarkColors ? GROUNDS[ground].dark : GROUNDS[ground].light
}

/** Paints it, now and whenever the theme changes. */
export function followTheme(window: BrowserWindow, ground: Ground): void {
  const paint = (): void => {
    window.setBackgroundColor(groundColor(ground))
  }
  paint()
  nativeTheme.on('updated', paint)
  window.once('closed', () => {
    nativeTheme.off('updated', paint)
  })
}

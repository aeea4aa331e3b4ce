/** The color of a window until its page has painted: the same as the page's, so that nothing flashes. */
import { nativeTheme, type BrowserWindow } from 'electron'

/** Those of `src/styles/tokens.css`. `page`: the main window. `raised`: the quick pick. */
export const GROUNDS = {
  page: { light: '#ffffff', dark: '#16181d' },
  raised: { light: '#ffffff', dark: '#1f2229' },
} as const
export type Ground = keyof typeof GROUNDS

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

/** What a desktop lets an app do, which differs on Linux. */

/** `app`: as the app registers it; `portal`: the desktop confirms it and may change it; `none`: no app may have one. */
export const SHORTCUT_SUPPORT = ['app', 'portal', 'none'] as const
export type ShortcutSupport = (typeof SHORTCUT_SUPPORT)[number]

/** Whose input counts when the app locks after a while without any. */
export const IDLE_SOURCES = ['system', 'windows'] as const
export type IdleSource = (typeof IDLE_SOURCES)[number]

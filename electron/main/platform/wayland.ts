/** What makes Wayland different is asked here, once for all. */

/**
 * Whether the desktop is a Wayland one: what a window of it may do depends on that also where it comes by way of X11
 * (Xwayland). `ozonePlatform`: Chromium's switch of that name, empty where it isn't given.
 */
export function isWaylandSession(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  ozonePlatform: string,
): boolean {
  if (platform !== 'linux') return false
  const isNamed = (env['WAYLAND_DISPLAY'] ?? '') !== '' || env['XDG_SESSION_TYPE'] === 'wayland'
  return isNamed || ozonePlatform === 'wayland'
}

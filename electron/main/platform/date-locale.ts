/** The variables that decide how times are written, the first that is set (POSIX, section 8.2). */
const TIME_VARIABLES = ['LC_ALL', 'LC_TIME', 'LANG'] as const

/**
 * The locale of dates and times. On Linux people set it apart from the language of texts, which is all that `system`
 * (Chromium's) knows.
 */
export function dateLocale(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  system: string,
): string {
  if (platform !== 'linux') return system
  const set = TIME_VARIABLES.map((name) => env[name]).find((value) => value !== undefined && value !== '')
  return set === undefined || /^(?:C|POSIX)(?:[.@]|$)/u.test(set) ? system : set
}

/** What may be logged of an uncaught error: its kind and position, never its text, which could quote a secret. */

/** Its source in a page: Vue's rendering, an event or timer, or a promise. */
export const UNCAUGHT_IN_PAGE = ['render', 'error', 'rejection'] as const
export type UncaughtInPage = (typeof UNCAUGHT_IN_PAGE)[number]

/** A file name, line and column, as engines write them at the end of a stack line. */
const FRAME = /^\s+at .*?([\w.-]{1,80}\.[cm]?js):(\d{1,9}):(\d{1,9})\)?$/u

/** `index-B0T8QSSG.js:12:345`, as returned by `placeOf`. */
export const PLACE = /^[\w.-]{1,80}\.[cm]?js:\d{1,9}:\d{1,9}$/u

/** The topmost position in a file for which `ours` is true; null when there is none. */
export function placeOf(error: unknown, ours: (file: string) => boolean = () => true): string | null {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return null
  for (const line of error.stack.split('\n')) {
    const [, file, row, column] = FRAME.exec(line) ?? []
    if (file !== undefined && row !== undefined && column !== undefined && ours(file)) {
      return `${file}:${row}:${column}`
    }
  }
  return null
}

/** The name of its class, where that is a plain word. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return /^\w{1,60}$/u.test(error.name) ? error.name : 'Error'
}

export const ERROR_KIND = /^\w{1,60}$/u

/** What may be known of an error that nobody caught: its kind and place, never its text, which could quote a secret. */

/** Where in a page it came from: while Vue rendered, from an event or a timer, or from a promise. */
export const UNCAUGHT_IN_PAGE = ['render', 'error', 'rejection'] as const
export type UncaughtInPage = (typeof UNCAUGHT_IN_PAGE)[number]

/** A file's name, a line and a column, as engines write them at the end of a line of a stack. */
const FRAME = /^\s+at .*?([\w.-]{1,80}\.[cm]?js):(\d{1,9}):(\d{1,9})\)?$/u

/** `index-B0T8QSSG.js:12:345`, as `placeOf` writes it. */
export const PLACE = /^[\w.-]{1,80}\.[cm]?js:\d{1,9}:\d{1,9}$/u

/** The topmost place in a file that is `ours`; null when there is none, or the error doesn't say. */
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

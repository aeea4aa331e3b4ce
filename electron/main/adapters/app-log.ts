import { join } from 'node:path'
import { LOG_LEVELS, type KeptLog, type LogFields, type LogLevel } from '../../core/base/ports'
import { RotatingFile } from '../files/rotating-file'

const LIMITS = { maxBytes: 1024 * 1024, files: 3 }
/** Ids and codes are shorter. */
const MOST_CHARACTERS = 200

/**
 * `<folder>/tokendesk.log` and standard error, one JSON object per line. Only codes, ids and counts get here:
 * `LogFields` takes no object, so neither a `Secret` nor an error, whose text could quote one.
 */
export function createAppLog(folder: string, level: LogLevel, now: () => number): KeptLog {
  // The reader of standard error may be gone, which must not end the app.
  process.stderr.on('error', () => undefined)
  const file = new RotatingFile(join(folder, 'tokendesk.log'), LIMITS)
  const at =
    (each: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      if (LOG_LEVELS.indexOf(each) < LOG_LEVELS.indexOf(level)) return
      const line = JSON.stringify(
        { time: new Date(now()).toISOString(), level: each, message, ...fields },
        cut,
      )
      process.stderr.write(`${line}\n`)
      file.append(line)
    }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    tail: (count) => file.tail(count),
    settled: () => file.settled(),
  }
}

export function logLevelOf(name: string | undefined): LogLevel {
  return LOG_LEVELS.find((level) => level === name) ?? 'info'
}

function cut(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.slice(0, MOST_CHARACTERS) : value
}

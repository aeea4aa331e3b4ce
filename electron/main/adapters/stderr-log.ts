import type { Log, LogFields } from '../../core/ports'

type Level = 'info' | 'warn' | 'error'

/** One JSON object a line. Only codes, ids and counts get here (see `LogFields`), so there is nothing to redact. */
export function createStderrLog(now: () => number): Log {
  // Whoever read this may have gone; that must not end the app.
  process.stderr.on('error', () => undefined)
  const write = (level: Level, message: string, fields: LogFields = {}): void => {
    const line = { time: new Date(now()).toISOString(), level, message, ...fields }
    process.stderr.write(`${JSON.stringify(line)}\n`)
  }
  return {
    info: (message, fields) => {
      write('info', message, fields)
    },
    warn: (message, fields) => {
      write('warn', message, fields)
    },
    error: (message, fields) => {
      write('error', message, fields)
    },
  }
}

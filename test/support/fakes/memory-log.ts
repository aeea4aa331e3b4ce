import type { KeptLog, LogFields, LogLevel } from '../../../electron/core/base/ports'

export class MemoryLog implements KeptLog {
  readonly lines: { readonly level: LogLevel; readonly message: string; readonly fields: LogFields }[] = []

  debug(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'debug', message, fields })
  }

  info(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'info', message, fields })
  }

  warn(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'warn', message, fields })
  }

  error(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'error', message, fields })
  }

  tail(count: number): Promise<readonly string[]> {
    return Promise.resolve(this.lines.slice(-count).map((line) => JSON.stringify(line)))
  }

  settled(): Promise<void> {
    return Promise.resolve()
  }
}

/**
 * The single handler of uncaught errors, in main and in its pages: each is logged by kind and position, the user is
 * told once in plain words, and the app keeps running. Without it Electron would show the error's text, and might end
 * the app.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from 'electron'
import { errorFacts } from '../core/base/error-facts'
import type { Log, LogFields } from '../core/base/ports'
import { placeOf } from '../shared/uncaught'

/** More errors in one run tell nothing new; something fails in a loop then. */
const LOGGED_AT_MOST = 100

/** Errors from before the log exists wait for it. */
interface Entry {
  readonly message: string
  readonly fields: LogFields
}

export interface UncaughtSink {
  readonly log: Pick<Log, 'error'>
  /** Called once per run. */
  readonly tell: () => void
}

export class Uncaught {
  readonly #early: Entry[] = []
  #sink: UncaughtSink | null = null
  #logged = 0
  #isToTell = false

  /** `isOurs`: whether a file of this name is one of the app's. */
  constructor(private readonly isOurs: (file: string) => boolean) {}

  /** Earlier and later errors go to this sink. */
  attach(sink: UncaughtSink): void {
    this.#sink = sink
    for (const { message, fields } of this.#early.splice(0)) sink.log.error(message, fields)
    if (this.#isToTell) sink.tell()
  }

  caught(error: unknown, how: 'exception' | 'rejection'): void {
    this.#note('nobody caught an error', { in: 'main', how, ...errorFacts(error), place: this.place(error) })
    this.#tell()
  }

  /** Reported by a page, which is trusted only as far as it names our own files. */
  inPage({
    how,
    error,
    place,
  }: {
    readonly how: string
    readonly error: string
    readonly place: string | null
  }): void {
    const file = place?.split(':', 1)[0] ?? ''
    this.#note('nobody caught an error', { in: 'page', how, error, place: this.isOurs(file) ? place : null })
  }

  /** A process of ours has ended unexpectedly. Chromium restarts its own helpers; `tell` handles the page's. */
  processGone(type: string, reason: string, exitCode: number): void {
    if (reason === 'clean-exit') return
    this.#note('a process is gone', { type, reason, exitCode })
    if (type === 'page') this.#tell()
  }

  /** Only positions in our own files. */
  place(error: unknown): string | null {
    return placeOf(error, this.isOurs)
  }

  #tell(): void {
    if (this.#isToTell) return
    this.#isToTell = true
    this.#sink?.tell()
  }

  #note(message: string, fields: LogFields): void {
    this.#logged += 1
    if (this.#logged > LOGGED_AT_MOST) return
    if (this.#sink === null) this.#early.push({ message, fields })
    else this.#sink.log.error(message, fields)
  }
}

/** Catches all of them, from the start. */
export function catchUncaught(
  uncaught: Uncaught,
  { process: main, app }: { readonly process: Pick<NodeJS.Process, 'on'>; readonly app: Pick<App, 'on'> },
): void {
  main.on('uncaughtException', (error) => {
    uncaught.caught(error, 'exception')
  })
  main.on('unhandledRejection', (reason) => {
    uncaught.caught(reason, 'rejection')
  })
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    uncaught.processGone(type, reason, exitCode)
  })
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    uncaught.processGone('page', reason, exitCode)
  })
}

/** Whether the built app has a file of this name. Listed on the first call, which is rare. */
export function ownFiles(folder: string): (file: string) => boolean {
  let names: ReadonlySet<string> | null = null
  return (file) => {
    names ??= new Set(
      ['main', 'main/chunks', 'preload', 'renderer/assets'].flatMap((each) => list(join(folder, each))),
    )
    return names.has(file)
  }
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** One cold start, watched from outside. */
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { makeProfile, removeProfile, spawnMain } from '../support/electron-app'
import { writeAccounts } from '../support/many-accounts'

const PROBE = 'test/bench/probe-main.mjs'
const NOWHERE = 'http://127.0.0.1:9'

export type Subject = 'bare' | 200 | 10_000

export interface Started {
  readonly pid: number
  /** From the start of the process until two frames after the list (the bare window's line) is there. */
  readonly paintedMs: number
  /** From before the main module is evaluated until its `ready` handler has returned. */
  readonly readyMs: number
  readonly hide: () => void
}

/** Starts the subject on a new profile, lets `work` look at it, and ends it. */
export async function withStarted<Value>(
  subject: Subject,
  work: (started: Started) => Promise<Value>,
): Promise<Value> {
  const profile = await makeProfile()
  if (subject !== 'bare') writeAccounts(profile, NOWHERE, { partners: subject / 100, companiesEach: 99 })
  const isBare = subject === 'bare'
  const main = isBare ? 'test/bench/reference/bare-window/main.mjs' : 'out/main/index.js'
  const startedAt = Date.now()
  const child = spawnMain(profile, PROBE, {
    BENCH_MAIN: pathToFileURL(main).href,
    BENCH_READY: isBare ? '[data-ready]' : '[role=row][data-account-id]',
  })
  const ended = once(child, 'exit')
  try {
    const told = await firstReport(createInterface({ input: child.stdout }))
    if (told === null || child.pid === undefined) throw new Error(`${String(subject)} did not start`)
    return await work({
      pid: child.pid,
      paintedMs: told.paintedAt - startedAt,
      readyMs: told.readyMs,
      hide: () => {
        child.stdin.write('\n')
      },
    })
  } finally {
    child.kill('SIGKILL')
    await ended
    await removeProfile(profile)
  }
}

async function firstReport(
  lines: AsyncIterable<string>,
): Promise<{ readonly paintedAt: number; readonly readyMs: number } | null> {
  for await (const line of lines) {
    if (line.startsWith('BENCH ')) return JSON.parse(line.slice(6)) as { paintedAt: number; readyMs: number }
  }
  return null
}

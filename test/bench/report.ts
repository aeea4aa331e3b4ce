/** What a main file of the bench tells through its output: a line `BENCH <JSON>`. */
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { spawnMain } from '../support/electron-app'

type MainProcess = ReturnType<typeof spawnMain>

/** The time that it has to quit on its own. */
const QUITS_WITHIN_MS = 5_000

/** Lets `work` have the process and its first report, and has the process quit in good order. */
export async function withReport<Value>(
  child: MainProcess,
  work: (report: unknown, child: MainProcess) => Promise<Value> | Value,
): Promise<Value> {
  const ended = once(child, 'exit')
  try {
    return await work(await firstReport(createInterface({ input: child.stdout })), child)
  } finally {
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), QUITS_WITHIN_MS)
    await ended
    clearTimeout(late)
  }
}

async function firstReport(lines: AsyncIterable<string>): Promise<unknown> {
  for await (const line of lines) {
    if (line.startsWith('BENCH ')) return JSON.parse(line.slice(6))
  }
  throw new Error('it ended before it told anything')
}

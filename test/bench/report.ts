/** What a main file of the bench tells through its output: a line `BENCH <JSON>`. */
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { spawnMain } from '../support/electron-app'

type MainProcess = ReturnType<typeof spawnMain>

/** Lets `work` have the process and its first report, and ends the process. */
export async function withReport<Report, Value>(
  child: MainProcess,
  work: (report: Report, child: MainProcess) => Promise<Value> | Value,
): Promise<Value> {
  const ended = once(child, 'exit')
  try {
    return await work(await firstReport<Report>(createInterface({ input: child.stdout })), child)
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}

async function firstReport<Report>(lines: AsyncIterable<string>): Promise<Report> {
  for await (const line of lines) {
    if (line.startsWith('BENCH ')) return JSON.parse(line.slice(6)) as Report
  }
  throw new Error('it ended before it told anything')
}

/** What a process and its children use, by the kernel's account (proc(5)); Linux only. */
import { readdirSync, readFileSync } from 'node:fs'
import { descendants } from '../resilience/built-app/processes'

/** Clock ticks a second: the same on every Linux that Electron runs on. */
const TICKS_PER_S = 100

function family(pid: number): readonly number[] {
  return [pid, ...descendants(pid).map((each) => each.pid)]
}

/** Proportional set size: memory that is shared counts for each of its users in part. */
export function pssMb(pid: number): number {
  const kilobytes = family(pid).map((each) =>
    Number(/^Pss:\s+(\d+)/mu.exec(read(each, 'smaps_rollup'))?.[1] ?? 0),
  )
  return sum(kilobytes) / 1024
}

export function cpuSeconds(pid: number): number {
  const ticks = family(pid).map((each) => {
    const stat = read(each, 'stat')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
  })
  return sum(ticks) / TICKS_PER_S
}

/** How often a thread went to sleep, which is as often as one was woken. */
export function wakeUps(pid: number): number {
  const threads = family(pid).flatMap((each) =>
    threadsOf(each)
      .map((thread) => `task/${thread}/status`)
      .map((file) => read(each, file)),
  )
  return sum(threads.map((status) => Number(/^voluntary_ctxt_switches:\s+(\d+)/mu.exec(status)?.[1] ?? 0)))
}

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${String(pid)}/task`)
  } catch {
    return []
  }
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}

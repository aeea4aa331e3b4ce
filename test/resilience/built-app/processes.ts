/** The processes of an app, by the kernel's account of them. Only Linux tells so plainly; elsewhere there are none. */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

interface ProcessMark {
  readonly pid: number
  /** In clock ticks since boot: tells a process from a later one of the same pid. */
  readonly startedAt: string
}

const PATIENCE_MS = 5_000
const LOOK_EVERY_MS = 20

/** The children of `pid`, theirs, and so on. */
export function descendants(pid: number | undefined): ProcessMark[] {
  if (pid === undefined || process.platform !== 'linux') return []
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/u.test(name) ? (look(Number(name)) ?? []) : []))
  const family: ProcessMark[] = []
  const parents = new Set([pid])
  for (let grown = true; grown;) {
    const more = all.filter((each) => parents.has(each.parent) && !parents.has(each.pid))
    grown = more.length > 0
    for (const each of more) parents.add(each.pid)
    family.push(...more)
  }
  return family
}

/** Waits for them to end; resolves with how many have not. */
export async function waitUntilGone(processes: readonly ProcessMark[]): Promise<number> {
  const giveUpAt = performance.now() + PATIENCE_MS
  for (;;) {
    const left = processes.filter(({ pid, startedAt }) => look(pid)?.startedAt === startedAt).length
    if (left === 0 || performance.now() > giveUpAt) return left
    await sleep(LOOK_EVERY_MS)
  }
}

/** Undefined when it is gone, or dead and only waits to be buried. */
function look(pid: number): (ProcessMark & { readonly parent: number }) | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    // The name, in brackets, may hold anything; what follows is split by spaces (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, parent] = fields
    if (state === undefined || parent === undefined || state === 'Z' || state === 'X') return undefined
    return { pid, parent: Number(parent), startedAt: fields[19] ?? '' }
  } catch {
    return undefined
  }
}

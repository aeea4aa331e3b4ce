import { readdirSync, readFileSync } from 'node:fs'

export interface AppProcess {
  readonly pid: number
  /** Arguments and environment. */
  readonly text: string
  /** Whether the kernel filters its system calls, which means that the sandbox is on. */
  readonly isSandboxed: boolean
}

/** What any user who can list processes sees of the app's: `root` and its descendants (Linux). */
export function processesOf(root: number): readonly AppProcess[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/u.test(name))
      .map((name) => [Number(name), parentOf(Number(name))]),
  )
  const isOfApp = (pid: number): boolean => {
    const parent = parents.get(pid) ?? 0
    return pid === root || (parent > 1 && isOfApp(parent))
  }
  return [...parents.keys()].filter(isOfApp).map((pid) => ({
    pid,
    text: `${read(pid, 'cmdline')}\n${read(pid, 'environ')}`,
    isSandboxed: /^Seccomp:\s+2$/mu.test(read(pid, 'status')),
  }))
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)$/mu.exec(read(pid, 'status'))?.[1] ?? 0)
}

/** Empty for a process that has ended meanwhile. */
function read(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${name}`, 'utf8')
  } catch {
    return ''
  }
}

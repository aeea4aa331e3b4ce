import type { Timers } from '../../electron/core/base/ports'
import { NOW } from './builders'
import { FakeTime } from './fakes/fake-time'

/** Shorter than anything that a user could wait for. */
const A_MOMENT_MS = 50

export type OtherTime = Pick<FakeTime, 'now' | 'after'>

/** The window's time is main's, too. What main puts off for less than a few frames comes by itself. */
export class SharedTime extends FakeTime {
  constructor(private readonly shared: OtherTime | undefined) {
    super(NOW)
  }

  override now(): number {
    return this.shared?.now() ?? super.now()
  }

  override monotonic(): number {
    return this.now()
  }

  override after(delayMs: number, run: () => void): () => void {
    if (delayMs < A_MOMENT_MS) return new NextFrame().after(delayMs, run)
    return this.shared?.after(delayMs, run) ?? super.after(delayMs, run)
  }
}

let framesToCome = 0

/** Whether no main has anything more to do before time goes on. */
export function isAtRest(): boolean {
  return framesToCome === 0
}

/** Frames pass as soon as nothing else is to be done. */
export class NextFrame implements Timers {
  after(_delayMs: number, run: () => void): () => void {
    framesToCome += 1
    let isPlanned = true
    const over = (): boolean => {
      if (isPlanned) framesToCome -= 1
      const was = isPlanned
      isPlanned = false
      return was
    }
    setImmediate(() => {
      if (over()) run()
    })
    return () => void over()
  }
}

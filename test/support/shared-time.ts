import type { Timers } from '../../electron/core/base/ports'
import { NOW } from './builders'
import { FakeTime } from './fakes/fake-time'

/** Shorter than any wait that a user could notice. */
const A_MOMENT_MS = 50

export type OtherTime = Pick<FakeTime, 'now' | 'after'>

/** The window's time is main's, too. Main's delays of less than a few frames pass automatically. */
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

/** Whether every main has finished its ready work. */
export function isAtRest(): boolean {
  return framesToCome === 0
}

/** Frames pass as soon as there is no other work. */
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

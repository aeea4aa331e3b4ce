/** The lock over fakes, and what is counted of its calls. */
import type { AppEvents } from '../../electron/core/base/app-events'
import { Emitter } from '../../electron/core/base/emitter'
import { UnfinishedWork } from '../../electron/core/vault/unfinished-work'
import { LockService, type LockRules } from '../../electron/core/lock/lock-service'
import { StorageUnwritableError } from '../../electron/core/base/errors'
import { createScryptVerifier } from '../../electron/main/adapters/scrypt-verifier'
import { Secret } from '../../electron/shared/secret'
import { FakeTime } from './fakes/fake-time'
import { MemoryLog } from './fakes/memory-log'
import { MemoryState } from './fakes/memory-state'
import { MemoryTouchId } from './fakes/memory-touch-id'

export const RIGHT = new Secret('correct horse battery staple')
export const OTHER = new Secret('another long passphrase')
export const NONE = new Secret('')
export const WRONG = new Secret('wrong horse battery staple')

export class AppWithLock {
  readonly heard: boolean[] = []
  rules: LockRules = { afterIdleMs: null, onSuspend: true, onScreenLock: true }
  /** When the system last had input, by the time that passes. */
  touchedAt = 0
  asked = 0
  forgotten = 0
  keepsSecrets = false
  readonly touchId = new MemoryTouchId()
  /** Whether the system says how long it has seen no input. */
  systemCounts = true
  readonly lock: LockService

  constructor(
    readonly store = new MemoryState(),
    readonly time = new FakeTime(),
  ) {
    const events = new Emitter<AppEvents>(new MemoryLog())
    this.lock = new LockService({
      store,
      verifier: createScryptVerifier({ log2N: 4, r: 8, p: 1 }),
      touchId: this.touchId,
      clock: time,
      timers: time,
      log: new MemoryLog(),
      rules: () => this.rules,
      systemIdleMs: () => {
        this.asked += 1
        if (!this.systemCounts) return null
        return Math.max(time.monotonic() - this.touchedAt, 0)
      },
      vault: {
        ids: () => [],
        forgetSecrets: async () => {
          await Promise.resolve()
          if (this.keepsSecrets) throw new StorageUnwritableError('EROFS')
          this.forgotten += 1
        },
      },
      events,
      work: new UnfinishedWork(),
    })
    events.on('lockChanged', ({ isLocked }) => void this.heard.push(isLocked))
    this.touchedAt = time.monotonic()
    this.lock.load()
  }

  static async locked(): Promise<AppWithLock> {
    const app = new AppWithLock()
    await app.lock.setPassphrase(RIGHT, NONE)
    app.lock.lock()
    return app
  }

  restart(): AppWithLock {
    this.lock.close()
    return new AppWithLock(this.store, this.time)
  }
}

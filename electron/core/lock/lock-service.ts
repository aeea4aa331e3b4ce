/**
 * Locks the app and unlocks it by the passphrase that was set for it. Off until there is one; with one the app
 * also starts locked. A lock that can't be read stays locked: only removing it, and with it the secrets, leads on.
 */
import type { Checked } from '../../shared/checked'
import { checkPassphrase } from '../../shared/passphrase'
import type { Secret } from '../../shared/secret'
import type { PassphraseProblem } from '../../shared/transfer'
import type { AppEmitter } from '../base/app-events'
import { errorFacts } from '../base/error-facts'
import { StorageUnwritableError } from '../base/errors'
import { yieldToEventLoop } from '../base/yield-to-event-loop'
import { lockFile, readLock, type FoundLock, type LockDocument } from './lock-document'
import type { Clock, Log, PassphraseVerifier, StateStore, Timers, TouchId } from '../base/ports'
import type { UnfinishedWork } from '../vault/unfinished-work'
import type { Vault } from '../vault/vault'
import { lockoutDelayMs } from './lockout-delay'

/** When to lock automatically, as the user has set it. */
export interface LockRules {
  /** Null: never. */
  readonly afterIdleMs: number | null
  readonly onSuspend: boolean
  readonly onScreenLock: boolean
}

export interface LockServiceDeps {
  readonly store: StateStore
  readonly verifier: PassphraseVerifier
  readonly touchId: TouchId
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly rules: () => LockRules
  /** How long the system has seen no input, in ms; null where nobody knows. */
  readonly systemIdleMs: () => number | null
  readonly vault: Pick<Vault, 'forgetSecrets' | 'ids'>
  readonly events: AppEmitter
  readonly work: Pick<UnfinishedWork, 'run'>
}

export type AttemptOutcome =
  | { readonly kind: 'right' }
  /** `waitMs`: how long the next attempt has to wait. */
  | { readonly kind: 'wrong' | 'too-early'; readonly waitMs: number }
  /** It was right, but something has locked the app since it was entered, and that wins. */
  | { readonly kind: 'locked-again' }
  /** There is nothing to check it against. */
  | { readonly kind: 'unusable' }

export type ChangeOutcome = AttemptOutcome | { readonly kind: 'unfit'; readonly reason: PassphraseProblem }

export class LockService {
  #found: FoundLock = { kind: 'none' }
  #isLocked = false
  #isAsleep = false
  #cancelIdle: (() => void) | null = null
  /** Rises with each request to lock, also of a locked app: an unlock that was asked for before it no longer counts. */
  #generation = 0
  /** The last use of our own windows, by both clocks. */
  #usedAt: { readonly now: number; readonly monotonic: number }
  /** One attempt after another: several at once would be as many without a wait. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(private readonly deps: LockServiceDeps) {
    this.#usedAt = this.#moment()
  }

  /** Reads the file once. */
  load(): void {
    this.#found = readLock(this.deps.store.read())
    this.#isLocked = this.isSet
    if (this.isUnusable) this.deps.log.warn('the lock can not be read, so the app stays locked')
  }

  /** Whether there is a passphrase. */
  get isSet(): boolean {
    return this.#found.kind !== 'none'
  }

  get isLocked(): boolean {
    return this.#isLocked
  }

  /** No passphrase opens it any more. */
  get isUnusable(): boolean {
    return this.#found.kind === 'unusable'
  }

  /** How long the next attempt has to wait, in ms. */
  get waitMs(): number {
    if (this.#found.kind !== 'set') return 0
    const { count, lastAt } = this.#found.document.tries
    return lockoutDelayMs(count, lastAt, this.deps.clock.now())
  }

  lock(): void {
    this.#generation += 1
    if (!this.isSet || this.#isLocked) return
    this.#isLocked = true
    this.#forgetIdle()
    this.#announce()
  }

  suspended(): void {
    if (!this.deps.rules().onSuspend) return
    this.#isAsleep = true
    this.lock()
  }

  /** What was opened in the last moments before the machine slept must not be found open by whoever wakes it. */
  resumed(): void {
    if (!this.#isAsleep) return
    this.#isAsleep = false
    this.lock()
  }

  screenLocked(): void {
    if (this.deps.rules().onScreenLock) this.lock()
  }

  unlock(passphrase: Secret): Promise<AttemptOutcome> {
    const generation = this.#generation
    return this.#next(async () => {
      if (!this.#isLocked) return RIGHT
      const outcome = await this.#check(passphrase)
      if (outcome.kind !== 'right') return outcome
      if (generation !== this.#generation) return LOCKED_AGAIN
      this.#open()
      return RIGHT
    })
  }

  /** Whether the owner's finger opens it: never a lock that can't be read. */
  get opensByTouch(): boolean {
    return this.#found.kind === 'set' && this.deps.touchId.isThere()
  }

  /** Resolves with whether it is unlocked. Wrong attempts by passphrase stay counted. */
  async unlockByTouch(): Promise<boolean> {
    if (!this.opensByTouch || !this.#isLocked) return !this.#isLocked
    const generation = this.#generation
    // The system's question may stand for long, and a passphrase must not have to wait for it.
    const isOwner = await this.deps.touchId.isOwner()
    return await this.#next(() => {
      const isStillWanted = generation === this.#generation && this.#isLocked
      if (isOwner && this.opensByTouch && isStillWanted) this.#open()
      return Promise.resolve(!this.#isLocked)
    })
  }

  /**
   * Sets the first passphrase, or another one, for which `current` has to be right. Throws `StorageUnwritableError`.
   */
  setPassphrase(wanted: Secret, current: Secret): Promise<ChangeOutcome> {
    const generation = this.#generation
    return this.#next(async () => {
      const checked: Checked<string, PassphraseProblem> = checkPassphrase(wanted.reveal())
      if (!checked.ok) return { kind: 'unfit', reason: checked.reason }
      const outcome = await this.#check(current)
      if (outcome.kind !== 'right') return outcome
      const verifier = await this.deps.verifier.make(wanted)
      const document: LockDocument = { verifier, tries: { count: 0, lastAt: 0 } }
      this.#write(document)
      this.#found = { kind: 'set', document }
      this.used()
      this.watchIdle()
      this.#announce()
      // The machine went to sleep while the first passphrase was set: there was nothing to lock with before.
      if (generation !== this.#generation) this.lock()
      return RIGHT
    })
  }

  /** Throws `StorageUnwritableError`; the lock then stays, as it does when something locks meanwhile. */
  remove(current: Secret): Promise<AttemptOutcome> {
    const generation = this.#generation
    return this.#next(async () => {
      const outcome = await this.#check(current)
      if (outcome.kind !== 'right') return outcome
      if (generation !== this.#generation) return LOCKED_AGAIN
      this.#drop()
      return RIGHT
    })
  }

  /**
   * The passphrase is forgotten: secrets go first, so that no failure unlocks the app with them. Throws
   * `StorageUnwritableError`; when the disk refuses to begin with, nothing is forgotten.
   */
  resetLock(): Promise<void> {
    const forgotten = this.#next(async () => {
      // A disk that refuses the lock's file must say so while the secrets are still there.
      if (this.#found.kind === 'set') this.deps.store.write(lockFile(this.#found.document))
      await this.deps.vault.forgetSecrets(yieldToEventLoop(this.deps.timers))
      this.deps.events.emit('secretsForgotten', { ids: this.deps.vault.ids() })
      this.#drop()
    })
    // Half of the secrets may be gone: the app ends with all of them or none.
    return this.deps.work.run('saving', forgotten)
  }

  /** Somebody has used one of our windows. Cheap: it comes with each movement of the pointer. */
  used(): void {
    this.#usedAt = this.#moment()
  }

  /** How long none of our windows was used. */
  get unusedMs(): number {
    const { now, monotonic } = this.#moment()
    // One clock can be set, the other stands still while the machine sleeps: the longer of the two locks sooner.
    return Math.max(now - this.#usedAt.now, monotonic - this.#usedAt.monotonic)
  }

  /** Rules, or time that passed while the machine slept, may have changed when it locks automatically. */
  watchIdle(): void {
    this.#forgetIdle()
    const { afterIdleMs } = this.deps.rules()
    if (!this.isSet || this.#isLocked || afterIdleMs === null) return
    const left = afterIdleMs - this.#idleMs()
    if (left <= 0) {
      this.lock()
      return
    }
    // The idle limit can't be reached earlier; check again then.
    this.#cancelIdle = this.deps.timers.after(left, () => {
      this.watchIdle()
    })
  }

  /** Before the app ends. */
  close(): void {
    this.#forgetIdle()
  }

  /**
   * Since the later of the system's last input and the last use of our windows: remote desktops, virtual keyboards and
   * assistive programs reach our windows without being input to the system. Unlocking counts as a use.
   */
  #idleMs(): number {
    const { unusedMs } = this
    return Math.min(this.deps.systemIdleMs() ?? unusedMs, unusedMs)
  }

  #moment(): { readonly now: number; readonly monotonic: number } {
    return { now: this.deps.clock.now(), monotonic: this.deps.clock.monotonic() }
  }

  async #check(passphrase: Secret): Promise<AttemptOutcome> {
    if (this.#found.kind === 'none') return RIGHT
    if (this.#found.kind === 'unusable') return { kind: 'unusable' }
    const early = this.waitMs
    if (early > 0) return { kind: 'too-early', waitMs: early }
    const { document } = this.#found
    // Counted before it is checked, so that killing the app meanwhile saves no attempt.
    this.#note({ count: document.tries.count + 1, lastAt: this.deps.clock.now() })
    if (!(await this.deps.verifier.isRight(passphrase, document.verifier))) {
      return { kind: 'wrong', waitMs: this.waitMs }
    }
    this.#note({ count: 0, lastAt: 0 })
    return RIGHT
  }

  /** A disk that refuses must not keep the right passphrase from opening; in memory it counts in any case. */
  #note(tries: LockDocument['tries']): void {
    if (this.#found.kind !== 'set') return
    const document = { ...this.#found.document, tries }
    this.#found = { kind: 'set', document }
    try {
      this.deps.store.write(lockFile(document))
    } catch (error) {
      this.deps.log.warn('a try at the lock can not be noted', errorFacts(error))
    }
  }

  /** Throws `StorageUnwritableError`; the lock is then as before, on the disk as well. */
  #write(document: LockDocument): void {
    const { store, log } = this.deps
    try {
      store.write(lockFile(document))
    } catch (error) {
      // The file may hold it all the same: the next start would ask for a passphrase that was said not to be set.
      if (error instanceof StorageUnwritableError && error.mayBeThere) {
        try {
          if (this.#found.kind === 'set') store.write(lockFile(this.#found.document))
          else store.remove()
        } catch (again) {
          log.warn('the lock can not be put back', errorFacts(again))
        }
      }
      throw error
    }
  }

  #drop(): void {
    if (this.deps.store.read().kind !== 'missing') {
      if (this.#found.kind === 'unusable') this.deps.store.quarantine(this.#found.why)
      else this.deps.store.remove()
    }
    this.#found = { kind: 'none' }
    this.#open()
  }

  #open(): void {
    this.#isLocked = false
    this.used()
    this.watchIdle()
    this.#announce()
  }

  #announce(): void {
    this.deps.events.emit('lockChanged', { isLocked: this.#isLocked })
  }

  #forgetIdle(): void {
    this.#cancelIdle?.()
    this.#cancelIdle = null
  }

  #next<Value>(run: () => Promise<Value>): Promise<Value> {
    const next = this.#last.then(run)
    this.#last = next.catch(() => undefined)
    return next
  }
}

const RIGHT: AttemptOutcome = { kind: 'right' }
const LOCKED_AGAIN: AttemptOutcome = { kind: 'locked-again' }

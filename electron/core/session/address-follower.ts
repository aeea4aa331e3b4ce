/**
 * Brings account files up to date after an environment got another address, a few at a time: should the file with the
 * environments be lost, the copy in each account file must not bring the old address back.
 */
import { errorFacts } from '../base/error-facts'
import { StorageUnwritableError } from '../base/errors'
import type { Log, Timers } from '../base/ports'
import type { Vault } from '../vault/vault'

/** Each is synced to the disk, which takes some milliseconds; more would keep main from answering. */
const FILES_AT_ONCE = 4
/** By then a full disk may have room again. */
const TRY_AGAIN_MS = 60_000

export class AddressFollower {
  #cancel: (() => void) | null = null

  constructor(
    private readonly vault: Vault,
    private readonly timers: Timers,
    private readonly log: Log,
  ) {}

  /** Begins, or starts over. */
  follow(): void {
    this.#next(0)
  }

  /** The next start continues with what is left. */
  close(): void {
    this.#cancel?.()
    this.#cancel = null
  }

  #next(delayMs: number): void {
    this.#cancel?.()
    this.#cancel = this.timers.after(delayMs, () => {
      this.#cancel = null
      this.#writeSome()
    })
  }

  #writeSome(): void {
    const stale = this.vault.staleAddresses()
    const [first] = stale
    if (first === undefined) return
    try {
      for (const id of stale.slice(0, FILES_AT_ONCE)) this.vault.rewrite(id)
    } catch (error) {
      if (!(error instanceof StorageUnwritableError)) throw error
      this.log.warn('an account file still has a replaced address', errorFacts(error))
      this.#next(TRY_AGAIN_MS)
      return
    }
    // A file that stays outdated for whatever reason must not be rewritten endlessly.
    const isDone = !this.vault.staleAddresses().includes(first)
    this.#next(isDone ? 0 : TRY_AGAIN_MS)
  }
}

/** Tracks which accounts the keyring can decrypt, and reacts when that changes. */
import type { AccountEntries } from './account-entries'
import type { SecretMoves } from './secret-moves'
import type { SecretStorage } from './secret-storage'
import { sealedOf } from './vault-entry'

export class KeyringFollower {
  #changed: () => void = () => undefined
  #reassessed: Promise<void> = Promise.resolve()
  #moved: Promise<void> = Promise.resolve()

  constructor(
    private readonly storage: SecretStorage,
    private readonly entries: AccountEntries,
    private readonly moves: SecretMoves,
  ) {}

  onChange(run: () => void): void {
    this.#changed = run
  }

  /** Whether the account is locked, by the present status of the keyring. */
  async reassess(): Promise<void> {
    const onDisk = Array.from(this.entries.values()).flatMap((entry) => sealedOf(entry)?.sealed ?? [])
    await this.storage.tryEarlierNames(onDisk)
    for (const entry of this.entries.values()) {
      const sealed = sealedOf(entry)
      // One whose secrets are in memory is open, whatever its record holds.
      if (sealed !== null && entry.session?.inMemory === null)
        entry.locked = this.storage.lockedFor(sealed.sealed)
    }
  }

  /** Reads the expected status of the keyring without asking the keyring itself. */
  async learn(): Promise<void> {
    this.#follow(await this.storage.learn())
  }

  /** Resolves when it is known which accounts can be decrypted; moving secrets continues after that. */
  async ask(mayPrompt: boolean): Promise<void> {
    if (this.storage.status.protected) return
    this.#follow(await this.storage.askAgain(mayPrompt))
    await this.#reassessed
  }

  /** Resolves when everything that can be moved has been. */
  async settled(): Promise<void> {
    await this.#moved
  }

  #follow(hasChanged: boolean): void {
    if (!hasChanged) return
    this.#reassessed = this.reassess()
    this.#moved = this.#reassessed.then(async () => {
      this.#changed()
      await this.moves.moveWhatCanMove()
      this.#changed()
    })
  }
}

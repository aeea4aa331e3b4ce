/** Which accounts the keyring opens, and what follows when it stands differently with it. */
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

  /** As things stand with the keyring now. */
  async reassess(): Promise<void> {
    const onDisk = Array.from(this.entries.values()).flatMap((entry) => sealedOf(entry)?.sealed ?? [])
    await this.storage.tryEarlierNames(onDisk)
    for (const entry of this.entries.values()) {
      const sealed = sealedOf(entry)
      // One that was read or entered anew is open, whatever lies on the disk.
      if (sealed !== null && entry.session?.inMemory === null)
        entry.locked = this.storage.lockedFor(sealed.sealed)
    }
  }

  /** Learns what is known of the keyring, without asking for it. */
  async learn(): Promise<void> {
    this.#follow(await this.storage.learn())
  }

  /** Resolves when it is known which accounts open. Nobody who wants a secret waits until all others are moved. */
  async ask(mayPrompt: boolean): Promise<void> {
    if (this.storage.status.protected) return
    this.#follow(await this.storage.askAgain(mayPrompt))
    await this.#reassessed
  }

  /** Resolves when what can be moved is moved. */
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

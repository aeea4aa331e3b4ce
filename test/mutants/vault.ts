/** What keeps secrets sealed or nowhere, and records from being lost. */
import type { Mutants } from './mutant'

export const VAULT: readonly Mutants[] = [
  {
    file: 'electron/core/vault/vault.ts',
    tests: [
      'core/vault/vault',
      'core/vault/late-keyring',
      'core/settings/storage-choice',
      'core/lock/locked-app',
      'core/app/last-guards',
      'core/session/session-service',
    ],
    breaks: [
      ['if (generation !== this.#generation) throw new AccountGoneError(id)', ''],
      ['if (this.#storage.mode !== mode) continue', ''],
      ['    this.#follow(await this.#storage.learn())\n', ''],
      ['    this.#generation += 1\n', ''],
      [
        "mayLieThere.length === 0) return\n    if (entry.keepBeforeWrite === 'unread') this.records.quarantine(id, 'damaged')\n",
        'mayLieThere.length === 0) return\n',
      ],
      [
        "      return\n    }\n    if (entry.keepBeforeWrite === 'unread') this.records.quarantine(id, 'damaged')\n",
        '      return\n    }\n',
      ],
      ['written.onDisk === onDisk && mayLieThere.length === 0) return', 'written.onDisk === onDisk) return'],
      ["    if (entry.keepBeforeWrite === 'older') this.records.keepCopy(id, 'before-migration')\n", ''],
      ['sealed === null ? this.#sealedElsewhere(entry)', 'sealed === null ? null'],
      ['      this.records.removeCopies()\n', ''],
      ['      this.#writeBack()\n      throw error', '      throw error'],
      ['if (!(error instanceof StorageUnwritableError)) return\n', 'if (error !== null) return\n'],
      ["if (this.#storage.mode !== 'memory') this.records.probe()", 'this.records.probe()'],
    ],
  },
  {
    file: 'electron/core/vault/secret-storage.ts',
    tests: ['core/vault/vault', 'core/vault/late-keyring', 'core/settings/storage-choice'],
    breaks: [
      ["    if (mode === 'memory') return null\n", ''],
      [
        "if (this.#status.protected) return 'keyring'\n",
        "if (this.#status.backend !== '') return 'keyring'\n",
      ],
      ["mode === 'keyring' ? 'keyring' : 'nothing'", "mode === 'memory' ? 'keyring' : 'nothing'"],
    ],
  },
  {
    file: 'electron/main/adapters/safe-storage-cipher.ts',
    tests: ['main/adapters/safe-storage-cipher'],
    breaks: [
      ["    if (!isOpen) throw new Error('no keyring is open')\n", ''],
      [" || !probe.toString('latin1').startsWith(UNPROTECTED_PREFIX)", ' || probe.length > 0'],
      ['isOutdated: shouldReEncrypt }', 'isOutdated: false }'],
    ],
  },
]

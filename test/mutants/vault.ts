/** What keeps secrets encrypted or absent, and records from being lost. */
import type { Mutants } from './mutant'

const VAULT_TESTS = [
  'core/vault/vault',
  'core/vault/late-keyring',
  'core/vault/meanwhile',
  'core/settings/storage-choice',
  'core/lock/locked-app',
  'core/lock/forgotten-passphrase',
  'core/app/last-guards',
  'core/session/session-service',
  'core/session/lost-answers',
  'core/session/session-clocks',
]

export const VAULT: readonly Mutants[] = [
  {
    file: 'electron/core/vault/vault.ts',
    tests: VAULT_TESTS,
    breaks: [
      ['if (generation !== this.#generation) throw new AccountGoneError(id)', ''],
      ['this.#storage.mode !== mode || entry.gateway', 'entry.gateway'],
      [' || entry.gateway !== gateway) continue', ') continue'],
      ['    await this.#keyring.learn()\n', ''],
      ['      this.#generation += 1\n', ''],
      ['sealed === null ? keptSealed(entry)', 'sealed === null ? null'],
      ["if (this.#storage.mode !== 'memory') this.records.probe()", 'this.records.probe()'],
    ],
  },
  {
    file: 'electron/core/vault/record-writer.ts',
    tests: VAULT_TESTS,
    breaks: [
      ["    if (keepFirst === 'unread') this.records.quarantine(id, 'damaged')\n", ''],
      ["    if (keepFirst === 'older') this.records.keepCopy(id, 'before-migration')\n", ''],
      ['holds.sealed === sealed && mayHold.length === 0) return', 'holds.sealed === sealed) return'],
      ['if (!(error instanceof StorageUnwritableError)) return\n', 'if (error !== null) return\n'],
    ],
  },
  {
    file: 'electron/core/vault/forget-sessions.ts',
    tests: VAULT_TESTS,
    breaks: [
      ['    records.removeCopies()\n', ''],
      ['    writer.writeBack(entries)\n', ''],
      ['if (left.length <= WRITTEN_AT_ONCE) break', 'if (left.length > 0) break'],
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

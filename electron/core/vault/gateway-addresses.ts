/**
 * The addresses of gateways, sealed together with the account's secrets. The vault alone decides which one is stored, so
 * that a session which somebody stores meanwhile can't bring back an earlier address.
 */
import type { AccountId } from '../../shared/account'
import type { LockedReason } from '../../shared/problem'
import type { Secret } from '../../shared/secret'
import { AccountGoneError } from '../base/errors'
import type { Sealed } from '../base/ports'
import type { AccountEntries } from './account-entries'
import type { SessionFacts } from './account-record'
import type { SecretMoves } from './secret-moves'
import type { OpenedSecrets, SecretStorage } from './secret-storage'
import { sealedOf, type Entry, type HeldGateway, type SealedSession } from './vault-entry'

interface Owner {
  secrets(id: AccountId): Promise<OpenedSecrets>
  saveFacts(id: AccountId, session: SessionFacts): void
}

export class GatewayAddresses {
  constructor(
    private readonly entries: AccountEntries,
    private readonly moves: SecretMoves,
    private readonly owner: Owner,
  ) {}

  /** Whether the account is there and its gateway open. */
  isOpen(id: AccountId): boolean {
    return this.entries.shown(id)?.gateway?.isOpen === true
  }

  /** Null: there is none, or it has not been opened yet. */
  capability(id: AccountId): Secret | null {
    return this.entries.shown(id)?.gateway?.capability ?? null
  }

  /** The secret part of its address, opened if need be; null where there is none, or why it stays shut. */
  async read(id: AccountId): Promise<Secret | null | LockedReason> {
    const { gateway } = this.entries.get(id)
    if (gateway === null || gateway.capability !== null) return gateway?.capability ?? null
    const opened = await this.owner.secrets(id)
    return opened.ok ? this.capability(id) : opened.reason
  }

  /** Stores another address, which replaces the one before. Throws `StorageUnwritableError`; that one then stays. */
  async replace(id: AccountId, capability: Secret): Promise<void> {
    const entry = this.entries.get(id)
    const before = entry.gateway
    const next: HeldGateway = { capability, isOpen: true }
    entry.gateway = next
    try {
      await this.moves.storeAgain(id, entry)
    } catch (error) {
      if (entry.gateway === next) entry.gateway = before
      throw error
    }
    if (!this.entries.has(id, entry)) throw new AccountGoneError(id)
  }

  /** Closes, or opens again at the same address. Throws `StorageUnwritableError`; it is closed all the same. */
  setOpen(id: AccountId, isOpen: boolean): void {
    const entry = this.entries.get(id)
    const before = entry.gateway
    if (before === null || before.isOpen === isOpen) return
    entry.gateway = { ...before, isOpen }
    try {
      if (entry.session !== null) this.owner.saveFacts(id, entry.session.facts)
    } catch (error) {
      if (isOpen) entry.gateway = before
      throw error
    }
  }

  /** To be called with what the account's sealed text holds. */
  opened(entry: Entry, sealed: Sealed, capability: Secret | null): void {
    if (entry.gateway?.capability !== null || sealedOf(entry)?.sealed !== sealed) return
    entry.gateway = capability && { ...entry.gateway, capability }
  }

  /** For what is to be sealed: opened first, since it would be lost with the text that it stands in. */
  async known(entry: Entry, storage: SecretStorage): Promise<HeldGateway | null> {
    const sealed = sealedOf(entry)
    if (entry.gateway?.capability !== null || sealed === null) return entry.gateway
    const opened = await storage.open(sealed.sealed)
    if (opened.ok) this.opened(entry, sealed.sealed, opened.capability ?? null)
    // It can't be opened, and is replaced by what can.
    else if (sealedOf(entry) === sealed) entry.gateway = null
    return entry.gateway
  }
}

/** The session as its record has it. */
export function sessionWith(facts: SessionFacts, sealed: string, gateway: HeldGateway | null): SealedSession {
  return { ...facts, sealed, ...(gateway && { gatewayOpen: gateway.isOpen }) }
}

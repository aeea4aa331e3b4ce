/** Which gateways are open, and where each leads. */
import type { AccountId } from '../../shared/account'
import type { Environment } from '../../shared/environment'
import type { GatewayRoute, GatewayState } from '../../shared/gateway'
import type { EnvironmentStore } from '../settings/environment-store'
import type { SettingsStore } from '../settings/settings-store'
import type { Vault } from '../vault/vault'
import type { ProductionArming } from './production-arming'

export interface GatewayRoutesDeps {
  readonly vault: Vault
  readonly settingsStore: SettingsStore
  readonly environmentStore: EnvironmentStore
  readonly lock: { readonly isLocked: boolean }
  readonly arming: ProductionArming
}

/** How many are open, and the names of the accounts whose requests may change production. */
export interface OpenGateways {
  readonly open: number
  readonly armed: readonly string[]
}

export class GatewayRoutes {
  /** Looking through all accounts at each change of one would be too slow where there are thousands. */
  readonly #open = new Set<AccountId>()

  constructor(private readonly deps: GatewayRoutesDeps) {}

  get open(): readonly AccountId[] {
    return [...this.#open]
  }

  /** To be called with accounts that have changed; returns those whose gateway is open, or was. */
  follow(ids: readonly AccountId[]): readonly AccountId[] {
    return ids.filter((id) => {
      const wasOpen = this.#open.delete(id)
      const isOpen = this.deps.vault.gateways.isOpen(id)
      if (isOpen) this.#open.add(id)
      return isOpen || wasOpen
    })
  }

  get view(): OpenGateways {
    const armed = this.open.filter((id) => this.of(id)?.armedUntil != null)
    return { open: this.#open.size, armed: armed.flatMap((id) => this.deps.vault.get(id)?.name ?? []) }
  }

  state(): GatewayState {
    const { lock, settingsStore } = this.deps
    const routes = this.open.flatMap((id) => this.of(id) ?? [])
    return { port: settingsStore.current.gatewayPort ?? 0, routes, locked: lock.isLocked }
  }

  /** Null: its requests are answered like those of an address that never was. */
  of(id: AccountId): GatewayRoute | null {
    const { vault, arming } = this.deps
    const capability = vault.gateways.isOpen(id) ? vault.gateways.capability(id) : null
    const environment = this.environment(id)
    // No JWT may go to an address that somebody has yet to confirm.
    if (capability === null || environment?.addressConfirmed !== true) return null
    const { baseUrl, production } = environment
    const armedUntil = production ? arming.until(id, baseUrl) : null
    return { accountId: id, capability: capability.reveal(), baseUrl, production, armedUntil }
  }

  environment(id: AccountId): Environment | undefined {
    const account = this.deps.vault.get(id)
    return account && this.deps.environmentStore.get(account.environment.id)
  }
}

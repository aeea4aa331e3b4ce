/** Says that a request would have changed production, and offers to allow that for a while. */
import type { AccountId } from '../../shared/account'
import { ALLOW_CHANGES, productionRefusedText } from '../../shared/wording'
import type { AppEmitter } from '../base/app-events'
import type { Clock } from '../base/ports'
import type { NotificationPresenter } from '../notifications/notification-presenter'
import type { SettingsStore } from '../settings/settings-store'

/** A tool that tries again and again must not fill the screen. */
const TOLD_AT_MOST_EVERY_MS = 60_000

export interface ProductionRefusalsDeps {
  readonly presenter: NotificationPresenter
  readonly settingsStore: SettingsStore
  readonly clock: Clock
  readonly events: AppEmitter
  readonly arm: (id: AccountId) => unknown
}

export class ProductionRefusals {
  readonly #told = new Map<AccountId, { readonly at: number; readonly takeDown: () => void }>()

  constructor(private readonly deps: ProductionRefusalsDeps) {}

  tell(
    { id, name }: { readonly id: AccountId; readonly name: string },
    environment: { readonly name: string },
  ): void {
    const { clock, events, presenter, settingsStore, arm } = this.deps
    const last = this.#told.get(id)
    const at = clock.monotonic()
    if (last !== undefined && at - last.at < TOLD_AT_MOST_EVERY_MS) return
    last?.takeDown()
    events.emit('productionRefused', { id })
    const takeDown = settingsStore.current.desktopNotifications
      ? presenter.show({
          text: productionRefusedText(name, environment.name),
          target: { at: 'account', id },
          actions: [{ label: ALLOW_CHANGES, run: () => arm(id) }],
        })
      : () => undefined
    this.#told.set(id, { at, takeDown })
  }

  /** It is allowed by now, or there is nothing to allow any more. */
  takeDown(ids: readonly AccountId[]): void {
    for (const id of ids) {
      this.#told.get(id)?.takeDown()
      this.#told.delete(id)
    }
  }
}

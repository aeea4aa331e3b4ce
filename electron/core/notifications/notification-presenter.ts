/**
 * Shows desktop notifications, opens the window when one is clicked, and closes one when it no longer applies to any of
 * its accounts, or when the app locks and it contains names.
 */
import type { AccountId } from '../../shared/account'
import type { NavigationTarget } from '../../shared/navigation'
import type { NotificationText } from '../../shared/wording'
import type { AppEmitter } from '../base/app-events'
import type { Notifier } from '../base/ports'

export interface Presentation {
  readonly text: NotificationText
  /** Where a click leads. */
  readonly target: NavigationTarget
  readonly actions?: readonly { readonly label: string; readonly run: () => void }[]
  /** The accounts that it is about. */
  readonly ids?: readonly AccountId[]
  /** An answer to what the user has just done, rather than a call for attention. */
  readonly quiet?: boolean
  /** The desktop has taken it. */
  readonly taken?: () => void
  /** It was not shown: the desktop has refused it or does not answer. */
  readonly failed?: () => void
}

interface Shown {
  readonly ids: Set<AccountId>
  readonly close: () => void
}

export interface NotificationPresenterDeps {
  readonly notifier: Notifier
  readonly lock: { readonly isLocked: boolean }
  readonly events: AppEmitter
}

export class NotificationPresenter {
  readonly #shown = new Map<AccountId, Set<Shown>>()
  /** Those that may contain names, by their functions to close them. */
  readonly #named = new Set<() => void>()

  constructor(private readonly deps: NotificationPresenterDeps) {}

  /** Returns what takes it off the screen again. */
  show(presentation: Presentation): () => void {
    const { text, target, actions = [], ids = [], quiet = false, taken, failed } = presentation
    const { notifier, lock, events } = this.deps
    const shown: Shown = {
      ids: new Set(ids),
      close: () => {
        close()
      },
    }
    const gone = (): void => {
      this.#named.delete(shown.close)
      for (const id of shown.ids) this.#forget(id, shown)
    }
    const close = notifier.show({
      ...text,
      quiet,
      buttons: actions.map(({ label }) => label),
      taken: () => taken?.(),
      failed: () => {
        gone()
        failed?.()
      },
      clicked: () => {
        events.emit('navigationWanted', { target })
        gone()
      },
      pressed: (button) => {
        if (!lock.isLocked) actions[button]?.run()
        gone()
      },
      gone,
    })
    if (!lock.isLocked) this.#named.add(shown.close)
    for (const id of ids) this.#shown.set(id, (this.#shown.get(id) ?? new Set()).add(shown))
    return shown.close
  }

  /** Calls `run` each time that notifications can be shown which could not before. */
  whenAvailable(run: () => void): void {
    this.deps.notifier.whenAvailable(run)
  }

  /** Nothing is to be said of the account any more. */
  takeDown(id: AccountId): void {
    for (const shown of this.#shown.get(id) ?? []) {
      shown.ids.delete(id)
      if (shown.ids.size > 0) continue
      shown.close()
      this.#named.delete(shown.close)
    }
    this.#shown.delete(id)
  }

  /** Closes those that may contain names. */
  takeDownNamed(): void {
    for (const close of this.#named) close()
    this.#named.clear()
  }

  #forget(id: AccountId, shown: Shown): void {
    const all = this.#shown.get(id)
    all?.delete(shown)
    if (all?.size === 0) this.#shown.delete(id)
  }
}

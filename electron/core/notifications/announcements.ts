/** Notifications that are not about one account's tokens: storage, environments, updates, answers. */
import type { AccountId } from '../../shared/account'
import type { Environment, EnvironmentId } from '../../shared/environment'
import type { NavigationTarget } from '../../shared/navigation'
import type { ProxyQuestion } from '../../shared/proxy'
import type { StorageStatus } from '../../shared/storage'
import type { AvailableUpdate } from '../../shared/update-feed'
import {
  addressToConfirmText,
  CLIPBOARD_STUCK_TEXT,
  doubtText,
  proxyText,
  ENVIRONMENT_LOCKED_TEXT,
  UNPROTECTED_TEXT,
  updateText,
  type NotificationText,
} from '../../shared/wording'
import type { AppEmitter } from '../base/app-events'
import type { Timers, WindowPresence } from '../base/ports'
import type { SettingsStore } from '../settings/settings-store'
import type { NotificationLog, OneTime } from './notification-log'
import type { NotificationPresenter } from './notification-presenter'

/** At a login, keyrings may start later than apps; the user needn't decide anything before. */
const KEYRING_COMES_WITHIN_MS = 60_000

const LIST: NavigationTarget = { at: 'list' }

export interface AnnouncementsDeps {
  readonly shown: NotificationLog
  readonly presenter: NotificationPresenter
  readonly settingsStore: SettingsStore
  readonly presence: WindowPresence
  readonly lock: { readonly isLocked: boolean }
  readonly timers: Timers
  readonly events: AppEmitter
}

export class Announcements {
  readonly #questions = new Map<EnvironmentId, () => void>()
  /** Answers that something failed for these accounts, until they have recovered. */
  readonly #failures = new Set<{ readonly ids: Set<AccountId>; readonly close: () => void }>()
  #hasStarted = false
  #stopWaitingForKeyring: () => void = () => undefined
  #takeDownStuck: () => void = () => undefined
  #takeDownProxy: () => void = () => undefined

  constructor(private readonly deps: AnnouncementsDeps) {}

  /** To be called once the accounts are read. Doubts from before this start have been shown already. */
  start(environments: readonly Environment[]): void {
    this.#hasStarted = true
    this.environmentsChanged(environments.filter(({ addressConfirmed }) => !addressConfirmed))
  }

  /** One question about an environment instead of one for each of its accounts; closed when answered. */
  environmentsChanged(environments: readonly Environment[]): void {
    if (!this.#hasStarted) return
    for (const environment of environments) {
      const { doubt, addressConfirmed } = environment
      this.#ask(
        environment.id,
        addressConfirmed ? doubt && doubtText(environment, doubt) : addressToConfirmText(environment),
      )
    }
  }

  storageChanged({ protected: guarded, gap }: StorageStatus): void {
    this.#stopWaitingForKeyring()
    const show = (): void => {
      this.showOnce('storage-unprotected', UNPROTECTED_TEXT, LIST)
    }
    if (guarded) this.deps.shown.clear('storage-unprotected')
    else if (gap !== 'unavailable') show()
    else this.#stopWaitingForKeyring = this.deps.timers.after(KEYRING_COMES_WITHIN_MS, show)
  }

  clipboardStuck(isStuck: boolean): void {
    this.#takeDownStuck()
    this.#takeDownStuck = isStuck ? this.announce(CLIPBOARD_STUCK_TEXT, 'in-the-window-too') : () => undefined
  }

  /** Nothing reaches the service until it is answered, which the window asks for. */
  proxyAsks(question: ProxyQuestion | null): void {
    this.#takeDownProxy()
    this.#takeDownProxy =
      question === null ? () => undefined : this.announce(proxyText(question), 'in-the-window-too')
  }

  /** Once for each version, also while the window is watched, which doesn't show updates unasked. */
  updateFound(update: AvailableUpdate): void {
    const { shown, presenter } = this.deps
    const { version } = update
    if (!this.#mayShow || shown.wasVersionShown(version)) return
    const taken = (): void => {
      shown.markVersionShown(version)
    }
    presenter.show({ text: updateText(update), target: LIST, taken })
  }

  /**
   * Shows something once, or once until its reason has passed. The window shows it too, so not while that is watched.
   */
  showOnce(what: OneTime, text: NotificationText, target: NavigationTarget): void {
    const { shown, presence, presenter } = this.deps
    if (shown.wasShown(what) || !this.#mayShow) return
    const taken = (): void => {
      shown.markShown(what)
    }
    if (presence.isWatched) taken()
    else presenter.show({ text, target, taken })
  }

  /**
   * Shows something temporary; returns a function that closes it. `in-the-window-too`: not needed while the window is
   * watched.
   */
  announce(text: NotificationText, where: 'only-here' | 'in-the-window-too'): () => void {
    const isSeen = where === 'in-the-window-too' && this.deps.presence.isWatched
    return this.#mayShow && !isSeen ? this.deps.presenter.show({ text, target: LIST }) : () => undefined
  }

  /**
   * Answers what the user has just done outside of the window. With notifications switched off, a failure opens the
   * window instead, so that it isn't taken for a success. `failing`: the accounts whose problem it tells, which takes it
   * down when all have `recovered`.
   */
  answer(
    text: NotificationText,
    target: NavigationTarget,
    tone: 'good' | 'bad',
    failing: readonly AccountId[] = [],
  ): void {
    const { lock, presenter, events } = this.deps
    if (lock.isLocked) return
    if (this.#mayShow) {
      const close = presenter.show({ text, target, quiet: true })
      if (failing.length > 0) this.#failures.add({ ids: new Set(failing), close })
    } else if (tone === 'bad') events.emit('navigationWanted', { target })
  }

  /** The account has no problem, or is gone. */
  recovered(id: AccountId): void {
    for (const failure of this.#failures) {
      if (!failure.ids.delete(id) || failure.ids.size > 0) continue
      this.#failures.delete(failure)
      failure.close()
    }
  }

  /** Before the app ends. */
  close(): void {
    this.#stopWaitingForKeyring()
  }

  get #mayShow(): boolean {
    return this.deps.settingsStore.current.desktopNotifications
  }

  /** `text` is null once the question is answered. */
  #ask(id: EnvironmentId, text: NotificationText | null): void {
    if (text === null) {
      this.#questions.get(id)?.()
      this.#questions.delete(id)
      return
    }
    const { presence, lock, presenter } = this.deps
    if (this.#questions.has(id) || !this.#mayShow || presence.isWatched) return
    const shownText = lock.isLocked ? ENVIRONMENT_LOCKED_TEXT : text
    this.#questions.set(id, presenter.show({ text: shownText, target: LIST }))
  }
}

/** The key combination that opens the quick pick from anywhere: off until the user sets one. */
import type { Result } from '../../shared/ipc/contract'
import type { Settings } from '../../shared/settings'
import type { AppEmitter } from '../base/app-events'
import type { SettingsStore } from '../settings/settings-store'
import type { DesktopSupport, GlobalShortcut } from '../base/ports'
import { toResult, done } from '../base/results'

export class ShortcutService {
  /** What the system has registered for us. */
  #current: string | null = null

  constructor(
    private readonly shortcut: GlobalShortcut,
    private readonly settingsStore: SettingsStore,
    private readonly events: AppEmitter,
    private readonly desktop: Pick<DesktopSupport, 'shortcuts'>,
  ) {}

  /** Brings the system in line with the settings; returns whether it took the combination. */
  follow(): boolean {
    const wanted = this.settingsStore.current.quickPickShortcut
    if (wanted === this.#current) return true
    this.#drop()
    return wanted === null || this.#take(wanted) === 'set'
  }

  /** On a refusal, of the system or of the disk, the old combination stays. */
  async choose(wanted: string | null): Promise<Result<Settings>> {
    // Some desktops take it, and then never tell that it was pressed.
    if (wanted !== null && (await this.desktop.shortcuts()) === 'none') {
      return { ok: false, error: { code: 'shortcut-refused', reason: 'unsupported' } }
    }
    if (wanted !== this.#current) {
      this.#drop()
      const taken = wanted === null ? 'set' : this.#take(wanted)
      if (taken !== 'set') {
        this.follow()
        return { ok: false, error: { code: 'shortcut-refused', reason: taken } }
      }
    }
    return await toResult('settings', () => {
      try {
        return done(this.settingsStore.change({ quickPickShortcut: wanted }))
      } finally {
        // What is registered is what is stored, also when that was refused.
        this.follow()
      }
    })
  }

  /** The app ends: the combination opens nothing any more. */
  close(): void {
    this.#drop()
  }

  #take(accelerator: string): 'set' | 'invalid' | 'taken' {
    const outcome = this.shortcut.register(accelerator, () => {
      this.events.emit('quickPickWanted', undefined)
    })
    if (outcome === 'set') this.#current = accelerator
    return outcome
  }

  #drop(): void {
    if (this.#current !== null) this.shortcut.unregister(this.#current)
    this.#current = null
  }
}

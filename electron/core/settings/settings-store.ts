/** Changes settings durably, and announces each change. */
import { DEFAULT_SETTINGS, withChange, type Settings, type SettingsChange } from '../../shared/settings'
import type { AppEmitter } from '../base/app-events'
import type { StateDocument } from './state-document'

export class SettingsStore {
  constructor(
    private readonly document: StateDocument,
    private readonly events: AppEmitter,
  ) {}

  get current(): Settings {
    return this.document.content.settings
  }

  /** Throws `StorageUnwritableError`; the settings are then as before. */
  change(change: SettingsChange): Settings {
    this.document.change({ settings: withChange(this.current, change) })
    this.events.emit('settingsChanged', { settings: this.current })
    return this.current
  }

  /** To the defaults, except for what is no matter of taste: the decision about storage, and where gateways are. Throws as `change` does. */
  reset(): Settings {
    const { unprotectedStorage, gatewayPort } = this.current
    return this.change({ ...DEFAULT_SETTINGS, unprotectedStorage, gatewayPort })
  }
}

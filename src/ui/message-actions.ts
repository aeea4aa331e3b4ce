import type { InjectionKey } from 'vue'
import type { GuideSection } from '../../electron/shared/guide'

/** What the buttons of a message do; without it a message has none. */
export interface MessageActions {
  readonly openGuide: (section: GuideSection) => void
  readonly enterProxyPassword: () => void
}

export const MESSAGE_ACTIONS: InjectionKey<MessageActions> = Symbol('message-actions')

import type { InjectionKey } from 'vue'
import type { GuideSection } from '../../electron/shared/guide'

/** What the buttons of messages and fields do; absent while the app is locked, when there are none. */
export interface MessageActions {
  readonly openGuide: (section: GuideSection) => void
  readonly enterProxyPassword: () => void
  /** Copies the text of a masked field that is shown. `what`: what it contains, in a word. */
  readonly copyShown: (text: string, what: string) => Promise<void>
}

export const MESSAGE_ACTIONS: InjectionKey<MessageActions> = Symbol('message-actions')

import type { InjectionKey } from 'vue'
import type { GuideSection } from '../../electron/shared/guide'

/** What the buttons of a message do; without it a message has none. */
/** Copies the text of a masked field that is shown. `what`: what it contains, in a word. */
export const COPY_SHOWN: InjectionKey<(text: string, what: string) => void> = Symbol('copy shown')

export interface MessageActions {
  readonly openGuide: (section: GuideSection) => void
  readonly enterProxyPassword: () => void
}

export const MESSAGE_ACTIONS: InjectionKey<MessageActions> = Symbol('message-actions')

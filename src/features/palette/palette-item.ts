import type { Component } from 'vue'
import type { AccountId } from '../../../electron/shared/account'

export interface AccountItem {
  readonly kind: 'account'
  readonly key: string
  readonly id: AccountId
}

export interface CommandItem {
  readonly kind: 'command'
  readonly key: string
  readonly label: string
  readonly icon: Component
  /** The shortcut that does the same. */
  readonly keys: string | null
  /** Its setting already has this value. */
  readonly isCurrent: boolean
}

export type PaletteItem = AccountItem | CommandItem

export interface PaletteGroup {
  readonly title: string
  readonly items: readonly PaletteItem[]
  /** Shown beneath its items. */
  readonly note: string | null
}

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
  /** The keys that do the same without the palette. */
  readonly keys: string | null
  /** What it would set is set already. */
  readonly isCurrent: boolean
}

export type PaletteItem = AccountItem | CommandItem

export interface PaletteGroup {
  readonly title: string
  readonly items: readonly PaletteItem[]
  /** What is said below its items. */
  readonly note: string | null
}

import { Building2, CircleAlert, Handshake, Layers } from '@lucide/vue'
import type { Component } from 'vue'
import type { View } from '../list/account-rows'

export interface MainView {
  readonly kind: Exclude<View['kind'], 'environment' | 'tag'>
  readonly label: string
  readonly icon: Component
}

/** The views that are always there, in their order. */
export const MAIN_VIEWS: readonly MainView[] = [
  { kind: 'all', label: 'All accounts', icon: Layers },
  { kind: 'partners', label: 'Partners', icon: Handshake },
  { kind: 'companies', label: 'Companies', icon: Building2 },
  { kind: 'attention', label: 'Needs attention', icon: CircleAlert },
]

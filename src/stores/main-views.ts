import { Building2, CircleAlert, Handshake, Layers } from '@lucide/vue'
import type { Component } from 'vue'
import type { View } from '../../electron/shared/kept-view'
import { VIEW_NAMES } from '../../electron/shared/wording'

export interface MainView {
  readonly kind: Exclude<View['kind'], 'environment' | 'tag'>
  readonly label: string
  readonly icon: Component
}

/** The fixed views, in order. */
export const MAIN_VIEWS: readonly MainView[] = [
  { kind: 'all', label: VIEW_NAMES.all, icon: Layers },
  { kind: 'partners', label: VIEW_NAMES.partners, icon: Handshake },
  { kind: 'companies', label: VIEW_NAMES.companies, icon: Building2 },
  { kind: 'attention', label: VIEW_NAMES.attention, icon: CircleAlert },
]

import type { InjectionKey, Ref } from 'vue'
import { SECTION_NAMES } from '../../../electron/shared/wording'

/** The sections of Settings in order; each is headed by its title. */
export const SETTINGS_SECTIONS = [
  { id: 'appearance', title: SECTION_NAMES.appearance },
  { id: 'copying', title: SECTION_NAMES.copying },
  { id: 'renewal', title: SECTION_NAMES.renewal },
  { id: 'reminders', title: SECTION_NAMES.reminders },
  { id: 'background', title: SECTION_NAMES.background },
  { id: 'lock', title: SECTION_NAMES.lock },
  { id: 'quick-pick', title: SECTION_NAMES.quickPick },
  { id: 'environments', title: SECTION_NAMES.environments },
  { id: 'network', title: SECTION_NAMES.network },
  { id: 'transfer', title: SECTION_NAMES.transfer },
  { id: 'storage', title: SECTION_NAMES.storage },
  { id: 'updates', title: SECTION_NAMES.updates },
  { id: 'about', title: SECTION_NAMES.about },
] as const

export type SettingsSectionId = (typeof SETTINGS_SECTIONS)[number]['id']

/** The section that is shown; the others are there unseen, and keep what is typed in them. */
export const SETTINGS_PAGE: InjectionKey<Ref<SettingsSectionId>> = Symbol('settings-page')

/** The sections of Settings in their order; each has its title as its heading. */
export const SETTINGS_SECTIONS = [
  { id: 'appearance', title: 'Appearance' },
  { id: 'copying', title: 'Copying' },
  { id: 'renewal', title: 'Renewal' },
  { id: 'reminders', title: 'Reminders' },
  { id: 'background', title: 'Background' },
  { id: 'lock', title: 'Lock' },
  { id: 'quick-pick', title: 'Quick pick' },
  { id: 'environments', title: 'Environments' },
  { id: 'transfer', title: 'Import, export and backup' },
  { id: 'storage', title: 'Storage' },
  { id: 'updates', title: 'Updates' },
  { id: 'about', title: 'About TokenDesk' },
] as const

export type SettingsSectionId = (typeof SETTINGS_SECTIONS)[number]['id']

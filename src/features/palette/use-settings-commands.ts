import {
  ArrowDownUp,
  Monitor,
  Moon,
  RotateCcw,
  Rows3,
  Rows4,
  Settings,
  ShieldAlert,
  Sun,
  Zap,
} from '@lucide/vue'
import { computed, type ComputedRef } from 'vue'
import { SORT_ORDERS } from '../../../electron/shared/sort-order'
import { densityCommand, sortCommand, themeCommand, ALSO, COMMANDS } from '../../../electron/shared/wording'
import { useSettings } from '../../stores/settings'
import { useSorting } from '../../stores/sorting'
import { useUi } from '../../stores/ui'
import type { CommandParts } from './command-parts'

/** Commands that change a setting or open a section of Settings. */
export function useSettingsCommands(): ComputedRef<readonly CommandParts[]> {
  const settings = useSettings()
  const sorting = useSorting()
  const ui = useUi()

  return computed(() => [
    {
      key: 'settings',
      ...COMMANDS.settings,
      icon: Settings,
      run: () => {
        ui.open({ kind: 'settings' })
      },
    },
    ...(['system', 'light', 'dark'] as const).map((theme): CommandParts => ({
      key: `theme-${theme}`,
      label: themeCommand(theme),
      also: ALSO.theme,
      icon: { system: Monitor, light: Sun, dark: Moon }[theme],
      isCurrent: settings.settings?.theme === theme,
      run: () => void settings.change({ theme }),
    })),
    ...(['comfortable', 'compact'] as const).map((density): CommandParts => ({
      key: `density-${density}`,
      label: densityCommand(density),
      also: ALSO.density,
      icon: { comfortable: Rows3, compact: Rows4 }[density],
      isCurrent: settings.settings?.density === density,
      run: () => void settings.change({ density }),
    })),
    ...SORT_ORDERS.map((order): CommandParts => ({
      key: `sort-${order}`,
      label: sortCommand(order),
      also: ALSO.sort,
      icon: ArrowDownUp,
      isCurrent: sorting.order === order,
      run: () => {
        sorting.sortBy(order)
      },
    })),
    {
      key: 'quick-pick',
      ...COMMANDS.quickPick,
      icon: Zap,
      run: () => {
        ui.open({ kind: 'quick-pick' })
      },
    },
    ...(settings.storage !== null && settings.storage.mode !== 'keyring'
      ? [
          {
            key: 'storage',
            ...COMMANDS.storage,
            icon: ShieldAlert,
            run: () => {
              ui.open({ kind: 'storage' })
            },
          },
        ]
      : []),
    {
      key: 'reset-settings',
      ...COMMANDS.resetSettings,
      icon: RotateCcw,
      run: () => {
        ui.open({ kind: 'reset-settings' })
      },
    },
  ])
}

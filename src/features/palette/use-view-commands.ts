import { Globe, Tag } from '@lucide/vue'
import { computed, type ComputedRef } from 'vue'
import { viewCommand, ALSO } from '../../../electron/shared/wording'
import { useAccounts } from '../../stores/accounts'
import { useEnvironments } from '../../stores/environments'
import { useUi } from '../../stores/ui'
import { MAIN_VIEWS } from '../../stores/main-views'
import type { CommandParts } from './command-parts'

/** Commands that filter the list, as in the rail. */
export function useViewCommands(): ComputedRef<readonly CommandParts[]> {
  const accounts = useAccounts()
  const environments = useEnvironments()
  const ui = useUi()

  return computed(() => [
    ...MAIN_VIEWS.map(({ kind, label, icon }): CommandParts => ({
      key: `view ${kind}`,
      label: viewCommand(label),
      also: ALSO.view,
      icon,
      isCurrent: ui.view.kind === kind,
      run: () => {
        ui.show({ kind })
      },
    })),
    ...environments.all.map(({ id, name, production }): CommandParts => ({
      key: `view environment ${id}`,
      label: viewCommand(name),
      also: production ? ALSO.productionView : ALSO.environmentView,
      icon: Globe,
      isCurrent: ui.view.kind === 'environment' && ui.view.id === id,
      run: () => {
        ui.show({ kind: 'environment', id })
      },
    })),
    ...accounts.tags.map(({ key, name }): CommandParts => ({
      key: `view tag ${key}`,
      label: viewCommand(name),
      also: ALSO.tagView,
      icon: Tag,
      isCurrent: ui.view.kind === 'tag' && ui.view.key === key,
      run: () => {
        ui.show({ kind: 'tag', key, name })
      },
    })),
  ])
}

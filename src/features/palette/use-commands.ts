import { computed, type ComputedRef } from 'vue'
import type { CommandItem } from './palette-item'
import { useActiveAccountCommands, useNamedAccountCommands } from './use-account-commands'
import { useDialogCommands } from './use-dialog-commands'
import { hasWordLike } from './use-found-accounts'
import { useProgramCommands } from './use-program-commands'
import { useSettingsCommands } from './use-settings-commands'
import { useViewCommands } from './use-view-commands'

export interface Command extends CommandItem {
  run(): void
}

/** All commands of the window that match `query`. */
export function useCommands(query: () => string): ComputedRef<readonly Command[]> {
  const ofNamed = useNamedAccountCommands(query)
  const ofActive = useActiveAccountCommands()
  const views = useViewCommands()
  const dialogs = useDialogCommands()
  const settings = useSettingsCommands()
  const program = useProgramCommands()

  return computed(() => {
    const words = query().toLocaleLowerCase('en').split(/\s+/u).filter(Boolean)
    const all = [...ofActive.value, ...dialogs, ...views.value, ...settings.value, ...program.value]
    const matching = all.filter(({ label, also }) => {
      const searched = `${label} ${also ?? ''}`.toLocaleLowerCase('en')
      return words.every((word) => searched.includes(word))
    })
    return [...ofNamed.value, ...matching].map(({ keys, isCurrent, ...parts }) => ({
      kind: 'command' as const,
      key: parts.key,
      label: parts.label,
      icon: parts.icon,
      keys: keys ?? null,
      isCurrent: isCurrent ?? false,
      run: parts.run,
    }))
  })
}

/** Whether the typed text begins a word of a command's name. */
export function isClearlyCommand(commands: readonly Command[], query: string): boolean {
  return commands.some(({ label }) => hasWordLike(label, query))
}

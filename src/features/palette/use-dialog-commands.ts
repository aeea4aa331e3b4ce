import {
  Activity,
  Archive,
  ArchiveRestore,
  CircleHelp,
  Download,
  Fingerprint,
  Globe,
  Keyboard,
  Plus,
  Upload,
} from '@lucide/vue'
import { modifierName } from '../../base/modifier-name'
import { useUi, type OpenDialog } from '../../stores/ui'
import type { CommandParts } from './command-parts'
import { COMMANDS } from '../../../electron/shared/wording'

interface Opening extends Omit<CommandParts, 'run'> {
  readonly opens: OpenDialog
}

/** Commands that open a dialog, whichever account is active. */
export function useDialogCommands(): readonly CommandParts[] {
  const ui = useUi()
  return openings(modifierName()).map(({ opens, ...parts }) => ({
    ...parts,
    run: () => {
      ui.open(opens)
    },
  }))
}

function openings(mod: string): readonly Opening[] {
  return [
    {
      key: 'add',
      ...COMMANDS.addAccount,
      icon: Plus,
      keys: `${mod} N`,
      opens: { kind: 'add' },
    },
    {
      key: 'new-environment',
      ...COMMANDS.newEnvironment,
      icon: Globe,
      opens: { kind: 'new-environment' },
    },
    {
      key: 'environments',
      ...COMMANDS.environments,
      icon: Globe,
      opens: { kind: 'environments' },
    },
    {
      key: 'identify-jwt',
      ...COMMANDS.identify,
      icon: Fingerprint,
      opens: { kind: 'identify-jwt' },
    },
    {
      key: 'activity',
      ...COMMANDS.activity,
      icon: Activity,
      opens: { kind: 'activity', of: null },
    },
    {
      key: 'import',
      ...COMMANDS.importAccounts,
      icon: Download,
      opens: { kind: 'import' },
    },
    {
      key: 'export',
      ...COMMANDS.exportAccounts,
      icon: Upload,
      opens: { kind: 'export' },
    },
    {
      key: 'backup',
      ...COMMANDS.backUp,
      icon: Archive,
      opens: { kind: 'backup' },
    },
    {
      key: 'restore',
      ...COMMANDS.restore,
      icon: ArchiveRestore,
      opens: { kind: 'restore' },
    },
    {
      key: 'keys',
      ...COMMANDS.shortcuts,
      icon: Keyboard,
      keys: '?',
      opens: { kind: 'keys' },
    },
    {
      key: 'statuses',
      ...COMMANDS.statuses,
      icon: CircleHelp,
      opens: { kind: 'statuses' },
    },
  ]
}

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

interface Opening extends Omit<CommandParts, 'run'> {
  readonly opens: OpenDialog
}

/** What opens a dialog of its own, whichever account is chosen. */
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
      label: 'Add account',
      also: 'new login',
      icon: Plus,
      keys: `${mod} N`,
      opens: { kind: 'add' },
    },
    {
      key: 'new-environment',
      label: 'New environment…',
      also: 'add',
      icon: Globe,
      opens: { kind: 'new-environment' },
    },
    {
      key: 'environments',
      label: 'Environments…',
      also: 'manage edit base url colour production',
      icon: Globe,
      opens: { kind: 'environments' },
    },
    {
      key: 'whose-jwt',
      label: 'Whose is this?',
      also: 'paste find jwt token account',
      icon: Fingerprint,
      opens: { kind: 'whose-jwt' },
    },
    {
      key: 'activity',
      label: 'Activity',
      also: 'history journal log support ticket',
      icon: Activity,
      opens: { kind: 'activity', of: null },
    },
    {
      key: 'import',
      label: 'Import…',
      also: 'csv json file',
      icon: Download,
      opens: { kind: 'import' },
    },
    {
      key: 'export',
      label: 'Export…',
      also: 'csv json file',
      icon: Upload,
      opens: { kind: 'export' },
    },
    {
      key: 'backup',
      label: 'Back up…',
      also: 'backup save passphrase',
      icon: Archive,
      opens: { kind: 'backup' },
    },
    {
      key: 'restore',
      label: 'Restore…',
      also: 'backup passphrase',
      icon: ArchiveRestore,
      opens: { kind: 'restore' },
    },
    {
      key: 'keys',
      label: 'Keys',
      also: 'keyboard shortcuts help',
      icon: Keyboard,
      keys: '?',
      opens: { kind: 'keys' },
    },
    {
      key: 'statuses',
      label: 'What the statuses mean',
      also: 'live renewable waiting help',
      icon: CircleHelp,
      opens: { kind: 'statuses' },
    },
  ]
}

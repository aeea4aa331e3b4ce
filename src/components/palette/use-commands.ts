import {
  Activity,
  Archive,
  ArchiveRestore,
  ArrowUpDown,
  BookOpen,
  CircleHelp,
  Download,
  Fingerprint,
  Globe,
  Keyboard,
  Lock,
  Monitor,
  Moon,
  Plus,
  Power,
  RefreshCw,
  Rows3,
  Rows4,
  ScanSearch,
  Settings,
  Sun,
  Upload,
} from '@lucide/vue'
import { computed, type Component, type ComputedRef } from 'vue'
import { SORT_ORDERS } from '../../../electron/shared/sort-order'
import {
  asSentence,
  densityCommand,
  renewCommand,
  sortCommand,
  themeCommand,
  toldOfCall,
} from '../../../electron/shared/wording'
import { modifierName } from '../../composables/modifier-name'
import { useDesk } from '../../desk'
import { useAccounts } from '../../stores/accounts'
import { useActions } from '../../stores/actions'
import { useMessages } from '../../stores/messages'
import { useSession } from '../../stores/session'
import { useSettings } from '../../stores/settings'
import { useUi } from '../../stores/ui'
import type { CommandItem } from './palette-item'
import { hasWordLike, useFoundAccounts } from './use-found-accounts'

export interface Command extends CommandItem {
  run(): void
}

interface Parts {
  readonly key: string
  readonly label: string
  /** Other words that people look for it by. */
  readonly also?: string
  readonly icon: Component
  readonly keys?: string
  readonly isCurrent?: boolean
  readonly run: () => void
}

const RENEWED_AT_MOST = 6

/** Everything that the window can do, as far as `query` asks for it. */
export function useCommands(query: () => string): ComputedRef<readonly Command[]> {
  const { bridge } = useDesk()
  const accounts = useAccounts()
  const actions = useActions()
  const messages = useMessages()
  const session = useSession()
  const settings = useSettings()
  const ui = useUi()
  const mod = modifierName()

  async function asks(call: () => ReturnType<typeof bridge.quit>): Promise<void> {
    const result = await call().catch(() => null)
    if (result?.ok !== true)
      messages.say(asSentence(toldOfCall(result?.error ?? { code: 'internal' })), 'bad')
  }

  const fixed = computed<readonly Parts[]>(() => [
    {
      key: 'add',
      label: 'Add account',
      also: 'new login',
      icon: Plus,
      keys: `${mod} N`,
      run: () => {
        ui.open({ kind: 'add' })
      },
    },
    {
      key: 'new-environment',
      label: 'New environment…',
      also: 'add',
      icon: Globe,
      run: () => {
        ui.open({ kind: 'new-environment' })
      },
    },
    {
      key: 'environments',
      label: 'Environments…',
      also: 'manage edit base url colour production',
      icon: Globe,
      run: () => {
        ui.open({ kind: 'environments' })
      },
    },
    {
      key: 'whose-jwt',
      label: 'Whose is this?',
      also: 'paste find jwt token account',
      icon: Fingerprint,
      run: () => {
        ui.open({ kind: 'whose-jwt' })
      },
    },
    {
      key: 'activity',
      label: 'Activity',
      also: 'history journal log support ticket',
      icon: Activity,
      run: () => {
        ui.open({ kind: 'activity', of: null })
      },
    },
    {
      key: 'import',
      label: 'Import…',
      also: 'csv json file',
      icon: Download,
      run: () => {
        ui.open({ kind: 'import' })
      },
    },
    {
      key: 'export',
      label: 'Export…',
      also: 'csv json file',
      icon: Upload,
      run: () => {
        ui.open({ kind: 'export' })
      },
    },
    {
      key: 'backup',
      label: 'Back up…',
      also: 'backup save passphrase',
      icon: Archive,
      run: () => {
        ui.open({ kind: 'backup' })
      },
    },
    {
      key: 'restore',
      label: 'Restore…',
      also: 'backup passphrase',
      icon: ArchiveRestore,
      run: () => {
        ui.open({ kind: 'restore' })
      },
    },
    {
      key: 'settings',
      label: 'Settings',
      also: 'preferences options',
      icon: Settings,
      run: () => {
        ui.open({ kind: 'settings' })
      },
    },
    ...(['system', 'light', 'dark'] as const).map((theme): Parts => ({
      key: `theme-${theme}`,
      label: themeCommand(theme),
      also: 'appearance colours mode',
      icon: { system: Monitor, light: Sun, dark: Moon }[theme],
      isCurrent: settings.settings?.theme === theme,
      run: () => void settings.change({ theme }),
    })),
    ...(['comfortable', 'compact'] as const).map((density): Parts => ({
      key: `density-${density}`,
      label: densityCommand(density),
      also: 'appearance rows height',
      icon: { comfortable: Rows3, compact: Rows4 }[density],
      isCurrent: settings.settings?.density === density,
      run: () => void settings.change({ density }),
    })),
    ...SORT_ORDERS.map((order): Parts => ({
      key: `sort-${order}`,
      label: sortCommand(order),
      also: 'order list',
      icon: ArrowUpDown,
      isCurrent: settings.settings?.sortBy === order,
      run: () => void settings.change({ sortBy: order }),
    })),
    ...(session.lock?.isSet === true
      ? [
          {
            key: 'lock',
            label: 'Lock',
            also: 'passphrase away',
            icon: Lock,
            keys: `${mod} L`,
            run: () => void bridge.lock(undefined),
          },
        ]
      : []),
    {
      key: 'keys',
      label: 'Keys',
      also: 'keyboard shortcuts help',
      icon: Keyboard,
      keys: '?',
      run: () => {
        ui.open({ kind: 'keys' })
      },
    },
    {
      key: 'standings',
      label: 'What the standings mean',
      also: 'live renewable waiting help',
      icon: CircleHelp,
      run: () => {
        ui.open({ kind: 'standings' })
      },
    },
    {
      key: 'guide',
      label: 'User guide',
      also: 'help manual documentation',
      icon: BookOpen,
      run: () => void asks(() => bridge.openGuide(undefined)),
    },
    {
      key: 'quit',
      label: 'Quit',
      also: 'exit close tokendesk',
      icon: Power,
      run: () => void asks(() => bridge.quit(undefined)),
    },
  ])

  /** What is done with the account that the list's keys act on. */
  const ofActive = computed<readonly Parts[]>(() => {
    const account = ui.active
    if (account === null) return []
    return [
      { ...renewing(account.id, account.name), keys: `${mod} Enter` },
      {
        key: `inside ${account.id}`,
        label: `Look inside ${account.name}`,
        also: 'claims jwt reveal',
        icon: ScanSearch,
        run: () => {
          ui.open({ kind: 'look-inside', id: account.id })
        },
      },
    ]
  })

  /** `renew` and the beginning of a name: those accounts, whichever is chosen; without a name the latest used. */
  const wantedName = computed(() => {
    const typed = /^renew(?:\s+(.*))?$/iu.exec(query().trim())
    return typed === null ? null : (typed[1] ?? '')
  })
  const named = useFoundAccounts(
    () => wantedName.value ?? '',
    () => (wantedName.value === null ? 0 : RENEWED_AT_MOST),
  )
  const ofNamed = computed<readonly Parts[]>(() =>
    named.value.ids
      .filter((id) => id !== ui.active?.id)
      .flatMap((id) => {
        const account = accounts.get(id)
        return account === null ? [] : [renewing(id, account.name)]
      }),
  )

  function renewing(id: Parameters<typeof actions.renew>[0], name: string): Parts {
    return {
      key: `renew ${id}`,
      label: renewCommand(name),
      also: 'refresh',
      icon: RefreshCw,
      run: () => void actions.renew(id),
    }
  }

  return computed(() => {
    const words = query().toLocaleLowerCase('en').split(/\s+/u).filter(Boolean)
    const matching = [...ofActive.value, ...fixed.value].filter(({ label, also }) => {
      const searched = `${label} ${also ?? ''}`.toLocaleLowerCase('en')
      return words.every((word) => searched.includes(word))
    })
    return [...ofNamed.value, ...matching].map(({ key, label, icon, keys, isCurrent, run }) => ({
      kind: 'command' as const,
      key,
      label,
      icon,
      keys: keys ?? null,
      isCurrent: isCurrent ?? false,
      run,
    }))
  })
}

/** Whether what was typed begins a word of a command's name. */
export function isClearlyCommand(commands: readonly Command[], query: string): boolean {
  return commands.some(({ label }) => hasWordLike(label, query))
}

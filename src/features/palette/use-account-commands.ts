import {
  AlarmClock,
  ClipboardCopy,
  CornerDownRight,
  Info,
  KeyRound,
  Pencil,
  Pin,
  PinOff,
  RefreshCw,
  ScanSearch,
  Tag,
  Trash2,
} from '@lucide/vue'
import { computed, type ComputedRef } from 'vue'
import type { AccountSummary } from '../../../electron/shared/account'
import { COPY_FORMATS } from '../../../electron/shared/copy-format'
import { statusOf } from '../../../electron/shared/status'
import { accountCommand, copyCommand, ALSO, ROW_MENU } from '../../../electron/shared/wording'
import { modifierName } from '../../base/modifier-name'
import { keyHelpsAt } from '../accounts/status/use-status'
import { useApp } from '../../base/app-context'
import { useAccounts } from '../../stores/accounts'
import { useActions } from '../../stores/actions'
import { useEnvironments } from '../../stores/environments'
import { useOverview } from '../../stores/overview'
import { useUi } from '../../stores/ui'
import type { CommandParts } from './command-parts'
import { useFoundAccounts } from './use-found-accounts'

const RENEWED_AT_MOST = 6

/** Commands for the active account of the list. */
export function useActiveAccountCommands(): ComputedRef<readonly CommandParts[]> {
  const { tick } = useApp()
  const actions = useActions()
  const environments = useEnvironments()
  const overview = useOverview()
  const ui = useUi()
  const mod = modifierName()

  const keyHelps = computed(() => {
    const account = ui.active
    if (account === null) return false
    const now = environments.serverNow(account.environmentId, tick.second.value)
    return keyHelpsAt(statusOf(account, now), account)
  })
  const isEnding = computed(() => overview.ending.some(({ id }) => id === ui.activeId))

  return computed(() => {
    const account = ui.active
    if (account === null) return []
    const { id, name, pinned } = account
    const named = (action: Parameters<typeof accountCommand>[0]): Pick<CommandParts, 'key' | 'label'> => ({
      key: `${action} ${id}`,
      label: accountCommand(action, name),
    })
    const parts: (CommandParts | null)[] = [
      { ...renewing(account, actions), keys: `${mod} Enter` },
      keyHelps.value
        ? {
            ...named('enter-key'),
            also: ALSO.enterKey,
            icon: KeyRound,
            run: () => {
              ui.open({ kind: 'enter-key', id, thenCopy: false })
            },
          }
        : null,
      isEnding.value
        ? {
            ...named('remind-tomorrow'),
            also: ALSO.snooze,
            icon: AlarmClock,
            run: () => void actions.remindTomorrow([id]),
          }
        : null,
      ...COPY_FORMATS.map((format): CommandParts => ({
        key: `copy ${format} ${id}`,
        label: copyCommand(format, name),
        also: ALSO.copyAs,
        icon: ClipboardCopy,
        ...(format === 'jwt' ? { keys: 'Enter' } : {}),
        run: () => void actions.copy(id, format),
      })),
      {
        ...named('details'),
        also: ALSO.details,
        icon: Info,
        keys: 'Space',
        run: () => {
          ui.openDetails(id)
        },
      },
      {
        ...named('view-claims'),
        also: ALSO.claims,
        icon: ScanSearch,
        run: () => {
          ui.open({ kind: 'view-claims', id })
        },
      },
      {
        ...named(pinned ? 'unpin' : 'pin'),
        also: ALSO.pin,
        icon: pinned ? PinOff : Pin,
        run: () => void actions.pin(id, !pinned),
      },
      {
        ...named('tag'),
        also: ALSO.tag,
        icon: Tag,
        run: () => {
          ui.open({ kind: 'tag-many', ids: [id] })
        },
      },
      account.kind === 'company'
        ? {
            ...named('move'),
            also: ALSO.move,
            icon: CornerDownRight,
            run: () => {
              ui.open({ kind: 'move-many', ids: [id] })
            },
          }
        : null,
      {
        ...named('rename'),
        also: ALSO.rename,
        icon: Pencil,
        keys: 'F2',
        run: () => {
          ui.open({ kind: 'rename', id })
        },
      },
      {
        ...named('remove'),
        also: ALSO.remove,
        icon: Trash2,
        keys: ROW_MENU.deleteKey,
        run: () => {
          ui.open({ kind: 'remove', id })
        },
      },
    ]
    return parts.filter((part) => part !== null)
  })
}

/**
 * `renew` and the beginning of a name: commands for those accounts, whichever is active; without a name the last used.
 */
export function useNamedAccountCommands(query: () => string): ComputedRef<readonly CommandParts[]> {
  const accounts = useAccounts()
  const actions = useActions()
  const ui = useUi()

  const wantedName = computed(() => {
    const typed = /^renew(?:\s+(.*))?$/iu.exec(query().trim())
    return typed === null ? null : (typed[1] ?? '')
  })
  const found = useFoundAccounts(
    () => wantedName.value ?? '',
    () => (wantedName.value === null ? 0 : RENEWED_AT_MOST),
  )
  return computed(() =>
    found.value.ids
      .filter((id) => id !== ui.active?.id)
      .flatMap((id) => accounts.get(id) ?? [])
      .map((account) => renewing(account, actions)),
  )
}

function renewing(
  { id, name }: AccountSummary,
  actions: { renew(id: AccountSummary['id']): Promise<void> },
): CommandParts {
  return {
    key: `renew ${id}`,
    label: accountCommand('renew', name),
    also: ALSO.renew,
    icon: RefreshCw,
    run: () => void actions.renew(id),
  }
}

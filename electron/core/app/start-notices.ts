import type { StartNotice } from '../../shared/ipc/contract'
import type { StateRepair } from '../settings/state-document'
import type { LoadReport } from '../vault/record-intake'

export function startNotices(found: {
  readonly settingsRepair: StateRepair | null
  readonly shortcutTaken: string | null
  readonly report: LoadReport
  readonly backend: string
}): readonly StartNotice[] {
  const { settingsRepair, shortcutTaken, report, backend } = found
  const { damaged, sealedElsewhere } = report
  const notices: StartNotice[] = []
  if (settingsRepair !== null) {
    const { keptAs, isReset } = settingsRepair
    notices.push({ code: isReset ? 'settings-reset' : 'settings-repaired', keptAs })
  }
  if (damaged.length > 0) notices.push({ code: 'records-damaged', names: [...damaged] })
  if (sealedElsewhere !== null) notices.push({ code: 'keyring-changed', now: backend, ...sealedElsewhere })
  if (shortcutTaken !== null) notices.push({ code: 'shortcut-taken', shortcut: shortcutTaken })
  return notices
}

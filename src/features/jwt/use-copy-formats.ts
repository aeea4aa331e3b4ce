import { computed, type ComputedRef } from 'vue'
import type { AccountSummary } from '../../../electron/shared/account'
import { COPY_FORMATS, type CopyFormat } from '../../../electron/shared/copy-format'

export interface CopyForm {
  readonly format: CopyFormat
  /** The one that was chosen for this account last. */
  readonly isLast: boolean
}

/** The forms in which the account's JWT can be copied, the last choice first. */
export function useCopyForms(account: () => AccountSummary): ComputedRef<readonly CopyForm[]> {
  return computed(() => {
    const last = account().copyFormat
    const forms = COPY_FORMATS.map((format) => ({ format, isLast: format === last }))
    return [...forms.filter(({ isLast }) => isLast), ...forms.filter(({ isLast }) => !isLast)]
  })
}

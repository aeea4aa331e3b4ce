import { computed, type ComputedRef } from 'vue'
import type { AccountSummary } from '../../../electron/shared/account'
import { COPY_FORMATS, type CopyFormat } from '../../../electron/shared/copy-format'

export interface CopyForm {
  readonly format: CopyFormat
  /** The format last used for this account. */
  readonly isLast: boolean
}

/** The account's copy formats, the last used first. */
export function useCopyForms(account: () => AccountSummary): ComputedRef<readonly CopyForm[]> {
  return computed(() => {
    const last = account().copyFormat
    const forms = COPY_FORMATS.map((format) => ({ format, isLast: format === last }))
    return [...forms.filter(({ isLast }) => isLast), ...forms.filter(({ isLast }) => !isLast)]
  })
}

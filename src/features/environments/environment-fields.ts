import { checkName } from '../../../electron/shared/account-fields'
import { checkBaseUrl } from '../../../electron/shared/base-url'
import type { FieldProblem } from '../../../electron/shared/ipc/contract'

/** What a form can do with `EnvironmentFields.vue`. */
export interface EnvironmentFieldsHandle {
  focus(field: 'name' | 'baseUrl'): Promise<void>
}

/** What keeps a new environment from being sent. */
export function environmentProblems(name: string, baseUrl: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  const checkedName = checkName(name)
  const checkedUrl = checkBaseUrl(baseUrl)
  if (!checkedName.ok) problems.push({ field: 'name', reason: checkedName.reason })
  if (!checkedUrl.ok) problems.push({ field: 'baseUrl', reason: checkedUrl.reason })
  return problems
}

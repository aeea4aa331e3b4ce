/** Accounts whose service refuses them, and how they stand. */
import type { AuthAnswer } from '../../electron/core/base/ports'
import type { AccountId } from '../../electron/shared/account'
import { BackOffice } from './back-office'

export function refusal(status: number): { answer: AuthAnswer } {
  return { answer: { kind: 'refused', status } }
}

export async function withAccounts(count: number, rememberApiKey = false) {
  const office = await BackOffice.open()
  const ids: AccountId[] = []
  for (let n = 0; n < count; n += 1) {
    ids.push((await office.add({ name: `Account ${String(n)}`, rememberApiKey })).id)
  }
  const environmentId = await office.environment()
  office.service.requests.length = 0
  return { office, ids, environmentId }
}

export async function renewAll(office: BackOffice, ids: readonly AccountId[]): Promise<void> {
  await Promise.all(ids.map((id) => office.accounts.renew(id)))
}

export function statuses(office: BackOffice, ids: readonly AccountId[]): string[] {
  return ids.map((id) => office.status(id))
}

export function doubt(office: BackOffice) {
  return office.environmentStore.all[0]?.doubt
}

import { makeProfile, removeProfile } from '../support/electron-app'
import { writeAccounts } from '../support/many-accounts'

/** A closed port. */
export const NOWHERE = 'http://127.0.0.1:9'

/** A new profile of so many accounts (hundreds: a partner and its 99 companies each) for `work`; then it is removed. */
export async function withProfile<Value>(
  accounts: number,
  work: (profile: string) => Promise<Value>,
  baseUrl = NOWHERE,
): Promise<Value> {
  const profile = await makeProfile()
  try {
    if (accounts > 0) writeAccounts(profile, baseUrl, { partners: accounts / 100, companiesEach: 99 })
    return await work(profile)
  } finally {
    await removeProfile(profile)
  }
}

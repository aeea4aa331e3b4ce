/** From the window's call to the JWT in the clipboard, through the router and the keyring. */
import { Desk } from '../../scripts/torture/desk'
import { populate, SHORT_JWT_LIFE_MS } from '../../scripts/torture/subjects'
import { startAuthServer } from '../support/auth-server'
import { makeProfile, removeProfile } from '../support/electron-app'
import { writeAccounts } from '../support/many-accounts'
import type { Measure } from './figures'

export async function measureCopy(runs: number): Promise<Measure[]> {
  const few = await copies(200, runs)
  const many = await copies(10_000, runs)
  const live = (name: string, times: readonly number[]): Measure => ({
    ...{ name, unit: 'ms', runs: times, reference: null, limit: { of: 'p95', most: 30 } },
  })
  return [
    live('copy, JWT live, 200 accounts', few.live),
    live('copy, JWT live, 10,000 accounts', many.live),
    {
      ...{ name: 'copy with a renewal', unit: 'ms', runs: few.renewing, reference: null },
      limit: { of: 'p95', most: 20 },
    },
  ]
}

async function copies(accounts: number, runs: number) {
  const profile = await makeProfile()
  const server = await startAuthServer()
  writeAccounts(profile, server.url, { partners: accounts / 100, companiesEach: 99 })
  const desk = await Desk.open({ profile })
  try {
    const [live, short] = await populate(desk, server, {
      environment: 'Bench',
      plans: [
        { kind: 'partner', remembers: false },
        { kind: 'partner', remembers: false, jwtLifeMs: SHORT_JWT_LIFE_MS },
      ],
    })
    if (live === undefined || short === undefined) throw new Error('there is no account')
    return { live: await times(desk, live.id, runs), renewing: await times(desk, short.id, runs) }
  } finally {
    await desk.running.quit()
    await server.close()
    await removeProfile(profile)
  }
}

async function times(desk: Desk, id: string, runs: number): Promise<number[]> {
  const seen = await desk.running.window.evaluate(
    async ([account, count]) => {
      const { tokenDesk } = globalThis as unknown as {
        tokenDesk: { copyJwt(input: { id: string }): Promise<{ ok: boolean }> }
      }
      const taken: number[] = []
      let refused = 0
      for (let run = 0; run < count; run += 1) {
        const startedAt = performance.now()
        const { ok } = await tokenDesk.copyJwt({ id: account })
        taken.push(performance.now() - startedAt)
        if (!ok) refused += 1
      }
      return { taken, refused }
    },
    [id, runs] as const,
  )
  if (seen.refused > 0) throw new Error(`${String(seen.refused)} copies were refused`)
  return seen.taken
}

/** 2,000 accounts that want to be renewed when the machine wakes up, against a bare loop that asks as much. */
import { RETRIES_AT_ONCE } from '../../electron/core/session/request-limiter'
import { countOf, putToSleep, wakeUp } from '../resilience/built-app/sleepers'
import { populate, type Subject } from '../resilience/built-app/subjects'
import type { AuthServer } from '../support/auth-server'
import type { Measure } from './figures'
import { until } from './until'
import { longestOfMain, longestWhile } from './watched'
import { withApp } from './with-app'

const ACCOUNTS = 2_000
/** As one that is not next door: the bare loop, too, mostly waits for it. */
const SERVICE_TAKES_MS = 100

export async function measureWakeUp(): Promise<Measure[]> {
  const seen = await withApp(200, async ({ client, window, server }) => {
    const subjects = await populate(client, server, {
      // By this name they stand above all others: what changes is in sight.
      environment: 'Bench',
      plans: Array.from({ length: ACCOUNTS }, () => ({ kind: 'partner', remembers: false })),
    })
    const waiting = await putToSleep(client, server, subjects)
    if (waiting < ACCOUNTS) throw new Error(`only ${String(waiting)} wait`)
    server.script(() => ({ kind: 'none', delayMs: SERVICE_TAKES_MS }))
    server.forgetRequests()

    const startedAt = performance.now()
    let frame = 0
    const main = await longestOfMain(client.running.app, async () => {
      frame = await longestWhile(window.page, 'long-animation-frame', async () => {
        await wakeUp(client)
        // Looked at from outside: a snapshot is work for the window.
        await until(() => server.requests.length >= ACCOUNTS && server.stats.inFlight === 0)
      })
    })
    await until(async () => (await countOf(client, subjects, 'live')) === ACCOUNTS)
    return { app: performance.now() - startedAt, bare: await bareLoop(server, subjects), frame, main }
  })
  return [
    {
      ...{ name: '2,000 renewals at wake-up', unit: 'ms', runs: [seen.app], reference: [seen.bare] },
      limit: { of: 'ratio', most: 1.25 },
    },
    {
      ...{ name: '2,000 renewals: longest frame of the window', unit: 'ms', runs: [seen.frame] },
      ...{ reference: null, limit: { of: 'median', most: 50 } },
    },
    {
      ...{ name: '2,000 renewals: longest that main answers nobody', unit: 'ms', runs: [seen.main] },
      ...{ reference: null, limit: { of: 'median', most: null } },
    },
  ]
}

/**
 * The same requests, as many at once as the app sends automatically, and nothing stored. Resolves with the time that it
 * took, in ms.
 */
async function bareLoop(server: AuthServer, subjects: readonly Subject[]): Promise<number> {
  const tokens = subjects.map(({ apiKey }) => server.report(apiKey).newestRefreshToken).values()
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: RETRIES_AT_ONCE }, async () => {
      for (const refreshToken of tokens) {
        const reply = await fetch(`${server.url}/auth/refresh`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ refreshToken }),
        })
        if (!reply.ok) throw new Error(`the service refused with ${String(reply.status)}`)
        await reply.json()
      }
    }),
  )
  return performance.now() - startedAt
}

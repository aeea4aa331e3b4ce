/** Accounts that all wait for their next try, until the machine wakes up. */
import type { AuthServer } from '../../support/auth-server'
import { status, type AppClient } from './app-client'
import type { Subject } from './subjects'

/** Nothing of them may renew before it is woken. */
const FAR_AWAY_S = 3_600
/** How long the busy service takes to say so: all are asked at once, so that the limit is leant against. */
const BUSY_TAKES_MS = 20

/** Lets a renewal of each fail for now; resolves with how many wait for an hour after that. */
export async function putToSleep(
  client: AppClient,
  server: AuthServer,
  subjects: readonly Subject[],
): Promise<number> {
  server.script(() => ({
    kind: 'reply',
    status: 503,
    headers: { 'Retry-After': String(FAR_AWAY_S) },
    body: '{}',
    delayMs: BUSY_TAKES_MS,
  }))
  await client.callAll(
    'renewAccount',
    subjects.map(({ id }) => ({ id })),
  )
  return await countOf(client, subjects, 'retrying')
}

export async function wakeUp(client: AppClient): Promise<void> {
  await client.running.app.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('resume')
  })
}

/** How many of them stand so. */
export async function countOf(
  client: AppClient,
  subjects: readonly Subject[],
  wanted: 'live' | 'retrying',
): Promise<number> {
  const snapshot = await client.snapshot()
  const ids = new Set(subjects.map(({ id }) => id))
  return snapshot.accounts.filter((account) => ids.has(account.id) && status(account, snapshot) === wanted)
    .length
}

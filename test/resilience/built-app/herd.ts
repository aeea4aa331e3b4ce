/** Many askers at once: for one account, and for all accounts of an environment after a wake-up. */
import { setTimeout as sleep } from 'node:timers/promises'
import { startAuthServer, type AuthServer } from '../../support/auth-server'
import { readClipboard } from '../../support/desktop'
import { makeProfile, removeProfile } from '../../support/electron-app'
import { AppClient } from './app-client'
import type { PartOptions } from './options'
import { countOf, putToSleep, wakeUp } from './sleepers'
import { nameBehind, populate, SHORT_JWT_LIFE_MS } from './subjects'

const ASKERS = 1_000
/** auth-api.md: at most so many requests in flight for each environment. */
const IN_FLIGHT = 8
/** Slow enough that the app would need more than its 8 places to keep up with what comes due. */
const SERVICE_TAKES_MS = 100
const WAKE_UP_LIMIT_MS = 180_000
const LOOK_EVERY_MS = 500

export interface HerdResult {
  readonly askers: number
  /** Requests that the service saw for all of them together. */
  readonly requests: number
  /** Askers that were told that the JWT is in the clipboard. */
  readonly answered: number
  readonly accounts: number
  readonly maxInFlight: number
  readonly liveAtTheEnd: number
  /** Requests of the wake-up: one an account. */
  readonly wakeUpRequests: number
  readonly wakeUpMs: number
  readonly olderTokensSent: number
  readonly broken: readonly string[]
}

export async function tortureByHerd(options: PartOptions & { herd: number }): Promise<HerdResult> {
  const { herd, directory, tell } = options
  const profile = await makeProfile()
  const server = await startAuthServer()
  const broken: string[] = []
  let client: AppClient | null = null
  try {
    client = await AppClient.open({ profile, directory })
    const one = await stampede(client, server, broken)
    tell(`herd: ${String(ASKERS)} askers made ${String(one.requests)} request`)
    const all = await wakeHerd(client, server, herd, broken)
    tell(`herd: ${String(herd)} accounts woke up, ${String(all.maxInFlight)} requests in flight at most`)
    return { ...one, ...all, broken }
  } finally {
    await client?.kill()
    await server.close()
    await removeProfile(profile)
  }
}

/** A thousand copies of the JWT of one account, which has too little time left. */
async function stampede(client: AppClient, server: AuthServer, broken: string[]) {
  const [subject] = await populate(client, server, {
    environment: 'Stampede',
    plans: [{ kind: 'partner', remembers: true, jwtLifeMs: SHORT_JWT_LIFE_MS }],
  })
  if (subject === undefined) throw new Error('there is no account')
  server.forgetRequests()
  server.script(() => ({ kind: 'none', delayMs: 200 }))
  const results = await client.callAll(
    'copyJwt',
    Array.from({ length: ASKERS }, () => ({ id: subject.id })),
  )
  server.healthy()
  const requests = server.requests.length
  const answered = results.filter(({ ok }) => ok).length
  const isLive = (await nameBehind(server, await readClipboard())) === subject.name
  if (requests !== 1) broken.push(`${String(ASKERS)} askers made ${String(requests)} requests`)
  if (answered !== ASKERS) broken.push(`${String(ASKERS - answered)} askers went without`)
  if (!isLive) broken.push('what they copied is no live JWT')
  return { askers: ASKERS, requests, answered }
}

/** All fail for now and would wait for an hour; then the machine wakes up. */
async function wakeHerd(client: AppClient, server: AuthServer, herd: number, broken: string[]) {
  const subjects = await populate(client, server, {
    environment: 'Herd',
    plans: Array.from({ length: herd }, (_, index) => ({
      kind: 'partner',
      remembers: index % 2 === 0,
    })),
  })
  const waiting = await putToSleep(client, server, subjects)
  if (waiting !== herd) broken.push(`${String(herd - waiting)} accounts don't wait for their next try`)

  server.script(() => ({ kind: 'none', delayMs: SERVICE_TAKES_MS }))
  server.forgetRequests()
  const startedAt = performance.now()
  await wakeUp(client)
  let live = 0
  while (live < herd && performance.now() - startedAt < WAKE_UP_LIMIT_MS) {
    await sleep(LOOK_EVERY_MS)
    // Counted at the server first: a snapshot of thousands is work for the app, too.
    if (server.requests.length >= herd) live = await countOf(client, subjects, 'live')
  }
  const { maxInFlight } = server.stats
  const olderTokensSent = subjects.reduce((sum, { apiKey }) => sum + server.report(apiKey).olderTokensSent, 0)
  const wakeUpRequests = server.requests.length
  if (maxInFlight > IN_FLIGHT) broken.push(`${String(maxInFlight)} requests were in flight at once`)
  if (live !== herd) broken.push(`${String(herd - live)} accounts are not live at the end`)
  if (wakeUpRequests !== herd) broken.push(`the wake-up made ${String(wakeUpRequests)} requests`)
  if (olderTokensSent > 0) broken.push(`${String(olderTokensSent)} older tokens were sent`)
  return {
    accounts: herd,
    maxInFlight,
    liveAtTheEnd: live,
    wakeUpRequests,
    wakeUpMs: Math.round(performance.now() - startedAt),
    olderTokensSent,
  }
}

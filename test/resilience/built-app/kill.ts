/**
 * Kills the whole app at a random moment of several renewals, restarts it and copies each account's JWT. The service
 * rotates without grace, so whoever loses the newest token is found out at once.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { AccountRecord } from '../../../electron/core/vault/account-record'
import type { AccountId } from '../../../electron/shared/account'
import { startAuthServer, type AuthServer, type Fault } from '../../support/auth-server'
import { makeProfile, removeProfile } from '../../support/electron-app'
import { problemOf, AppClient } from './app-client'
import { momentOf, storedMeanwhile } from './kill-moment'
import { KillTally, type KillResult } from './kill-tally'
import type { PartOptions } from './options'
import type { Random } from '../../support/random'
import { readRecord, unfinishedWrites } from './records'
import {
  copyAndProve,
  enterKey,
  populate,
  SHORT_JWT_LIFE_MS,
  type Subject,
  type SubjectPlan,
} from './subjects'

const PLANS: readonly SubjectPlan[] = [
  ...Array.from(
    { length: 3 },
    () => ({ kind: 'partner', remembers: true, jwtLifeMs: SHORT_JWT_LIFE_MS }) as const,
  ),
  { kind: 'company', remembers: true, jwtLifeMs: SHORT_JWT_LIFE_MS },
  ...Array.from(
    { length: 4 },
    () => ({ kind: 'partner', remembers: false, jwtLifeMs: SHORT_JWT_LIFE_MS }) as const,
  ),
]

/** The renewals start within this long… */
const STARTS_WITHIN_MS = 60
/** …the service takes up to this long over each… */
const SERVICE_TAKES_UP_TO_MS = 60
/** …and the kill falls within this long, counted from the same moment or from when the service sees one of them. */
const KILL_WITHIN_MS = 100
/** How often the next renewals begin before the last kill has been recovered from. */
const TWICE_IN_A_ROW = 0.2

/** What is true of an account, whatever the app believes. */
interface Truth {
  readonly subject: Subject
  /** The refresh token on the disk is the newest that the service has issued. */
  newestOnDisk: boolean
}

interface Seen {
  readonly issued: number
  readonly olderTokensSent: number
  readonly record: AccountRecord | null
}

export async function tortureByKills({
  kills,
  random,
  directory,
  tell,
}: PartOptions & { kills: number }): Promise<KillResult> {
  const server = await startAuthServer()
  const profile = await makeProfile()
  const tally = new KillTally()
  let client: AppClient | null = null
  try {
    client = await AppClient.open({ profile, directory })
    const subjects = await populate(client, server, {
      environment: 'Kill',
      plans: PLANS,
    })
    const truths = subjects.map((subject): Truth => ({ subject, newestOnDisk: true }))
    for (let kill = 1; kill <= kills; kill += 1) {
      await killOnce({ client, server, profile, truths, random, tally, kill })
      client = await AppClient.open({ profile, directory })
      if (kill === kills || random.next() >= TWICE_IN_A_ROW) {
        for (const truth of truths) await recover({ client, server, truth, tally, kill })
      }
      if (kill % 20 === 0) tell(`kill ${String(kill)} of ${String(kills)}: ${tally.line()}`)
    }
    return tally.result(kills, kills * truths.length)
  } finally {
    await client?.kill()
    await server.close()
    await removeProfile(profile)
  }
}

interface KillScene {
  readonly client: AppClient
  readonly server: AuthServer
  readonly profile: string
  readonly truths: readonly Truth[]
  readonly random: Random
  readonly tally: KillTally
  readonly kill: number
}

async function killOnce(scene: KillScene): Promise<void> {
  const { client, server, profile, truths, random, tally, kill } = scene
  const before = new Map(truths.map(({ subject }) => [subject.id, look(server, profile, subject)]))
  const requests = watchRequests(server, truths, random)
  const plans = truths.map(({ subject }) => ({ id: subject.id, inMs: random.int(0, STARTS_WITHIN_MS) }))
  await client.renewLater(plans)
  await untilSeen(server, random.int(0, truths.length))
  await sleep(random.int(0, KILL_WITHIN_MS))
  const killedAt = Date.now()
  tally.orphans += await client.kill()
  // The service finishes what it has received, as a real one does.
  await sleep(SERVICE_TAKES_UP_TO_MS + 20)
  server.healthy()
  tally.unfinishedWrites += unfinishedWrites(profile)

  for (const truth of truths) {
    const { id, name } = truth.subject
    const earlier = before.get(id)
    if (earlier === undefined) continue
    const now = look(server, profile, truth.subject)
    if (now.record === null) tally.broke(`kill ${String(kill)}: the record of ${name} is not whole`)
    const older = now.olderTokensSent - earlier.olderTokensSent
    if (truth.newestOnDisk && older > 0) {
      tally.stale += older
      tally.broke(`kill ${String(kill)}: ${name} sent an older token`)
    }
    const traces = { before: earlier.record, after: now.record, request: requests.get(id) ?? null, killedAt }
    tally.moments[momentOf(traces)] += 1
    if (storedMeanwhile(traces)) truth.newestOnDisk = true
    else if (now.issued > earlier.issued) truth.newestOnDisk = false
  }
}

/** Until so many of the renewals have reached the service: a kill must also fall late, however slow the machine is. */
async function untilSeen(server: AuthServer, requests: number): Promise<void> {
  const enough = server.requests.length + requests
  const giveUpAt = performance.now() + SEEN_LIMIT_MS
  while (server.requests.length < enough && performance.now() < giveUpAt) await sleep(1)
}

const SEEN_LIMIT_MS = 1_000

interface WatchedRequest {
  readonly processedAt: number | null
  readonly answered: boolean
}

/** Each request meets a service that takes its time, and sometimes never answers. */
function watchRequests(
  server: AuthServer,
  truths: readonly Truth[],
  random: Random,
): ReadonlyMap<AccountId, WatchedRequest> {
  const bySecret = new Map(
    truths.flatMap(({ subject }) => [
      [subject.apiKey, subject.id] as const,
      [server.report(subject.apiKey).newestRefreshToken ?? '', subject.id] as const,
    ]),
  )
  const seen = new Map<AccountId, WatchedRequest>()
  server.script(({ body, at }) => {
    const [secret = ''] = Object.values(JSON.parse(body) as Record<string, string>)
    const delayMs = random.int(0, SERVICE_TAKES_UP_TO_MS)
    const fault = random.pick(MANNERS)
    const id = bySecret.get(secret)
    if (id !== undefined) {
      const processed = fault.kind === 'none' || fault.afterProcessing === true
      seen.set(id, {
        processedAt: processed ? at + delayMs : null,
        answered: fault.kind === 'none',
      })
    }
    return { ...fault, delayMs }
  })
  return seen
}

/** Mostly it works; the silent ones hold the moment between the rotation and the answer open for the kill. */
const MANNERS: readonly Fault[] = [
  ...Array.from({ length: 7 }, () => ({ kind: 'none' }) as const),
  { kind: 'hang', at: 'request', afterProcessing: true },
  { kind: 'hang', at: 'half-body', afterProcessing: true },
  { kind: 'hang', at: 'request' },
]

async function recover({
  client,
  server,
  truth,
  tally,
  kill,
}: Pick<KillScene, 'client' | 'server' | 'tally' | 'kill'> & { truth: Truth }): Promise<void> {
  const { subject } = truth
  const where = `kill ${String(kill)}: ${subject.name}${subject.remembers ? ', key remembered' : ''}`
  const before = server.report(subject.apiKey).olderTokensSent
  const copied = await copyAndProve(client, server, subject)
  const older = server.report(subject.apiKey).olderTokensSent - before
  if (truth.newestOnDisk) tally.stale += older
  else tally.blindRetries += Math.max(0, older - 1)
  if (older > (truth.newestOnDisk ? 0 : 1)) tally.broke(`${where} sent an older token ${String(older)} times`)

  if (copied.isLive) {
    tally.recovered += 1
  } else {
    const problem = problemOf(copied.result)
    const told = problem?.code === 'key-needed' && problem.reason === 'refresh-token-maybe-replaced'
    const why = JSON.stringify(copied.result)
    if (subject.remembers || truth.newestOnDisk) {
      tally.lost += 1
      if (copied.status === 'needs-key' && subject.remembers) tally.needsKeyThoughRemembered += 1
      tally.broke(`${where} was lost: ${why}`)
    } else {
      tally.needsKey += 1
      if (!told || copied.status !== 'needs-key') tally.broke(`${where} isn't told why: ${why}`)
    }
    const entered = await enterKey(client, subject)
    if (entered.status !== 'live')
      tally.broke(`${where} can't go on with its key: ${JSON.stringify(entered.result)}`)
  }
  truth.newestOnDisk = true
}

function look(server: AuthServer, profile: string, { id, apiKey }: Subject): Seen {
  const { rotations, logins, olderTokensSent } = server.report(apiKey)
  return { issued: rotations + logins, olderTokensSent, record: readRecord(profile, id) }
}

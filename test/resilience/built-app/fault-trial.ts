/** One fault on one account: applied, judged, and recovered from. */
import type { AppClient } from './app-client'
import { leavesUnseenToken, type FaultKind } from './fault-kinds'
import { judge, judgeNeed, type Way } from './fault-judge'
import type { Lane } from './fault-lanes'
import type { FaultTally } from './fault-tally'
import { isDue } from './is-due'
import type { Random } from '../../support/random'
import { readRecord } from './records'
import { enterKey, type Subject } from './subjects'

export interface FaultTrial {
  readonly client: AppClient
  readonly profile: string
  readonly lane: Lane
  readonly kind: FaultKind
  readonly random: Random
  readonly tally: FaultTally
}

export async function strike({ client, profile, lane, kind, random, tally }: FaultTrial): Promise<void> {
  const { server } = lane
  const subject = random.pick(lane.subjects)
  const where = `${kind.name} on ${subject.name}${subject.remembers ? ', key remembered' : ''}`
  const older = server.report(subject.apiKey).olderTokensSent
  server.forgetRequests()
  // A cut at connect hits a connection before its request is known.
  server.nextReply(kind.fault, isCutAtConnect(kind) ? undefined : `/auth/${kind.call}`)

  const way = wayFor(kind, subject, random)
  const asked =
    way === 'renewAccount' ? await client.ask(way, { id: subject.id }) : await enterKey(client, subject)
  const journal = readRecord(profile, subject.id)?.session?.journal.state
  const triedAgain = server.requests.length > requestsFor(kind, subject) || isDue(asked)
  if (triedAgain) tally.triedAgain += 1
  tally.misjudge(where, judge({ ...kind, way, subject, asked, journal, triedAgain }))

  server.healthy()
  const wasForced = await goOn({ client, subject, kind, way, where, random, tally })
  // The stored token is sent once automatically, and once more when the user forces it; never when a newer one is
  // stored.
  const allowed = leavesUnseenToken(kind) ? (wasForced ? 2 : 1) : 0
  const tooOften = server.report(subject.apiKey).olderTokensSent - older - allowed
  if (tooOften > 0) tally.sentOlder(where, tooOften)
}

/** Which way makes the app send this. */
function wayFor({ call }: FaultKind, subject: Subject, random: Random): Way {
  if (call === 'refresh') return 'renewAccount'
  return subject.kind === 'company' && subject.remembers
    ? random.pick(['renewAccount', 'enterApiKey'])
    : 'enterApiKey'
}

/** How many requests the service has seen unless the app has retried. */
function requestsFor(kind: FaultKind, subject: Subject): number {
  if (isCutAtConnect(kind)) return 0
  return kind.call === 'refresh' && kind.meaning.outcome === 'refused' && subject.remembers ? 2 : 1
}

function isCutAtConnect({ fault }: FaultKind): boolean {
  return fault.kind === 'cut' && fault.at === 'connect'
}

interface Recovery extends Pick<FaultTrial, 'client' | 'kind' | 'random' | 'tally'> {
  readonly subject: Subject
  readonly way: Way
  readonly where: string
}

/** The service is well again, and a request follows; resolves with whether the user forced it. */
async function goOn({ client, subject, kind, way, where, random, tally }: Recovery): Promise<boolean> {
  const name = random.pick(['copyJwt', 'renewAccount'] as const)
  const wasForced = name === 'renewAccount'
  const asked = await client.ask(name, { id: subject.id })
  if (!needsKey(kind, subject, way, name)) {
    if (asked.result.ok && asked.status === 'live') {
      tally.recovered += 1
    } else {
      tally.lose(`${where}, then ${name}`, asked)
      await enterKey(client, subject)
    }
    return wasForced
  }
  tally.misjudge(`${where}, then ${name}`, judgeNeed(kind, asked, subject))
  const entered = await enterKey(client, subject)
  if (entered.status === 'live') tally.neededKey += 1
  else tally.lose(`${where}, then its key`, entered)
  return wasForced
}

/** Whether only the API key helps now: nothing else may ask for it. */
function needsKey(kind: FaultKind, subject: Subject, way: Way, name: 'copyJwt' | 'renewAccount'): boolean {
  if (!subject.remembers && leavesUnseenToken(kind)) return true
  // A company without a remembered key has its JWT, and nothing to renew with.
  if (!subject.remembers && subject.kind === 'company') return name === 'renewAccount'
  // What was refused is tried again only for a person who asks for just that.
  const wasRefused =
    kind.meaning.outcome === 'refused' &&
    (kind.call === 'refresh' ? !subject.remembers : way === 'renewAccount')
  return wasRefused && name === 'copyJwt'
}

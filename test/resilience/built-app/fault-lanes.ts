/** 50 accounts in 25 environments with a server each, and the trials dealt out to them. */
import { startAuthServer, type AuthServer } from '../../support/auth-server'
import type { AppClient } from './app-client'
import type { FaultKind } from './fault-kinds'
import type { Random } from '../../support/random'
import { populate, SHORT_JWT_LIFE_MS, type Subject, type SubjectPlan } from './subjects'

const ENVIRONMENTS = 25
/** Every fifth environment has two companies instead of two partners. */
const COMPANIES_EVERY = 5

/** One trial at a time, so that a fault strikes whom it is meant for. */
export interface Lane {
  readonly environment: string
  readonly server: AuthServer
  /** One with a remembered key and one without. */
  readonly subjects: readonly Subject[]
}

export function startServers(): Promise<AuthServer[]> {
  return Promise.all(Array.from({ length: ENVIRONMENTS }, () => startAuthServer()))
}

export async function openLanes(client: AppClient, servers: readonly AuthServer[]): Promise<Lane[]> {
  const lanes: Lane[] = []
  for (const [index, server] of servers.entries()) {
    const environment = `Lane ${String(index + 1).padStart(2, '0')}`
    const kind = (index + 1) % COMPANIES_EVERY === 0 ? 'company' : 'partner'
    // A company without a remembered key can't renew at all: its JWT must last the run.
    const plans = [true, false].map((remembers): SubjectPlan =>
      kind === 'company' && !remembers
        ? { kind, remembers }
        : { kind, remembers, jwtLifeMs: SHORT_JWT_LIFE_MS },
    )
    const subjects = await populate(client, server, { environment, plans })
    lanes.push({ environment, server, subjects })
  }
  return lanes
}

/** Each kind `times` times in random order, dealt out evenly. Companies have no refresh token to be struck. */
export function dealTrials(
  lanes: readonly Lane[],
  kinds: readonly FaultKind[],
  times: number,
  random: Random,
): ReadonlyMap<Lane, readonly FaultKind[]> {
  const queues = new Map<Lane, FaultKind[]>(lanes.map((lane) => [lane, []]))
  const trials = random.shuffled(kinds.flatMap((each) => Array.from({ length: times }, () => each)))
  // The silent ones take 10 s each: dealt out first, no lane gets more of them than its share.
  for (const kind of [...trials.filter(isSilent), ...trials.filter((each) => !isSilent(each))]) {
    const able = [...queues].filter(
      ([{ subjects }]) => kind.call === 'login' || subjects[0]?.kind === 'partner',
    )
    const shortest = Math.min(...able.map(([, queue]) => queue.length))
    random.pick(able.filter(([, queue]) => queue.length === shortest))[1].push(kind)
  }
  return new Map([...queues].map(([lane, queue]) => [lane, random.shuffled(queue)]))
}

function isSilent({ fault }: FaultKind): boolean {
  return fault.kind === 'hang'
}

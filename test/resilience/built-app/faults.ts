/**
 * Each kind of fault many times, in random order, over 50 accounts. Each account's status is compared with
 * auth-api.md's table; then the service is well again, and the account must continue.
 */
import { makeProfile, removeProfile } from '../../support/electron-app'
import { AppClient } from './app-client'
import { FAULT_KINDS } from './fault-kinds'
import { dealTrials, openLanes, startServers, type Lane } from './fault-lanes'
import { FaultTally } from './fault-tally'
import { strike } from './fault-trial'
import type { PartOptions } from './options'
import { copyAndProve } from './subjects'
import { strikeUnreachable, UNREACHABLE_KINDS } from './unreachable'

export interface FaultsResult {
  readonly kinds: number
  readonly trials: number
  readonly accounts: number
  /** Could not continue although it must. */
  readonly lost: number
  /** Became live again automatically. */
  readonly recovered: number
  /** The service had replaced or refused the token and no key is remembered: live again with its key. */
  readonly neededKey: number
  /** Another status, problem, plan or note than the table names. */
  readonly misjudged: number
  /** A token in doubt was sent more often than the one time that is allowed, or a newer one was there. */
  readonly stale: number
  /** Trials in which the app's own next try came before its status could be seen: judged by its answer alone. */
  readonly triedAgain: number
  readonly broken: readonly string[]
}

export async function tortureByFaults(options: PartOptions & { eachFault: number }): Promise<FaultsResult> {
  const { eachFault: times, random, directory, tell } = options
  const profile = await makeProfile()
  const servers = await startServers()
  const tally = new FaultTally()
  let client: AppClient | null = null
  try {
    client = await AppClient.open({ profile, directory })
    const opened = client
    const lanes = await openLanes(opened, servers)
    const total = FAULT_KINDS.length * times
    await Promise.all(
      [...dealTrials(lanes, FAULT_KINDS, times, random)].map(async ([lane, kinds]) => {
        for (const kind of kinds) {
          await strike({ client: opened, profile, lane, kind, random, tally })
          tally.trials += 1
          if (tally.trials % 250 === 0)
            tell(`fault ${String(tally.trials)} of ${String(total)}: ${tally.line()}`)
        }
      }),
    )
    client = await strikeUnreachable({ client, profile, directory, lanes, times, random, tally })
    await proveAll(client, lanes, tally)
    const { trials, lost, recovered, neededKey, misjudged, stale, triedAgain, broken } = tally
    return {
      kinds: FAULT_KINDS.length + UNREACHABLE_KINDS.length,
      trials,
      accounts: lanes.flatMap(({ subjects }) => subjects).length,
      lost,
      recovered,
      neededKey,
      misjudged,
      stale,
      triedAgain,
      broken,
    }
  } finally {
    await client?.kill()
    await Promise.all(servers.map((server) => server.close()))
    await removeProfile(profile)
  }
}

/** After all that, each account copies a JWT that its service takes. */
async function proveAll(client: AppClient, lanes: readonly Lane[], tally: FaultTally): Promise<void> {
  for (const { server, subjects } of lanes) {
    for (const subject of subjects) {
      const copied = await copyAndProve(client, server, subject)
      if (!copied.isLive) tally.lose(`${subject.name} at the end`, copied)
    }
  }
}
